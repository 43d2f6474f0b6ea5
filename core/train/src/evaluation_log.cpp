#include "bornite/train/evaluation_log.hpp"

#include <fmt/format.h>

#include <boost/crc.hpp>
#include <cstring>

#include "bornite/util/file.hpp"

namespace bornite {
namespace {

constexpr std::string_view magic = "bornite checkpoint 4\n";

std::uint32_t checksum(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

class Writer {
 public:
  template <typename T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(std::span<const double> values) {
    put(std::uint64_t{values.size()});
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  }
  void put(const std::optional<double>& value) {
    put(std::uint8_t{value.has_value()});
    put(value.value_or(0));
  }
  void text(std::string_view text) { bytes_ += text; }
  [[nodiscard]] std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads what Writer wrote. The checksum is verified first, so running short means a bug, and throws.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  template <typename T>
  T get() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::vector<double> numbers() {
    const auto count = get<std::uint64_t>();
    if (count > bytes_.size() / sizeof(double)) throw std::out_of_range("a checkpoint ends early");
    std::vector<double> values(count);
    if (count > 0) std::memcpy(values.data(), take(count * sizeof(double)).data(), count * sizeof(double));
    return values;
  }
  std::optional<double> optional() {
    const bool present = get<std::uint8_t>() != 0;
    const auto value = get<double>();
    return present ? std::optional(value) : std::nullopt;
  }

 private:
  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) throw std::out_of_range("a checkpoint ends early");
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  std::string_view bytes_;
};

void put(Writer& writer, const std::optional<StandardErrors>& errors) {
  writer.put(std::uint8_t{errors.has_value()});
  if (!errors) return;
  writer.put(errors->value);
  writer.put(errors->expected_cost);
  writer.put(errors->mmd2);
}

std::optional<StandardErrors> get_standard_errors(Reader& reader) {
  if (reader.get<std::uint8_t>() == 0) return std::nullopt;
  StandardErrors errors;
  errors.value = reader.get<double>();
  errors.expected_cost = reader.get<double>();
  errors.mmd2 = reader.optional();
  return errors;
}

void put(Writer& writer, const RecordedEvaluation& evaluation) {
  const ObjectiveTerms& terms = evaluation.estimate.terms;
  writer.put(evaluation.stage);
  writer.put(terms.value);
  writer.put(terms.expected_cost);
  writer.put(terms.kl);
  writer.put(terms.mmd2);
  put(writer, terms.standard_errors);
  writer.put(evaluation.estimate.gradient_norm_error);
  writer.put(evaluation.estimate.jobs);
  writer.put(evaluation.estimate.shots);
  writer.put(std::span<const double>(evaluation.estimate.row_spreads));
  writer.put(evaluation.seconds);
  writer.put(std::span<const double>(evaluation.gradient));
}

RecordedEvaluation get_evaluation(Reader& reader) {
  RecordedEvaluation evaluation;
  ObjectiveTerms& terms = evaluation.estimate.terms;
  evaluation.stage = reader.get<std::uint32_t>();
  terms.value = reader.get<double>();
  terms.expected_cost = reader.get<double>();
  terms.kl = reader.optional();
  terms.mmd2 = reader.optional();
  terms.standard_errors = get_standard_errors(reader);
  evaluation.estimate.gradient_norm_error = reader.optional();
  evaluation.estimate.jobs = reader.get<std::uint64_t>();
  evaluation.estimate.shots = reader.get<std::uint64_t>();
  evaluation.estimate.row_spreads = reader.numbers();
  evaluation.seconds = reader.get<double>();
  evaluation.gradient = reader.numbers();
  return evaluation;
}

}  // namespace

Result<void> save_checkpoint(const std::filesystem::path& path, std::string_view run, const EvaluationLog& log) {
  Writer writer;
  writer.text(magic);
  writer.put(checksum(run));
  writer.put(std::uint64_t{log.size()});
  for (const auto& restart : log) {
    writer.put(std::uint64_t{restart.size()});
    for (const RecordedEvaluation& evaluation : restart) put(writer, evaluation);
  }
  const std::uint32_t sum = checksum(writer.bytes());
  writer.put(sum);
  return write_file_atomically(path, writer.bytes());
}

Result<EvaluationLog> load_checkpoint(const std::filesystem::path& path, std::string_view run) {
  BORNITE_TRY(const std::string contents, read_file(path));
  const auto refuse = [&](std::string_view why, std::string_view hint) {
    return Error{ErrorKind::input, fmt::format("Cannot resume from {}: {}.", path.string(), why), std::string(hint)};
  };
  if (!std::string_view(contents).starts_with(magic) || contents.size() < magic.size() + 16)
    return refuse("it is not a checkpoint of this version", "Start the run anew in another folder.");
  const std::string_view body(contents.data(), contents.size() - sizeof(std::uint32_t));
  if (Reader(std::string_view(contents).substr(body.size())).get<std::uint32_t>() != checksum(body))
    return refuse("the file is damaged (its checksum is wrong)",
                  "Restore it, or start the run anew in another folder.");
  Reader reader(body.substr(magic.size()));
  if (reader.get<std::uint32_t>() != checksum(run))
    return refuse("it belongs to other settings than config.toml beside it", "Restore the config.toml of that run.");
  EvaluationLog log(reader.get<std::uint64_t>());
  for (auto& restart : log) {
    restart.resize(reader.get<std::uint64_t>());
    for (RecordedEvaluation& evaluation : restart) evaluation = get_evaluation(reader);
  }
  return log;
}

}  // namespace bornite

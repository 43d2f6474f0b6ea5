#include "braket_results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bornite/rest/shot_readers.hpp"

namespace bornite {
namespace {

/// The column of each outcome bit, by the qubits that the columns belong to.
Result<std::vector<std::size_t>> read_columns(const JsonValue& result, const std::vector<Qubit>& measured) {
  std::vector<std::size_t> columns(measured.size());
  const auto list = result.find("measuredQubits");
  if (!list) {
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = i;
    return columns;
  }
  BORNITE_TRY(const auto elements, list->elements());
  std::vector<std::uint64_t> qubits;
  for (const JsonValue& element : elements) {
    BORNITE_TRY(const std::uint64_t qubit, element.count());
    qubits.push_back(qubit);
  }
  if (qubits.size() != measured.size())
    return list->error(fmt::format("has {} qubits, {} were measured", qubits.size(), measured.size()));
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const auto place = std::ranges::find(qubits, measured[i]);
    if (place == qubits.end()) return list->error(fmt::format("does not have qubit {}", measured[i]));
    columns[i] = static_cast<std::size_t>(place - qubits.begin());
  }
  return columns;
}

/// The same outcomes with bit i taken from column columns[i].
ShotRow in_order(const ShotRow& row, const std::vector<std::size_t>& columns) {
  return std::ranges::is_sorted(columns) ? row : select_bits(row, columns);
}

/// Measurements, or probabilities where the device gives no more, of one circuit.
Result<ShotRow> read_row(const JsonValue& result, std::uint64_t shots, const std::vector<Qubit>& measured) {
  if (const auto failure = result.find("failureMetadata")) {
    BORNITE_TRY(const std::string reason, failure->text_or("failureReason", "no reason was given"));
    return result.error(fmt::format("is a circuit that failed: {}", reason));
  }
  BORNITE_TRY(const auto columns, read_columns(result, measured));
  const auto measurements = result.find("measurements");
  if (measurements && measurements->holds_lists())
    return read_bit_lists(*measurements, columns, shots);
  BORNITE_TRY(const JsonValue probabilities, result["measurementProbabilities"]);
  BORNITE_TRY(const ShotRow row, read_probabilities(probabilities, columns.size(), shots, BitOrder::first_left));
  return in_order(row, columns);
}

/// A part of a result, and the folder that the files are in which it names.
struct Part {
  JsonValue value;
  std::string folder;  ///< empty, or with a slash at its end
};

/// The value itself, or the file that it names.
Result<Part> resolve(const JsonValue& value, const std::string& folder, const ReadFile& read_file) {
  if (!value.is_text()) return Part{value, folder};
  BORNITE_TRY(const std::string name, value.text());
  const std::string path = folder + name;
  BORNITE_TRY(JsonValue contents, read_file(path));
  return Part{std::move(contents), path.substr(0, path.find_last_of('/') + 1)};
}

Result<ShotTable> read_program_set(const JsonValue& programs, const JobShape& shape, const std::vector<Qubit>& measured,
                                   const ReadFile& read_file) {
  std::vector<ShotRow> rows;
  BORNITE_TRY(const auto list, programs.elements());
  for (const JsonValue& entry : list) {
    BORNITE_TRY(const Part program, resolve(entry, "", read_file));
    BORNITE_TRY(const JsonValue executables, program.value["executableResults"]);
    BORNITE_TRY(const auto results, executables.elements());
    const std::size_t first = rows.size();
    for (const JsonValue& reference : results) {
      BORNITE_TRY(const Part part, resolve(reference, program.folder, read_file));
      const JsonValue& result = part.value;
      BORNITE_TRY(const std::uint64_t index, result.count_or("inputsIndex", rows.size() - first));
      if (index != rows.size() - first)
        return result.error(fmt::format("has inputsIndex {}, {} was expected", index, rows.size() - first));
      if (rows.size() == shape.shots.size())
        return executables.error(fmt::format("has more results than the {} that were sent", shape.shots.size()));
      BORNITE_TRY(ShotRow row, read_row(result, shape.shots[rows.size()], measured));
      rows.push_back(std::move(row));
    }
  }
  if (rows.size() != shape.shots.size())
    return programs.error(fmt::format("has {} results, {} were sent", rows.size(), shape.shots.size()));
  return ShotTable::create(std::move(rows));
}

}  // namespace

Result<ShotTable> read_braket_results(const JsonValue& results, const JobShape& shape,
                                      const std::vector<Qubit>& measured, const ReadFile& read_file) {
  if (const auto programs = results.find("programResults"))
    return read_program_set(*programs, shape, measured, read_file);
  BORNITE_TRY(ShotRow row, read_row(results, shape.shots.at(0), measured));
  return ShotTable::create({std::move(row)});
}

}  // namespace bornite

#include "bornite/qasm/dialect.hpp"

#include "dialect_files.hpp"
#include "operation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace bornite {
namespace {

/// One of two words.
template <typename T>
Result<T> choice(Config& config, std::string_view key, std::pair<std::string_view, T> first,
                 std::pair<std::string_view, T> second, T otherwise) {
  BORNITE_TRY(const std::string word, config.text(key, otherwise == first.second ? first.first : second.first));
  if (word == first.first) return first.second;
  if (word == second.first) return second.second;
  return config.error(key, "is not known.", fmt::format("Choose {} or {}.", first.first, second.first));
}

Result<QubitStyle> read_qubits(Config& config, std::string_view key, QubitStyle otherwise) {
  return choice<QubitStyle>(config, key, {"register", QubitStyle::virtual_register}, {"physical", QubitStyle::physical},
                            otherwise);
}

Result<std::map<std::string, std::string, std::less<>>> read_texts(Config& config, std::string_view prefix) {
  std::map<std::string, std::string, std::less<>> texts;
  for (const std::string& operation : operation_names()) {
    BORNITE_TRY(std::string text, config.text(fmt::format("{}.{}", prefix, operation), ""));
    if (!text.empty()) texts.emplace(operation, std::move(text));
  }
  return texts;
}

}  // namespace

Result<Dialect> read_dialect(Config& config, std::string_view name) {
  Dialect dialect;
  dialect.name = name;
  BORNITE_TRY(dialect.include, config.text("qasm.include", ""));
  BORNITE_TRY(dialect.input_type, config.text("qasm.input_type", ""));
  BORNITE_TRY(dialect.expressions, config.boolean("qasm.expressions", false));
  BORNITE_TRY(dialect.modifiers, config.boolean("qasm.modifiers", false));
  BORNITE_TRY(dialect.qubits, read_qubits(config, "qasm.qubits", QubitStyle::virtual_register));
  BORNITE_TRY(dialect.native_qubits, read_qubits(config, "qasm.native_qubits", dialect.qubits));
  BORNITE_TRY(dialect.measurement,
              choice<MeasurementStyle>(config, "qasm.measurement", {"register", MeasurementStyle::whole_register},
                                       {"each", MeasurementStyle::each}, MeasurementStyle::whole_register));
  BORNITE_TRY(dialect.native_begin, config.text("qasm.native_begin", ""));
  BORNITE_TRY(dialect.native_end, config.text("qasm.native_end", ""));
  BORNITE_TRY(dialect.gates, read_texts(config, "qasm.gates"));
  BORNITE_TRY(dialect.definitions, read_texts(config, "qasm.definitions"));
  return dialect;
}

std::vector<std::string_view> builtin_dialects() {
  std::vector<std::string_view> names;
  for (const DialectFile& file : dialect_files) names.push_back(file.name);
  return names;
}

Result<Dialect> builtin_dialect(std::string_view name) {
  const auto* file = std::ranges::find(dialect_files, name, &DialectFile::name);
  if (file == dialect_files.end())
    return Error{ErrorKind::configuration, fmt::format("There is no dialect \"{}\" of OpenQASM.", name),
                 fmt::format("Choose one of {}.", fmt::join(builtin_dialects(), ", "))};
  BORNITE_TRY(Config config, Config::parse(file->toml, fmt::format("the dialect {}", name)));
  BORNITE_TRY(Dialect dialect, read_dialect(config, name));
  BORNITE_CHECK(config.refuse_unread());
  return dialect;
}

}  // namespace bornite

#include "bornite/compile/target_file.hpp"

#include <fmt/format.h>

#include "bornite/util/file.hpp"
#include "description.hpp"

namespace bornite {
namespace {

Result<Target> read_json_target(const SourceText& first, const SourceText& second) {
  BORNITE_TRY(const JsonValue root, read_description(first));
  if (root.has("n_qubits") || root.has("configuration")) return read_ibm_target(first, second);
  if (root.has("paradigm")) return read_braket_target(first);
  if (root.has("backend") && root.has("qubits")) return read_ionq_target(first, second);
  return Error{
      ErrorKind::input,
      fmt::format("{} describes no device: it has none of the keys n_qubits, configuration, paradigm, backend.",
                  first.source),
      "Give IBM's backend configuration, Braket's device capabilities, IonQ's backend or a .toml file."};
}

}  // namespace

Result<Target> load_target(const std::filesystem::path& path, const std::filesystem::path& properties) {
  BORNITE_TRY(const std::string text, read_file(path));
  const std::string source = path.string();
  if (path.extension() == ".toml") return read_toml_target({text, source});
  std::string more;
  if (!properties.empty()) {
    BORNITE_TRY(more, read_file(properties));
  }
  return read_json_target({text, source}, {more, properties.string()});
}

}  // namespace bornite

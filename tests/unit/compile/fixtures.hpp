#pragma once
// The targets of the tests: small ones from our own fixtures, and a real device where its files lie beside the source.

#include <filesystem>
#include <optional>

#include "bornite/compile/target_file.hpp"

namespace bornite::test {

inline std::filesystem::path fixture(const char* name) {
  return std::filesystem::path(BORNITE_FIXTURES) / "compile" / name;
}

/// A device of 156 qubits as its provider describes it; none where the files are not at hand.
inline std::optional<Target> real_device() {
  const auto folder = std::filesystem::path(BORNITE_SHARED) / "providers" / "data" / "ibm";
  if (!std::filesystem::exists(folder / "conf_fez.json")) return std::nullopt;
  return load_target(folder / "conf_fez.json", folder / "props_fez.json").value();
}

}  // namespace bornite::test

#pragma once
// What the tests of all adapters need: submissions, fixtures and replies.

#include "bornite/rest/adapter.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace bornite::test {

/// A request made ready for a provider, as RestBackend does it.
struct Prepared {
  SampleRequest request;
  SubmissionToken token = "0b8f9a52-0001";
  std::shared_ptr<const Program> program;
  JobShape shape;

  Prepared(SampleRequest what, std::string_view dialect, const std::optional<Target>& target = {})
      : request(std::move(what)),
        program(ProgramSource(builtin_dialect(dialect).value(), target).get(request.circuit).value()),
        shape(shape_of(request)) {}

  [[nodiscard]] Submission submission() const { return {request, token, *program, shape}; }
};

inline std::string read_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  if (text.str().empty()) throw std::runtime_error("nothing in " + path.string());
  return text.str();
}

inline std::string fixture(const std::string& name) {
  return read_text(std::filesystem::path(BORNITE_FIXTURES) / name);
}

inline nlohmann::json json_fixture(const std::string& name) { return nlohmann::json::parse(fixture(name)); }

inline JsonValue value_of(const nlohmann::json& json) { return JsonValue::parse(json.dump(), "the reply").value(); }

inline HttpReply reply(const nlohmann::json& json, int status = 200) { return {status, {}, json.dump()}; }

/// The outcomes of a row as text, qubit 0 first.
inline std::map<std::string, std::uint64_t> counts_of(const ShotRow& row) {
  std::map<std::string, std::uint64_t> counts;
  for (std::size_t i = 0; i < row.size(); ++i) counts[row.strings()[i].to_text()] = row.counts()[i];
  return counts;
}
using Counts = std::map<std::string, std::uint64_t>;

/// A rotation by parameter 0 and a gate on both qubits.
inline Circuit small_circuit() { return Circuit(2).ry(0, Angle::of(0)).cx(0, 1); }

}  // namespace bornite::test

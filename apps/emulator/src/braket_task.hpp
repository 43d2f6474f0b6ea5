#pragma once
// What clients ask Braket to run, and what it writes to S3.

#include "runner.hpp"

#include <string>
#include <vector>

namespace bornite::emulator {

/// Why a task is not created: ValidationException, with the reason where it has one.
struct BraketRefusal {
  std::string message;
  std::string reason{};
};

/// One program of an action, with the rows of its inputs.
struct BraketProgram {
  Json source;  ///< as it came
  QasmProgram program{Circuit(1), {}, {}, {}, {}, {}, {}};
  std::vector<std::vector<double>> rows{};  ///< values of the inputs in the order of their declaration
};

/// Checks the body of CreateQuantumTask: fields, types, device, shots, and the form of its action.
[[nodiscard]] boost::system::result<void, BraketRefusal> check_braket_request(const Json& body);

[[nodiscard]] bool is_program_set(const Json& action);
/// The programs of the action of a body that passed, or why the task fails.
[[nodiscard]] Result<std::vector<BraketProgram>> read_braket_programs(const Json& body);
/// Programs with one row of inputs each: what is run.
[[nodiscard]] std::size_t count_executables(const Json& action);

/// results.json of a task that is done.
[[nodiscard]] Result<Json> braket_results(const Job& job, const std::string& arn, const Situation& situation);

}  // namespace bornite::emulator

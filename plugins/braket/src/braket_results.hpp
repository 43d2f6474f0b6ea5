#pragma once
// The files that Braket leaves in S3.

#include "bornite/backend/backend.hpp"
#include "bornite/circuit/circuit.hpp"
#include "bornite/util/json_value.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bornite {

/// Reads another file of the task, by its path from the folder of results.json.
using ReadFile = std::function<Result<JsonValue>(const std::string& name)>;

/// The outcomes of a task from its results.json: of one program (GateModelTaskResult) or of a set
/// (ProgramSetTaskResult), whose parts may lie in files of their own, named
/// by their paths from the file that names them. Bit i is read from qubit measured[i] of the
/// program.
[[nodiscard]] Result<ShotTable> read_braket_results(const JsonValue& results, const JobShape& shape,
                                                    const std::vector<Qubit>& measured, const ReadFile& read_file);

}  // namespace bornite

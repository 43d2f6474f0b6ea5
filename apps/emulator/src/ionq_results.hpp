#pragma once
// IonQ's result documents: version 1 counts states in decimal with qubit 0 lowest, version 2 in strings with qubit 0
// first.

#include "ionq_request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bornite::emulator {

/// One circuit of a job that is done.
struct IonqRun {
  const Json& body;      ///< of the request
  std::string_view job;  ///< the id of the job, or of the child
  Distortion distortion = Distortion::none;
};

/// The member "results" of a job: format -> {id, format, media_type}. A sampled job has shots too.
[[nodiscard]] Json ionq_result_map(const Json& body);
/// The same for the parent of a multi-circuit job.
[[nodiscard]] Json ionq_aggregate_map();

/// The document of an id that ionq_result_map() gives; none for other ids.
[[nodiscard]] Result<std::optional<Json>> ionq_artifact(const IonqRun& run, const IonqCircuit& circuit,
                                                        std::string_view id);

}  // namespace bornite::emulator

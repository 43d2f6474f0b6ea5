#pragma once
// What IonQ's API prints about jobs, backends and prices.

#include "ionq_request.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bornite::emulator {

/// A job, or one circuit of a multi-circuit job. The id of child k is its parent's with k + 1 in the last 12 digits.
struct IonqJob {
  const Job* record = nullptr;
  std::optional<std::size_t> child{};

  [[nodiscard]] std::string id() const;
  [[nodiscard]] const Json& body() const { return record->request.at("body"); }
};

/// Has no record if there is no such job.
[[nodiscard]] IonqJob find_ionq_job(const Situation& situation, const std::string& id);
/// Latest first, children (only where their parent is asked for) in order.
[[nodiscard]] std::vector<IonqJob> select_ionq_jobs(const QueryValues& query, const Situation& situation);

[[nodiscard]] Json ionq_error(int status, std::string_view message);
[[nodiscard]] Json ionq_stats(const std::vector<IonqCircuit>& circuits);
[[nodiscard]] Json ionq_job_document(const IonqJob& job, const Situation& situation);
[[nodiscard]] Json ionq_job_cost(const IonqJob& job);
[[nodiscard]] Json ionq_estimate(std::string_view backend, std::uint64_t shots, const IonqGateCounts& gates);
[[nodiscard]] Json ionq_backends();
[[nodiscard]] Json ionq_characterization();

/// One circuit's artifact; none if there is none of the id.
[[nodiscard]] Result<std::optional<Json>> ionq_result(const IonqJob& job, const std::string& id, Distortion distortion);
/// Probabilities of all children by their ids.
[[nodiscard]] Result<std::optional<Json>> ionq_aggregate(const IonqJob& job, Distortion distortion);

}  // namespace bornite::emulator

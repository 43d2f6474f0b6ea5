#pragma once
// The backends that the contract is checked on, and the shortest way to shots from them.
//
// Local ones compute inside the program: the same stream gives the same shots, and jobs end with the program. Remote
// ones are providers' plugins against their services in this process, over TLS: their jobs outlive the program, and
// what they measure is not bornite's to decide. Capabilities::remote says which a backend is; tests that hold for one
// kind alone say so in their names and leave the others out.
//
// Plugins that are not part of this tree are tested by two environment variables: BORNITE_CONTRACT_PLUGINS is a folder
// of plugins, which come before others of their names, and BORNITE_CONTRACT_BACKENDS the backends to test in place of
// the usual ones, with commas between them.

#include "bornite/backend/exact_backend.hpp"
#include "bornite/backend/registry.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bornite {

/// Every built-in engine, and the plugins loaded from their .so.
const BackendRegistry& registry_under_test();
/// As "--backend" takes them: NAME or NAME:DEVICE.
std::vector<std::string> backends_under_test();
/// Those of this tree, whatever the environment says.
std::vector<std::string> usual_backends();

/// The backend, or why there is none. Those with a service in this process are given what they need to reach it; `more`
/// comes first.
Result<std::unique_ptr<QuantumBackend>> connect(const std::string& name, BackendOptions more = {});
std::unique_ptr<QuantumBackend> make_backend(const std::string& name);
/// None if the backend is no ExactBackend.
std::unique_ptr<ExactBackend> make_exact_backend(const std::string& name);
/// A backend whose service keeps every job in its queue. None if its service is not in this process.
std::unique_ptr<QuantumBackend> make_waiting_backend(const std::string& name);
/// Jobs that a backend's service has accepted, if it is in this process.
std::optional<std::uint64_t> accepted_jobs(const std::string& name);

/// A token that nobody has used before, also in earlier runs: services remember.
SubmissionToken fresh(const std::string& words);

inline StreamKey test_stream(std::uint64_t seed) { return {.seed = seed, .purpose = StreamPurpose::shots}; }

/// A request for one row.
SampleRequest one_row(Circuit circuit, std::uint64_t shots, std::uint64_t seed = 1, std::vector<double> theta = {});

/// Waits for a job that was sent, and returns its outcomes.
Result<ShotTable> wait_for(QuantumBackend& backend, const JobId& job, const JobShape& shape);
/// The same; whatever fails fails the test.
ShotTable outcomes_of(QuantumBackend& backend, const JobId& job, const JobShape& shape);

/// Runs a request to its end; whatever fails fails the test: as one job if it fits into one, otherwise as several
/// through a JobEngine with a journal of its own.
ShotTable shots_of(QuantumBackend& backend, const SampleRequest& request);

/// How often a string, written with qubit 0 first, was seen.
std::uint64_t count_of(const ShotRow& row, const std::string& text);

bool same_row(const ShotRow& a, const ShotRow& b);

}  // namespace bornite

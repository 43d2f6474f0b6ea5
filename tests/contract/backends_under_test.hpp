#pragma once
// The backends that the contract is checked on, and the shortest way to shots from them.

#include "bornite/backend/exact_backend.hpp"
#include "bornite/backend/registry.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bornite {

/// Every built-in engine, and the template plugin loaded from its .so.
const BackendRegistry& registry_under_test();
std::vector<std::string> backends_under_test();
/// Those that are ExactBackends.
std::vector<std::string> exact_backends_under_test();

std::unique_ptr<QuantumBackend> make_backend(const std::string& name);
std::unique_ptr<ExactBackend> make_exact_backend(const std::string& name);

inline StreamKey test_stream(std::uint64_t seed) { return {.seed = seed, .purpose = StreamPurpose::shots}; }

/// A request for one row.
SampleRequest one_row(Circuit circuit, std::uint64_t shots, std::uint64_t seed = 1, std::vector<double> theta = {});

/// Submits, waits and fetches; whatever fails fails the test.
ShotTable shots_of(QuantumBackend& backend, const SampleRequest& request);

/// How often a string, written with qubit 0 first, was seen.
std::uint64_t count_of(const ShotRow& row, const std::string& text);

bool same_row(const ShotRow& a, const ShotRow& b);

}  // namespace bornite

#pragma once
// Example Cloud, the invented provider that plugins/rest_template speaks to: its service, in this process.

#include "bornite/backend/registry.hpp"
#include "bornite/circuit/circuit.hpp"
#include "bornite/emulator/http.hpp"
#include "bornite/emulator/server.hpp"
#include "temporary_directory.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace bornite {

/// Takes what its interface has and refuses everything else: unknown fields, queries and devices, a label that was used
/// before, programs with inputs or without measurements, bodies where none belong. Jobs run when their counts are
/// asked for; one that `waiting` holds back stays queued until it is cancelled.
///
///     GET    /v1/devices, /v1/devices/NAME
///     POST   /v1/jobs                        {"device", "label", "shots", "program"} -> 201 {"id"}
///     GET    /v1/jobs?label=LABEL            [{"id", "status"}]
///     GET    /v1/jobs/ID                     {"id", "status"}
///     GET    /v1/jobs/ID/counts              {"counts": {"011": 12}}, the last qubit leftmost
///     DELETE /v1/jobs/ID                     204, or 409 for a job that has ended
class ExampleProvider {
 public:
  static constexpr const char* device = "rubidium";
  static constexpr const char* token = "example-provider-key";

  /// Listens, over TLS with an authority of its own.
  explicit ExampleProvider(bool waiting = false);
  ~ExampleProvider() { server_->stop(); }

  /// Everything but the backend's name that makes a client.
  [[nodiscard]] BackendOptions options() const;
  [[nodiscard]] std::uint64_t accepted() const;
  /// Length of the last submission that was accepted.
  [[nodiscard]] std::uint64_t last_submission_bytes() const;

  [[nodiscard]] emulator::HttpAnswer answer(const emulator::HttpCall& call);

 private:
  struct Job {
    std::string id;
    std::string label;
    std::string status;
    Circuit circuit;
    std::vector<std::size_t> measured;  ///< qubits
    std::uint64_t shots;
  };

  [[nodiscard]] emulator::HttpAnswer route(const emulator::HttpCall& call);
  [[nodiscard]] emulator::HttpAnswer submit(const emulator::HttpCall& call);
  [[nodiscard]] emulator::HttpAnswer list(const emulator::HttpCall& call) const;
  [[nodiscard]] emulator::HttpAnswer cancel(Job& job) const;
  [[nodiscard]] static emulator::HttpAnswer counts(const Job& job);

  TemporaryDirectory folder_;
  bool waiting_;
  mutable std::mutex mutex_;
  std::map<std::string, Job> jobs_;  ///< by id
  std::uint64_t last_submission_bytes_ = 0;
  std::unique_ptr<emulator::EmulatorServer> server_;
};

}  // namespace bornite

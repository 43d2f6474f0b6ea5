#include "bornite/builtin/builtin_backends.hpp"

#include "bornite/noisy/noisy_backend.hpp"
#include "bornite/replay/replay_backend.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/version.hpp"

namespace bornite {
namespace {

Result<void> refuse_options(const std::string& backend, const BackendOptions& options) {
  if (options.empty()) return {};
  return Error{ErrorKind::configuration,
               "Backend " + backend + " has no option called '" + options.begin()->first + "'.",
               "It has no options: remove it."};
}

Result<std::unique_ptr<QuantumBackend>> make_statevector(const std::string& device, const BackendOptions& options) {
  BORNITE_CHECK(refuse_options("statevector", options));
  if (device.empty()) return make_statevector_backend();
  for (const Precision precision : {Precision::complex128, Precision::complex64})
    if (device == to_string(precision)) return make_statevector_backend(precision);
  return Error{ErrorKind::usage, "Backend statevector has no device called '" + device + "'.",
               "Use statevector, which is statevector:complex128, or statevector:complex64 for half the digits."};
}

Result<std::unique_ptr<QuantumBackend>> make_noisy(const std::string& device, const BackendOptions& texts) {
  BORNITE_TRY(const NoisyOptions options, read_noisy_options(device, texts));
  return make_noisy_backend(options);
}

Result<ReplayMatch> read_match(const BackendOptions& options) {
  ReplayMatch match = ReplayMatch::request;
  for (const auto& [key, text] : options) {
    if (key != "match" || (text != "request" && text != "step"))
      return Error{ErrorKind::configuration,
                   "Backend replay has no option '" + key + "' with the value '" + text + "'.",
                   "It has one, match, which is request or step."};
    if (text == "step") match = ReplayMatch::step;
  }
  return match;
}

Result<std::unique_ptr<QuantumBackend>> make_replay(const std::string& recording, const BackendOptions& options) {
  BORNITE_TRY(const ReplayMatch match, read_match(options));
  if (recording.empty())
    return Error{ErrorKind::usage, "The backend replay does not know what to replay.",
                 "Name the folder of a run, or a journal's file: replay:runs/mnist01-selbo-1."};
  return make_replay_backend(recording, match);
}

}  // namespace

void register_builtin_backends(BackendRegistry& registry) {
  registry
      .add({.name = "statevector",
            .version = std::string(version()),
            .description = "exact simulation of all amplitudes on this machine",
            .create = make_statevector})
      .value();
  registry
      .add({.name = "noisy",
            .version = std::string(version()),
            .description = "shots of a device with errors, simulated on this machine",
            .create = make_noisy})
      .value();
  registry
      .add({.name = "replay",
            .version = std::string(version()),
            .description = "the outcomes of a recorded run again: replay:FOLDER",
            .create = make_replay})
      .value();
}

}  // namespace bornite

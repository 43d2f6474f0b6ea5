#include "bornite/noisy/noisy_backend.hpp"

#include <fmt/format.h>

#include <cmath>
#include <new>
#include <optional>
#include <utility>

#include "amplitude_pool.hpp"
#include "bornite/backend/synchronous_backend.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/parallel.hpp"
#include "density_matrix.hpp"
#include "program_cache.hpp"

namespace bornite {
namespace noisy {
namespace {

/// Rows of so many qubits and more are run one after the other, each by all threads: their states take much memory.
constexpr std::size_t large_state_qubits = 20;

Result<void> check_number(std::string_view name, double value, double most) {
  if (value >= 0 && value <= most) return {};
  return Error{
      ErrorKind::configuration,
      fmt::format("The option {} of the backend noisy is {}, which is not from 0 to {:.6g}.", name, value, most),
      name == "f" ? "It scales the errors of gates; 1 is the paper's device." : "It is a probability."};
}

/// That can be simulated, whatever the device has.
std::size_t most_qubits(const NoisyOptions& options, const StatevectorBackend& engine) {
  const std::size_t most = engine.capabilities().max_connected_qubits;
  return options.mode == NoisyMode::density ? std::min(most, most_density_qubits) : most;
}

Capabilities make_capabilities(const NoisyOptions& options, std::size_t most_qubits) {
  if (options.target) most_qubits = std::min(most_qubits, options.target->qubits.size());
  const std::string what = options.target ? "the noise of " + options.target->name : "depolarising gates";
  return {.name = "noisy",
          .device = options.target ? options.target->name : "",
          .description = fmt::format("local device with {} (f = {}), by {}", what, options.f,
                                     options.mode == NoisyMode::density ? "density matrices" : "trajectories"),
          .max_qubits = most_qubits,
          .max_shots = 1'000'000'000};  // those with faults are run one by one
}

/// The stream of a row, and a seed of its own for each thing that is drawn from it.
struct RowStreams {
  RowStreams(const SampleRequest& request, std::size_t row) : outcomes(stream_of_row(request, row)), faults(outcomes) {
    RandomStream seeds(outcomes);
    outcomes.seed = seeds();
    faults.seed = seeds();
  }

  StreamKey outcomes;
  StreamKey faults;
};

class NoisyBackend final : public SynchronousBackend<QuantumBackend> {
 public:
  explicit NoisyBackend(const NoisyOptions& options) : SynchronousBackend("noisy"), options_(options) {}

  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  [[nodiscard]] Result<DeviceDescription> describe() override {
    BORNITE_TRY(DeviceDescription description, QuantumBackend::describe());
    description.target = options_.target;
    return description;
  }

 private:
  [[nodiscard]] Result<ShotTable> run(const SampleRequest& request) override try {
    BORNITE_TRY(const std::shared_ptr<const ShotPlan> shared_plan, programs_.get(request.circuit));
    const ShotPlan& plan = *shared_plan;
    const bool in_parallel = plan.program.circuit.qubits() < large_state_qubits;
    return sample_rows(request.rows.rows(), in_parallel, [&](std::size_t row) {
      return options_.mode == NoisyMode::density ? sample_density(plan.program, request, row)
                                                 : sample_trajectories(plan, request, row);
    });
  } catch (const std::bad_alloc&) {
    return Error{
        ErrorKind::resource,
        fmt::format("There is not enough memory for {} qubits on the backend noisy.", request.circuit.qubits()),
        "Use fewer qubits, or fewer threads."};
  }

  Result<ShotRow> sample_trajectories(const ShotPlan& plan, const SampleRequest& request, std::size_t row) {
    const Circuit& circuit = plan.program.circuit;
    const Theta theta = request.rows[row].first(circuit.parameters());
    const RowStreams streams(request, row);
    AmplitudePool::Lease memory = states_.lend();
    BORNITE_TRY(const ShotRow faultless,
                engine_.measure(circuit, theta, request.shots.of_row(row), streams.outcomes, memory.amplitudes()));
    return add_faults(plan, {theta, memory.amplitudes(), faultless}, engine_, streams.faults);
  }

  static Result<ShotRow> sample_density(const NoiseProgram& program, const SampleRequest& request, std::size_t row) {
    const RowStreams streams(request, row);
    const std::vector<double> q = outcome_probabilities(program, request.rows[row]);
    const std::uint64_t shots = request.shots.of_row(row);
    BORNITE_TRY(std::vector<std::uint64_t> counts, draw_counts(q, shots, streams.outcomes));
    std::vector<std::uint64_t> words(q.size());
    for (std::size_t k = 0; k != words.size(); ++k) words[k] = k;
    return ShotRow::create(BitstringList(program.measured.size(), std::move(words)), std::move(counts), shots);
  }

  NoisyOptions options_;
  StatevectorBackend engine_;
  std::size_t most_qubits_ = most_qubits(options_, engine_);
  Capabilities capabilities_ = make_capabilities(options_, most_qubits_);
  ProgramCache programs_{options_, most_qubits_};
  AmplitudePool states_;
};

}  // namespace
}  // namespace noisy

Result<std::unique_ptr<QuantumBackend>> make_noisy_backend(const NoisyOptions& options) {
  BORNITE_CHECK(noisy::check_number("f", options.f, NoisyOptions::largest_f));
  BORNITE_CHECK(noisy::check_number("one_given_zero", options.one_given_zero, 1));
  BORNITE_CHECK(noisy::check_number("zero_given_one", options.zero_given_one, 1));
  if (options.target && (options.one_given_zero > 0 || options.zero_given_one > 0))
    return Error{
        ErrorKind::configuration,
        fmt::format("The backend noisy was given errors of readout, but {} has its own.", options.target->name),
        "Leave out one_given_zero and zero_given_one, or the device."};
  return std::unique_ptr<QuantumBackend>(std::make_unique<noisy::NoisyBackend>(options));
}

}  // namespace bornite

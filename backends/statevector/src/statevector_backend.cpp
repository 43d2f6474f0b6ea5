#include "bornite/statevector/statevector_backend.hpp"

#include "bind.hpp"
#include "memory_need.hpp"
#include "number_pool.hpp"
#include "plan_cache.hpp"
#include "run.hpp"
#include "sampler.hpp"
#include "whole_state.hpp"
#include "workspace.hpp"

#include "bornite/backend/independent_shots.hpp"
#include "bornite/circuit/parts.hpp"
#include "bornite/util/memory.hpp"
#include "bornite/util/parallel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <new>
#include <optional>

namespace bornite {
namespace statevector {
namespace {

Result<void> check_theta(const Circuit& circuit, Theta theta) {
  if (theta.size() != circuit.parameters())
    return Error{ErrorKind::input,
                 fmt::format("The circuit has {} parameters, but {} were given.", circuit.parameters(), theta.size()),
                 "Give one number per parameter."};
  std::size_t finite = 0;  // counted without a branch, as small circuits notice
  for (const double x : theta) finite += std::isfinite(x) ? 1 : 0;
  if (finite == theta.size()) return {};
  const auto bad = std::ranges::find_if_not(theta, [](double x) { return std::isfinite(x); });
  return Error{ErrorKind::input, fmt::format("Parameter {} of the circuit is {}.", bad - theta.begin(), *bad),
               "Parameters are finite angles in radians."};
}

Error not_finite(std::span<const double> cost, std::span<const double> q) {
  const auto bad = std::ranges::find_if_not(cost, [](double x) { return std::isfinite(x); });
  const auto index = static_cast<std::size_t>(bad - cost.begin());
  return {ErrorKind::numeric,
          fmt::format("The effective cost of outcome {} is {}, where its probability is {}.", index, *bad, q[index]),
          "The objective must be finite wherever the circuit can go."};
}

Capabilities make_capabilities(Precision precision) {
  Capabilities result;
  result.name = "statevector";
  result.description =
      fmt::format("local simulator that holds all amplitudes in {}: exact probabilities, gradients and shots",
                  to_string(precision));
  result.max_qubits = StatevectorBackend::most_qubits_in_parts;
  result.max_connected_qubits = most_qubits_in_memory(precision, Need::state);
  result.max_exact_qubits = most_qubits_in_memory(precision, Need::gradient);
  result.bytes_per_amplitude = unit_bytes(precision, Need::state);
  result.exact = true;
  return result;
}

using Parts = std::optional<std::vector<CompactCircuit>>;

/// The circuit's connected parts, if measuring them one by one is less work than its whole state.
Parts parts_to_measure(const SampleRequest& request) {
  const std::size_t qubits = request.circuit.qubits();
  constexpr std::size_t always_small = 10;
  if (qubits <= always_small || most_connected_qubits(request.circuit) == qubits) return std::nullopt;
  Parts parts = connected_parts(request.circuit);
  const double amplitudes = std::ldexp(1.0, static_cast<int>(qubits));
  const double shots = static_cast<double>(request.shots.of_row(0)) * static_cast<double>(parts->size());
  if (qubits <= StatevectorBackend::most_qubits && shots > amplitudes) return std::nullopt;
  return parts;
}

/// Rows of so many qubits and fewer are given to threads whole; beyond, two states at a time take turns in the cache.
constexpr std::size_t most_row_qubits = 18;

/// Outcomes of the circuit itself, without the qubits that the layout adds.
std::size_t outcomes(const Circuit& circuit) { return std::size_t{1} << circuit.qubits(); }

}  // namespace

/// A plan bound to one row of parameters, and the memory to run it.
struct Evaluation {
  std::shared_ptr<const Plan> plan;
  WorkspacePool::Lease workspace;
};

}  // namespace statevector

using namespace statevector;

class StatevectorBackend::Impl {
 public:
  explicit Impl(Precision amplitudes) : precision(amplitudes) {}

  Precision precision;
  Capabilities capabilities = make_capabilities(precision);
  Result<const Kernels*> kernels = choose_kernels(std::getenv("BORNITE_SIMD"), precision);
  NumberPool numbers;

  /// All that comes before the run.
  Result<Evaluation> begin(const Circuit& circuit, Theta theta, Readout readout, Need need) {
    if (circuit.qubits() > most_qubits) return too_large(circuit, need);
    BORNITE_CHECK(check_theta(circuit, theta));
    BORNITE_CHECK(kernels);
    std::shared_ptr<const Plan> plan = plans_.get(circuit, readout);
    WorkspacePool::Lease workspace = pool_.lend(plan->layout);
    Evaluation result{std::move(plan), std::move(workspace)};
    BORNITE_CHECK(make_room(circuit, need, *result.workspace));
    const bool adjoint = need == Need::gradient;
    prepare(*result.plan, *result.workspace, adjoint);
    if (!bind(*result.plan, **kernels, theta, adjoint, result.workspace->bound.data()))
      return Error{ErrorKind::input, "An angle of the circuit is not finite at these parameters.",
                   "Scale and parameter of an angle multiply to a finite number of radians."};
    return result;
  }

  /// Runs the circuit; the final state is in the result's workspace.
  Result<Evaluation> evaluate(const Circuit& circuit, Theta theta, Readout readout, Need need) {
    BORNITE_TRY(Evaluation result, begin(circuit, theta, readout, need));
    run_forward(*result.plan, **kernels, *result.workspace);
    return result;
  }

  [[nodiscard]] Error too_large(const Circuit& circuit, Need need) const {
    return statevector::too_large(circuit.qubits(), precision, need);
  }

  void read_amplitudes(const Evaluation& evaluation, const Circuit& circuit, std::vector<std::complex<double>>& out) {
    const Layout& layout = evaluation.plan->layout;
    out.resize(layout.amplitudes());
    const std::size_t piece = std::size_t{1} << layout.tile;
    for (std::size_t x = 0; x != out.size(); x += piece)
      (*kernels)->read(evaluation.workspace->psi.data() + layout.position(x), out.data() + x, layout.blocks(piece));
    out.resize(outcomes(circuit));
  }

  Result<ShotRow> draw(const Evaluation& evaluation, const Circuit& circuit, std::uint64_t shots,
                       const StreamKey& stream) {
    const Workspace& workspace = *evaluation.workspace;
    return draw_shots({**kernels, workspace.layout, workspace.psi.data(), circuit.qubits()}, shots, stream);
  }

  Result<ShotRow> measure(const Circuit& circuit, Theta theta, std::uint64_t shots, const StreamKey& stream) try {
    BORNITE_TRY(const Evaluation evaluation, evaluate(circuit, theta, Readout::probabilities, Need::state));
    return draw(evaluation, circuit, shots, stream);
  } catch (const std::bad_alloc&) {
    return too_large(circuit, Need::state);
  }

  Result<ShotTable> sample(const SampleRequest& request) {
    const Parts parts = parts_to_measure(request);
    const bool in_parallel = request.circuit.qubits() <= most_row_qubits || parts;
    return sample_rows(request.rows.rows(), in_parallel, [&](std::size_t row) {
      return parts ? sample_parts(request, *parts, row) : sample_row(request, row);
    });
  }

 private:
  Result<ShotRow> sample_row(const SampleRequest& request, std::size_t row) {
    return measure(request.circuit, request.rows[row], request.shots.of_row(row), stream_of_row(request, row));
  }

  /// The parts' shots, put together.
  Result<ShotRow> sample_parts(const SampleRequest& request, const std::vector<CompactCircuit>& parts,
                               std::size_t row) {
    const StreamKey stream = stream_of_row(request, row);
    const std::uint64_t shots = request.shots.of_row(row);
    BORNITE_CHECK(check_shots_in_memory(request.circuit.qubits(), shots));
    std::vector<PartialShots> measured;
    for (const CompactCircuit& part : parts) {
      StreamKey key = stream;
      key.purpose = StreamPurpose::parts;
      key.block = static_cast<std::uint32_t>(measured.size());
      key = {.seed = RandomStream(key)()};
      BORNITE_TRY(ShotRow shot_row,
                  measure(part.circuit, request.rows[row].first(part.circuit.parameters()), shots, key));
      measured.push_back({std::move(shot_row), {part.qubits.begin(), part.qubits.end()}});
    }
    return join_independent(measured, request.circuit.qubits(), shots, stream);
  }

  /// Looks whether memory suffices before the system takes it by force.
  Result<void> make_room(const Circuit& circuit, Need need, const Workspace& workspace) {
    constexpr std::uint64_t not_worth_asking = std::uint64_t{64} << 20;
    const std::uint64_t bytes = unit_bytes(precision, need) << circuit.qubits();
    if (bytes < not_worth_asking || workspace.bytes() >= bytes) return {};
    if (bytes - workspace.bytes() <= free_memory()) return {};
    pool_.clear();
    numbers.clear();
    if (bytes - workspace.bytes() <= free_memory()) return {};
    return too_large(circuit, need);
  }

  PlanCache plans_{precision};
  WorkspacePool pool_;
};

StatevectorBackend::StatevectorBackend(Precision precision)
    : SynchronousBackend("statevector"), impl_(std::make_unique<Impl>(precision)) {}
StatevectorBackend::~StatevectorBackend() = default;

const Capabilities& StatevectorBackend::capabilities() const { return impl_->capabilities; }

Result<ShotTable> StatevectorBackend::run(const SampleRequest& request) { return impl_->sample(request); }

Result<Distribution> StatevectorBackend::probabilities(const Circuit& circuit, Theta theta) try {
  BORNITE_TRY(const Evaluation evaluation, impl_->begin(circuit, theta, Readout::probabilities, Need::probabilities));
  const std::shared_ptr<double[]> q = impl_->numbers.lend(evaluation.plan->layout.amplitudes());
  run_probabilities(*evaluation.plan, **impl_->kernels, *evaluation.workspace, q.get());
  return Distribution::shared(circuit.qubits(), q);
} catch (const std::bad_alloc&) {
  return impl_->too_large(circuit, Need::probabilities);
}

Result<void> StatevectorBackend::gradient(const Circuit& circuit, Theta theta, const EffectiveCost& cost,
                                          std::span<double> out) try {
  if (out.size() != circuit.parameters())
    return Error{ErrorKind::input,
                 fmt::format("The gradient of a circuit with {} parameters was asked into {} numbers.",
                             circuit.parameters(), out.size()),
                 "Give room for one number per parameter."};
  BORNITE_TRY(const Evaluation evaluation, impl_->evaluate(circuit, theta, Readout::probabilities, Need::gradient));
  Workspace& workspace = *evaluation.workspace;
  const std::size_t simulated = workspace.layout.amplitudes();
  const std::span<double> q{workspace.probabilities.data(), simulated};
  const std::span<double> g{workspace.cost.data(), simulated};
  read_probabilities(**impl_->kernels, workspace);
  const std::size_t size = outcomes(circuit);
  std::ranges::fill(g.subspan(size), 0.0);
  cost(q.first(size), g.first(size));
  std::ranges::fill(out, 0.0);
  if (!run_backward(*evaluation.plan, **impl_->kernels, workspace, out))
    return not_finite(g.first(size), q.first(size));
  return {};
} catch (const std::bad_alloc&) {
  return impl_->too_large(circuit, Need::gradient);
}

Result<std::vector<std::complex<double>>> StatevectorBackend::amplitudes(const Circuit& circuit, Theta theta) try {
  BORNITE_TRY(const Evaluation evaluation, impl_->evaluate(circuit, theta, Readout::amplitudes, Need::amplitudes));
  std::vector<std::complex<double>> result;
  impl_->read_amplitudes(evaluation, circuit, result);
  return result;
} catch (const std::bad_alloc&) {
  return impl_->too_large(circuit, Need::amplitudes);
}

Result<ShotRow> StatevectorBackend::measure(const Circuit& circuit, Theta theta, std::uint64_t shots,
                                            const StreamKey& stream) {
  return impl_->measure(circuit, theta, shots, stream);
}

Result<ShotRow> StatevectorBackend::measure(const Circuit& circuit, Theta theta, std::uint64_t shots,
                                            const StreamKey& stream,
                                            std::vector<std::complex<double>>& amplitudes) try {
  BORNITE_TRY(const Evaluation evaluation, impl_->evaluate(circuit, theta, Readout::amplitudes, Need::amplitudes));
  impl_->read_amplitudes(evaluation, circuit, amplitudes);
  return impl_->draw(evaluation, circuit, shots, stream);
} catch (const std::bad_alloc&) {
  return impl_->too_large(circuit, Need::amplitudes);
}

std::unique_ptr<ExactBackend> make_statevector_backend(Precision precision) {
  return std::make_unique<StatevectorBackend>(precision);
}

}  // namespace bornite

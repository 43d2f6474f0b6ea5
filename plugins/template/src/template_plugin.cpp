// A plugin to copy: a device of at most ten qubits, simulated in a few lines. Replace TemplateBackend by your own
// device, keep the factory and the last line.

#include "bornite/backend/finished_jobs.hpp"
#include "bornite/backend/plugin.hpp"

#include <algorithm>
#include <complex>
#include <cstdint>
#include <map>
#include <vector>

namespace {

using namespace bornite;  // NOLINT: a plugin is a program of its own

using Amplitudes = std::vector<std::complex<double>>;  // entry k belongs to the string whose bit i is bit i of k

std::size_t mask_of(const std::vector<Qubit>& qubits) {
  std::size_t mask = 0;
  for (const Qubit qubit : qubits) mask |= std::size_t{1} << qubit;
  return mask;
}

void apply(const Gate& gate, Theta theta, Amplitudes& psi) {
  const std::size_t controls = mask_of(gate.controls);
  const std::size_t targets = mask_of(gate.targets);
  const double angle = has_angle(gate.kind) ? gate.angle.value(theta) : 0.0;
  for (std::size_t k = 0; k < psi.size(); ++k) {
    if ((k & controls) != controls) continue;
    if (gate.kind == GateKind::global_phase) {
      psi[k] *= std::polar(1.0, angle);
    } else if (gate.kind == GateKind::swap) {
      const std::size_t first = std::size_t{1} << gate.targets[0];
      if ((k & targets) == first) std::swap(psi[k], psi[k ^ targets]);
    } else if ((k & targets) == 0) {
      const auto m = matrix(gate.kind, angle);
      const auto zero = psi[k];
      const auto one = psi[k | targets];
      psi[k] = m[0] * zero + m[1] * one;
      psi[k | targets] = m[2] * zero + m[3] * one;
    }
  }
}

Amplitudes run(const Circuit& circuit, Theta theta) {
  Amplitudes psi(std::size_t{1} << circuit.qubits());
  psi[0] = 1.0;
  for (const Gate& gate : circuit.gates()) apply(gate, theta, psi);
  return psi;
}

/// Draws shots from |psi|^2. The stream fixes every number, so the same request gives the same shots anywhere.
Result<ShotRow> sample(const Amplitudes& psi, std::size_t qubits, std::uint64_t shots, const StreamKey& key) {
  std::vector<double> cumulative(psi.size());
  double sum = 0;
  for (std::size_t k = 0; k < psi.size(); ++k) cumulative[k] = sum += std::norm(psi[k]);

  RandomStream random(key);
  std::map<std::size_t, std::uint64_t> seen;
  for (std::uint64_t shot = 0; shot < shots; ++shot)
    ++seen[std::upper_bound(cumulative.begin(), cumulative.end() - 1, random.uniform() * sum) - cumulative.begin()];

  BitstringList strings(qubits);
  std::vector<std::uint64_t> counts;
  for (const auto& [index, count] : seen) {
    strings.push_back(Bitstring::from_index(qubits, index));
    counts.push_back(count);
  }
  return ShotRow::create(std::move(strings), std::move(counts), shots);
}

class TemplateBackend final : public QuantumBackend {
 public:
  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }

  [[nodiscard]] Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override {
    BORNITE_CHECK(validate(request, capabilities_));  // every backend begins like this
    return jobs_.submit(token, [&] { return measure(request); });
  }
  // A provider asks its service here. This one is done before submit() returns, and FinishedJobs knows the rest.
  [[nodiscard]] Result<JobStatus> poll(const JobId& job) override { return jobs_.poll(job); }
  [[nodiscard]] Result<ShotTable> fetch(const JobId& job, const JobShape& shape) override {
    return jobs_.fetch(job, shape);
  }
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token) override { return jobs_.find(token); }
  [[nodiscard]] Result<void> cancel(const JobId& job) override { return jobs_.cancel(job); }
  void forget(const JobId& job) override { jobs_.forget(job); }

 private:
  /// One row of the table for each row of parameters, in their order.
  static Result<ShotTable> measure(const SampleRequest& request) {
    std::vector<ShotRow> rows;
    for (std::size_t r = 0; r < request.rows.rows(); ++r) {
      const Amplitudes psi = run(request.circuit, request.rows[r]);
      BORNITE_TRY(ShotRow row,
                  sample(psi, request.circuit.qubits(), request.shots.of_row(r), stream_of_row(request, r)));
      rows.push_back(std::move(row));
    }
    return ShotTable::create(std::move(rows));
  }

  // State the truth here: requests beyond these limits are split or refused before they reach the device.
  Capabilities capabilities_{.name = "template",
                             .device = "",
                             .description = "ten simulated qubits, for authors of plugins",
                             .max_qubits = 10,
                             .max_shots = 10'000'000};
  FinishedJobs jobs_{"template"};
};

/// Called once per backend. Refuse what you do not know, in a sentence that says what to do.
Result<std::unique_ptr<QuantumBackend>> make_template_backend(const std::string& device,
                                                              const BackendOptions& options) {
  if (!device.empty())
    return Error{ErrorKind::usage, "Backend template has no device called '" + device + "'.",
                 "It has one device only: use --backend template."};
  if (!options.empty())
    return Error{ErrorKind::configuration, "Backend template has no option called '" + options.begin()->first + "'.",
                 "It has no options: remove it."};
  return std::make_unique<TemplateBackend>();
}

}  // namespace

BORNITE_PLUGIN("template", "0.1.0", "A small simulator to copy when you write a plugin", make_template_backend)

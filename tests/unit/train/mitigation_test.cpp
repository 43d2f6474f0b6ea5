// Gradients from a device that misreads its qubits.

#include "bornite/backend/sample.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/network/table_cost.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/estimator.hpp"
#include "catch.hpp"
#include "moments.hpp"
#include "random_problem.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr std::size_t qubits = 3;

/// A simulator that reads a 1 as 0 with probability 0.08 and a 0 as 1 with 0.03.
class MisreadingBackend final : public QuantumBackend {
 public:
  const Capabilities& capabilities() const override { return source_.capabilities(); }
  Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override {
    BORNITE_TRY(const ShotTable right, sample(source_, request));
    std::vector<ShotRow> rows;
    for (std::size_t row = 0; row < right.rows(); ++row) {
      StreamKey key = request.stream;
      key.purpose = StreamPurpose::test;
      key.row += static_cast<std::uint32_t>(row);
      rows.push_back(misread(right[row], RandomStream(key)));
    }
    BORNITE_TRY(table_, ShotTable::create(std::move(rows)));
    return token;
  }
  Result<JobStatus> poll(const JobId&) override { return JobStatus{.state = JobState::done}; }
  Result<ShotTable> fetch(const JobId&, const JobShape&) override { return table_; }
  Result<void> cancel(const JobId&) override { return {}; }

 private:
  static ShotRow misread(const ShotRow& right, RandomStream random) {
    BitstringList strings(right.bits());
    for (std::size_t i = 0; i < right.size(); ++i)
      for (std::uint64_t shot = 0; shot < right.counts()[i]; ++shot) {
        Bitstring string(right.strings()[i]);
        for (std::size_t bit = 0; bit < string.size(); ++bit)
          if (random.uniform() < (string[bit] ? 0.08 : 0.03)) string.set(bit, !string[bit]);
        strings.push_back(string);
      }
    return *ShotRow::create(std::move(strings), std::vector<std::uint64_t>(right.shots(), 1), right.shots());
  }

  StatevectorBackend source_;
  ShotTable table_;
};

}  // namespace

TEST_CASE("with readout mitigated, gradients of misread qubits are the exact ones on average") {
  MisreadingBackend device;
  StatevectorBackend simulator;
  const CostTable table = random_costs(qubits, 3);
  CachedCosts cache(std::make_shared<TableCost>(table));
  const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, 2);
  const std::vector<double> theta = random_angles(circuit.parameters(), 5);
  const auto goal = objective("selbo", skewed_prior(qubits));
  std::vector<double> exact(theta.size());
  REQUIRE(ExactEstimator(simulator, circuit, *goal, table).evaluate(theta, exact, {}));
  const auto mitigating =
      *ShotEstimator::create(device, circuit, *goal, cache, 500, {.mitigation = Mitigation::readout});
  const auto plain = *ShotEstimator::create(device, circuit, *goal, cache, 500);
  CHECK(mitigating->demand(true).rows == plain->demand(true).rows + 2);

  Moments right(theta.size()), wrong(theta.size());
  for (std::uint32_t repeat = 0; repeat < 400; ++repeat) {
    std::vector<double> gradient(theta.size());
    const auto estimate = mitigating->evaluate(theta, gradient, {.seed = 1, .step = repeat});
    REQUIRE(estimate);
    CHECK(estimate->shots == mitigating->demand(true).shots);
    right.add(gradient);
    REQUIRE(plain->evaluate(theta, gradient, {.seed = 1, .step = repeat}));
    wrong.add(gradient);
  }
  double largest_bias = 0;
  for (std::size_t i = 0; i < theta.size(); ++i) {
    // The errors are estimated too, from 500 shots: that bends the inverse by parts in 500 of its 10 percent.
    CHECK(std::abs(right.mean(i) - exact[i]) <= 4 * right.standard_error(i) + 5e-4 + 1e-12);
    if (wrong.standard_error(i) > 0)
      largest_bias = std::max(largest_bias, std::abs(wrong.mean(i) - exact[i]) / wrong.standard_error(i));
  }
  CHECK(largest_bias > 10);
}

TEST_CASE("several points share the rows that readout is calibrated with") {
  MisreadingBackend device;
  CachedCosts cache(std::make_shared<TableCost>(random_costs(qubits, 3)));
  const auto mle = objective("mle", Prior::uniform(qubits));
  const Circuit circuit = make_ansatz(AnsatzKind::ring, qubits, 1);
  const auto estimator = *ShotEstimator::create(device, circuit, *mle, cache, 100, {.mitigation = Mitigation::readout});
  const std::vector<std::vector<double>> thetas{random_angles(6, 1), random_angles(6, 2), random_angles(6, 3)};
  const auto estimates = *estimator->evaluate_all(thetas, {});
  REQUIRE(estimates.size() == 3);
  CHECK(estimates[0].shots == 300);
  CHECK(estimates[0].jobs == 1);
  CHECK(estimates[1].shots == 100);
  CHECK(estimates[1].jobs == 0);
}

TEST_CASE("readout is calibrated with every ansatz, and not with circuits that cannot prepare basis states") {
  StatevectorBackend backend;
  CachedCosts cache(std::make_shared<TableCost>(random_costs(qubits, 3)));
  const auto mle = objective("mle", Prior::uniform(qubits));
  for (const AnsatzKind kind : ansatz_kinds) {
    const Circuit circuit = make_ansatz(kind, qubits, 3);
    const auto estimator =
        *ShotEstimator::create(backend, circuit, *mle, cache, 10, {.mitigation = Mitigation::readout});
    const SampleRequest request = estimator->request(random_angles(18, 1), false, {});
    REQUIRE(request.rows.rows() == 3);
    CHECK(backend.probabilities(request.circuit, request.rows[1])->probabilities().front() == Approx(1));
    CHECK(backend.probabilities(request.circuit, request.rows[2])->probabilities().back() == Approx(1));
  }
  Circuit fixed(qubits);
  fixed.h(0).ry(1, Angle::of(0)).ry(2, Angle::of(1));
  const auto refused = ShotEstimator::create(backend, fixed, *mle, cache, 10, {.mitigation = Mitigation::readout});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unsupported);
}

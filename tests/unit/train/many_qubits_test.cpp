// Training from shots where nothing of 2^N entries could exist.

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

#include "bornite/network/cached_costs.hpp"
#include "bornite/train/estimator.hpp"
#include "bornite/train/trainer.hpp"
#include "catch.hpp"
#include "random_problem.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr std::size_t qubits = 70;

/// Draws each qubit by itself: right for circuits of rotations without entanglers.
class ProductBackend final : public QuantumBackend {
 public:
  const Capabilities& capabilities() const override { return capabilities_; }
  Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override {
    BORNITE_CHECK(validate(request, capabilities_));
    std::vector<ShotRow> rows;
    for (std::size_t row = 0; row < request.rows.rows(); ++row) {
      StreamKey key = request.stream;
      key.row += static_cast<std::uint32_t>(row);
      BORNITE_TRY(ShotRow drawn, draw(request.circuit, request.rows[row], request.shots.of_row(row), key));
      rows.push_back(std::move(drawn));
    }
    const std::lock_guard lock(mutex_);
    BORNITE_TRY(tables_[token], ShotTable::create(std::move(rows)));
    return token;
  }
  Result<JobStatus> poll(const JobId&) override { return JobStatus{.state = JobState::done}; }
  Result<ShotTable> fetch(const JobId& job, const JobShape&) override {
    const std::lock_guard lock(mutex_);
    return tables_.at(job);
  }
  Result<void> cancel(const JobId&) override { return {}; }

 private:
  static Result<ShotRow> draw(const Circuit& circuit, Theta theta, std::uint64_t shots, const StreamKey& key) {
    std::vector<double> ones(circuit.qubits());
    for (const Gate& gate : circuit.gates())
      if (gate.kind == GateKind::ry) ones[gate.targets[0]] = std::pow(std::sin(gate.angle.value(theta) / 2), 2);
    RandomStream random(key);
    BitstringList strings(circuit.qubits());
    for (std::uint64_t shot = 0; shot < shots; ++shot) {
      Bitstring string(circuit.qubits());
      for (std::size_t q = 0; q < ones.size(); ++q) string.set(q, random.uniform() < ones[q]);
      strings.push_back(string);
    }
    return ShotRow::create(std::move(strings), std::vector<std::uint64_t>(shots, 1), shots);
  }

  Capabilities capabilities_{.name = "product", .device = "", .description = "", .max_qubits = 1000};
  std::mutex mutex_;
  std::map<JobId, ShotTable> tables_;
};

/// The share of bits that differ from a pattern that goes past the first word.
class PatternCost final : public CostModel {
 public:
  std::size_t bits() const override { return qubits; }
  Result<void> costs(const BitstringList& strings, std::span<double> out) const override {
    for (std::size_t i = 0; i < strings.size(); ++i) {
      std::size_t wrong = 0;
      for (std::size_t q = 0; q < qubits; ++q) wrong += strings[i][q] != (q % 3 == 0);
      out[i] = static_cast<double>(wrong) / static_cast<double>(qubits);
    }
    return {};
  }
  Result<CostTable> enumerate() const override { return Error{ErrorKind::resource, "Nobody has 2^70 numbers."}; }
};

Problem pattern_problem() {
  return {.name = "pattern", .costs = std::make_shared<PatternCost>(), .encoding = {}, .data = {}};
}

TrainingSettings settings_of(const std::string& optimizer) {
  TrainingSettings settings{.circuit = {AnsatzKind::product, 1},
                            .objective = {.name = "selbo", .lambda = 0.01, .prior = Prior::uniform(qubits)},
                            .backend = "product",
                            .shots = 32};
  settings.optimizer.name = optimizer;
  settings.optimizer.iterations = 40;
  settings.optimizer.learning_rate = 0.15;
  settings.optimizer.spsa.perturbations = 4;
  return settings;
}

}  // namespace

TEST_CASE("circuits of 70 qubits train from shots alone") {
  const Problem problem = pattern_problem();
  for (const std::string optimizer : {"adam", "spsa"}) {
    INFO(optimizer);
    ProductBackend backend;
    Trainer trainer = *Trainer::create(problem, settings_of(optimizer), backend);
    CHECK(trainer.plan().table_bytes == 0);
    std::vector<double> costs;
    const TrainingResult result = *trainer.run(
        nullptr, {.on_progress = [&](const TrainingProgress& p) { costs.push_back(p.terms.expected_cost); }});
    const StateReport& state = result.restarts[0].state;
    CHECK(state.best.bits.size() == qubits);
    CHECK(state.expected_cost < (optimizer == "adam" ? 0.1 : 0.5));
    CHECK(state.expected_cost < costs.front());
    CHECK_FALSE(state.optimum);
  }
}

TEST_CASE("the gradient of selbo for 70 qubits is exact on average") {
  // C is a sum over bits and k a product, so that both have closed forms for a product state.
  const Problem problem = pattern_problem();
  ProductBackend backend;
  const Circuit circuit = make_ansatz(AnsatzKind::product, qubits, 1);
  const std::vector<double> theta = random_angles(circuit.parameters(), 9);
  constexpr double lambda = 5, gamma = 0.02;
  const auto selbo =
      *make_objective({.name = "selbo", .lambda = lambda, .gammas = {gamma}, .prior = Prior::uniform(qubits)});
  CachedCosts cache(problem.costs);
  const auto estimator = *ShotEstimator::create(backend, circuit, *selbo, cache, 128);

  const double x = std::exp(-gamma);
  const auto one = [&](std::size_t q) { return std::pow(std::sin(theta[q] / 2), 2); };
  const auto same = [&](double p) { return 1 - 2 * p * (1 - p) * (1 - x); };  // E k of one bit, s and t from q
  double energy = 1;
  for (std::size_t q = 0; q < qubits; ++q) energy *= same(one(q));
  constexpr int repeats = 30;
  std::vector<double> mean(qubits), squares(qubits);
  for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
    std::vector<double> gradient(circuit.parameters());
    REQUIRE(estimator->evaluate(theta, gradient, {.seed = 3, .step = repeat}));
    for (std::size_t q = 0; q < qubits; ++q) {
      mean[q] += gradient[q] / repeats;
      squares[q] += gradient[q] * gradient[q] / repeats;
    }
  }
  for (std::size_t q = 0; q < qubits; ++q) {
    const double p = one(q), slope = std::sin(theta[q]) / 2;
    const double cost = (q % 3 == 0 ? -1.0 : 1.0) / static_cast<double>(qubits);
    const double exact = slope * (cost + lambda * energy / same(p) * -2 * (1 - 2 * p) * (1 - x));
    const double error = std::sqrt((squares[q] - mean[q] * mean[q]) / (repeats - 1));
    CHECK(std::abs(mean[q] - exact) < 4.5 * error);
  }
}

TEST_CASE("exact probabilities of 70 qubits, and of a backend without them, are refused in a sentence") {
  const Problem problem = pattern_problem();
  ProductBackend backend;
  TrainingSettings settings = settings_of("adam");
  settings.shots = 0;
  CHECK_FALSE(describe(Trainer::create(problem, settings, backend).error()).empty());
  settings.shots = 32;
  settings.objective.name = "elbo";
  settings.objective.beta = 0.1;
  CHECK(describe(Trainer::create(problem, settings, backend).error()).find("selbo") != std::string::npos);
}

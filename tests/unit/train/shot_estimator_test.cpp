#include "bornite/circuit/ansatz.hpp"
#include "bornite/network/table_cost.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/estimator.hpp"
#include "catch.hpp"
#include "random_problem.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr std::size_t qubits = 3;

}  // namespace

TEST_CASE("the elbo is refused on shots with a sentence that names selbo") {
  StatevectorBackend backend;
  CachedCosts cache(std::make_shared<TableCost>(random_costs(qubits, 3)));
  const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, 2);
  const auto goal = objective("elbo", Prior::uniform(qubits));
  const auto refused = ShotEstimator::create(backend, circuit, *goal, cache, 64);
  REQUIRE_FALSE(refused);
  CHECK(describe(refused.error()).find("selbo") != std::string::npos);
}

TEST_CASE("shots that are too few for the objective are refused before any are taken") {
  StatevectorBackend backend;
  CachedCosts cache(std::make_shared<TableCost>(random_costs(qubits, 3)));
  const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, 2);
  const auto selbo = objective("selbo", Prior::uniform(qubits));
  const auto refused = ShotEstimator::create(backend, circuit, *selbo, cache, 1);
  REQUIRE_FALSE(refused);
  CHECK(describe(refused.error()).find("at least 2") != std::string::npos);
  CHECK(ShotEstimator::create(backend, circuit, *selbo, cache, 2));
  const auto mle = objective("mle", Prior::uniform(qubits));
  CHECK(ShotEstimator::create(backend, circuit, *mle, cache, 1));
}

TEST_CASE("a gradient is one job, and takes exactly the rows and shots that the estimator says") {
  StatevectorBackend backend;
  CachedCosts cache(std::make_shared<TableCost>(random_costs(qubits, 3)));
  const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, 2);
  const auto mle = objective("mle", Prior::uniform(qubits));
  const auto estimator = *ShotEstimator::create(backend, circuit, *mle, cache, 10);
  std::vector<double> gradient(circuit.parameters());
  const auto with = estimator->evaluate(random_angles(12, 1), gradient, {});
  CHECK(estimator->demand(true).rows == 1 + 2 * 9);
  CHECK(with->jobs == 1);
  CHECK(with->shots == 190);
  CHECK(estimator->demand(true).shots == 190);
  CHECK(estimator->demand(false).rows == 1);
  CHECK(estimator->evaluate(random_angles(12, 1), {}, {})->shots == 10);
  CHECK(std::vector<double>(gradient.begin() + 9, gradient.end()) == std::vector<double>(3));
}

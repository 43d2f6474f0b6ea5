#include "bornite/train/result_json.hpp"

#include <nlohmann/json.hpp>

#include "bornite/util/version.hpp"

namespace bornite {
namespace {

using Json = nlohmann::ordered_json;

void add(Json& json, const char* key, const std::optional<double>& value) {
  if (value) json[key] = *value;
}

Json to_json(const NetworkOutcome& network) {
  Json json{{"bits", network.bits.to_text()}, {"probability", network.probability}};
  add(json, "probability_standard_error", network.probability_error);
  json["cost"] = network.cost;
  return json;
}

Json to_json(const PredictionScore& score) {
  if (score.mean_squared_error) return {{"mean_squared_error", *score.mean_squared_error}};
  if (!score.classification) return Json::object();
  return {{"accuracy", score.classification->accuracy},
          {"negative_log_likelihood", score.classification->negative_log_likelihood},
          {"brier", score.classification->brier},
          {"expected_calibration_error", score.classification->expected_calibration_error}};
}

Json to_json(const PartScores& scores) {
  return {{"posterior_predictive", to_json(scores.posterior)},
          {"most_probable", to_json(scores.most_probable)},
          {"best", to_json(scores.best)}};
}

Json to_json(const StateReport& state) {
  Json json{{"expected_cost", state.expected_cost}};
  add(json, "expected_cost_standard_error", state.expected_cost_error);
  json["entropy"] = state.entropy;
  add(json, "entropy_standard_error", state.entropy_error);
  if (state.optimum) {
    json["gap"] = state.expected_cost - state.optimum->cost;
    json["mass_within_1e-4_of_optimum"] = *state.mass_near_optimum;
  }
  json["best"] = to_json(state.best);
  json["best_of"] = state.drawn;
  json["most_probable"] = to_json(state.most_probable);
  if (state.optimum) json["optimum"] = to_json(*state.optimum);
  if (state.train) json["train"] = to_json(*state.train);
  if (state.test) json["test"] = to_json(*state.test);
  return json;
}

Json to_json(const RestartResult& restart) {
  Json json{{"restart", restart.restart}, {"final_objective", restart.final_terms.value}};
  const auto& errors = restart.final_terms.standard_errors;
  if (errors) json["final_objective_standard_error"] = errors->value;
  add(json, "kl", restart.final_terms.kl);
  add(json, "mmd2", restart.final_terms.mmd2);
  if (errors) add(json, "mmd2_standard_error", errors->mmd2);
  json["iterations"] = restart.optimum.iterations;
  json["evaluations"] = restart.optimum.evaluations;
  json["stop_reason"] = to_string(restart.optimum.stop_reason);
  json["seconds"] = restart.seconds;
  json["jobs"] = restart.jobs;
  json["shots"] = restart.shots;
  json.update(to_json(restart.state));
  return json;
}

}  // namespace

std::string result_json(const Problem& problem, const TrainingSettings& settings, std::size_t parameters,
                        const TrainingResult& result) {
  Json json{{"problem", problem.name},
            {"objective", settings.objective.name},
            {"backend", settings.backend},
            {"ansatz", to_string(settings.circuit.ansatz)},
            {"depth", settings.circuit.depth},
            {"qubits", problem.qubits()},
            {"parameters", parameters},
            {"optimizer", settings.optimizer.name},
            {"shots", settings.shots},
            {"seed", settings.seed},
            {"version", version()},
            {"best_restart", result.best}};
  if (result.evidence_bound) json["evidence_bound"] = *result.evidence_bound;
  json["restarts"] = Json::array();
  for (const RestartResult& restart : result.restarts) json["restarts"].push_back(to_json(restart));
  return json.dump(2) + '\n';
}

std::string state_json(const StateReport& state) { return to_json(state).dump(); }

}  // namespace bornite

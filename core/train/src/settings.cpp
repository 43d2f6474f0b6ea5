#include "bornite/train/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace bornite {
namespace {

constexpr double infinity = std::numeric_limits<double>::max();
constexpr std::uint64_t most_shots = 1'000'000'000'000;  // per row; counts up to there are exact in a double

Result<double> positive(Config& config, std::string_view key, double otherwise) {
  BORNITE_TRY(const double value, config.number(key, otherwise, 0, infinity));
  if (value == 0) return config.error(key, "must be above 0.", "");
  return value;
}

/// One of the known names.
Result<std::string> choice(Config& config, std::string_view key, std::string_view otherwise,
                           const std::vector<std::string_view>& known) {
  BORNITE_TRY(const std::string name, config.text(key, otherwise));
  if (std::ranges::find(known, name) == known.end())
    return config.error(key, "is not known.", fmt::format("Choose one of {}.", fmt::join(known, ", ")));
  return name;
}

Result<Prior> read_prior(Config& config, std::size_t bits) {
  BORNITE_TRY(const std::string kind, config.text("prior.kind", "uniform"));
  BORNITE_TRY(std::vector<double> probabilities, config.numbers("prior.probability", {0.5}));
  if (kind == "uniform") return Prior::uniform(bits);
  if (kind != "bernoulli") return config.error("prior.kind", "is not a prior.", "Choose uniform or bernoulli.");
  if (probabilities.size() == 1) probabilities.resize(bits, probabilities[0]);
  if (probabilities.size() != bits)
    return config.error("prior.probability", fmt::format("has {} numbers.", probabilities.size()),
                        fmt::format("Give one number, or one for each of the {} qubits.", bits));
  auto prior = Prior::bernoulli(std::move(probabilities));
  if (!prior) return config.error("prior.probability", "is refused: " + prior.error().message, prior.error().hint);
  return prior;
}

/// The ELBO proper weighs the divergence by one over the number of examples; a bare cost table has none.
Result<double> read_beta(Config& config, const Problem& problem, const std::string& objective) {
  const std::size_t examples = problem.data.train.rows();
  if (examples == 0 && objective == "elbo" && !config.has("objective.beta"))
    return Error{ErrorKind::configuration,
                 "The objective elbo needs objective.beta: a cost table does not say how many examples it averages.",
                 "Set it, for instance --set objective.beta=1e-4 (1/n for n examples gives the true ELBO)."};
  return config.number("objective.beta", examples == 0 ? 0.0 : 1.0 / static_cast<double>(examples), 0, infinity);
}

Result<ObjectiveSettings> read_objective(Config& config, const Problem& problem) {
  const std::size_t bits = problem.qubits();
  BORNITE_TRY(const std::string name, choice(config, "objective.name", "mle", {"mle", "cvar", "elbo", "selbo"}));
  BORNITE_TRY(const double beta, read_beta(config, problem, name));
  BORNITE_TRY(const double alpha, config.number("objective.alpha", 0.1, 0, 1));
  if (alpha == 0) return config.error("objective.alpha", "must be above 0.", "1 counts all outcomes, as mle does.");
  BORNITE_TRY(const double lambda, config.number("objective.lambda", 0.01, 0, infinity));
  BORNITE_TRY(std::vector<double> gammas, config.numbers("objective.gamma", {2.0 / static_cast<double>(bits)}));
  if (gammas.empty() || !std::ranges::all_of(gammas, [](double gamma) { return gamma > 0; }))
    return config.error("objective.gamma", "must be a number above 0, or a list of such numbers.",
                        "The default is 2/N.");
  BORNITE_TRY(const bool biased, config.boolean("objective.biased", false));
  BORNITE_TRY(Prior prior, read_prior(config, bits));
  return ObjectiveSettings{.name = name,
                           .beta = beta,
                           .alpha = alpha,
                           .lambda = lambda,
                           .gammas = std::move(gammas),
                           .prior = std::move(prior),
                           .biased = biased};
}

Result<SpsaGains> read_spsa(Config& config, std::uint64_t iterations) {
  SpsaGains gains;
  BORNITE_TRY(const double a, config.number("optimizer.spsa.a", 0, 0, infinity));  // 0: from the learning rate
  if (a > 0) gains.a = a;
  BORNITE_TRY(gains.c, positive(config, "optimizer.spsa.c", gains.c));
  BORNITE_TRY(gains.stability,
              config.number("optimizer.spsa.stability", static_cast<double>(iterations) / 10, 0, infinity));
  BORNITE_TRY(gains.alpha, config.number("optimizer.spsa.alpha", gains.alpha, 0, 1));
  BORNITE_TRY(gains.gamma, config.number("optimizer.spsa.gamma", gains.gamma, 0, 1));
  BORNITE_TRY(gains.perturbations, config.count("optimizer.spsa.perturbations", gains.perturbations, 1, 1'000'000));
  return gains;
}

Result<OptimizerSettings> read_optimizer(Config& config, std::uint64_t seed) {
  OptimizerSettings settings;
  BORNITE_TRY(settings.name, choice(config, "optimizer.name", settings.name, optimizer_names()));
  BORNITE_TRY(settings.iterations, config.count("optimizer.iterations", settings.iterations, 1, 1'000'000'000));
  // SPSA moves all angles along one random direction: most of a step is to no purpose, so it must be long.
  const double usual_rate = settings.name == "spsa" ? 0.3 : settings.learning_rate;
  BORNITE_TRY(settings.learning_rate, positive(config, "optimizer.learning_rate", usual_rate));
  BORNITE_TRY(settings.beta1, config.number("optimizer.beta1", settings.beta1, 0, 1));
  BORNITE_TRY(settings.beta2, config.number("optimizer.beta2", settings.beta2, 0, 1));
  BORNITE_TRY(settings.epsilon, positive(config, "optimizer.epsilon", settings.epsilon));
  const double tolerance = settings.name == "adam" ? 0 : 1e-6;
  BORNITE_TRY(settings.gradient_tolerance, config.number("optimizer.gradient_tolerance", tolerance, 0, infinity));
  BORNITE_TRY(settings.memory, config.count("optimizer.memory", settings.memory, 1, 1000));
  BORNITE_TRY(settings.initial_step, positive(config, "optimizer.initial_step", settings.initial_step));
  BORNITE_TRY(settings.spsa, read_spsa(config, settings.iterations));
  settings.stream = {.seed = seed, .purpose = StreamPurpose::spsa};
  return settings;
}

Result<Warmup> read_warmup(Config& config, std::uint64_t iterations) {
  Warmup warmup;
  BORNITE_TRY(warmup.alphas, config.numbers("warmup.alphas", {}));
  if (!std::ranges::all_of(warmup.alphas, [](double alpha) { return alpha > 0 && alpha <= 1; }))
    return config.error("warmup.alphas", "must be a list of numbers above 0, and 1 at most.",
                        "Each is the part of the outcomes that counts in its stage, for instance [0.01, 0.1].");
  BORNITE_TRY(warmup.iterations,
              config.count("warmup.iterations", std::max<std::uint64_t>(iterations / 4, 1), 1, 1'000'000'000));
  return warmup;
}

}  // namespace

Result<CircuitSettings> read_circuit_settings(Config& config) {
  BORNITE_TRY(const std::string name, config.text("circuit.ansatz", "brickwork"));
  const auto ansatz = parse_ansatz(name);
  if (!ansatz) return config.error("circuit.ansatz", "is not an ansatz.", ansatz.error().hint);
  BORNITE_TRY(const std::uint64_t depth, config.count("circuit.depth", 4, 1, 100'000));
  return CircuitSettings{.ansatz = *ansatz, .depth = depth};
}

Result<TrainingSettings> read_training_settings(Config& config, const Problem& problem) {
  TrainingSettings settings{.objective = {.prior = Prior::uniform(problem.qubits())}};
  BORNITE_TRY(settings.circuit, read_circuit_settings(config));
  BORNITE_TRY(settings.objective, read_objective(config, problem));
  BORNITE_TRY(settings.backend, config.text("backend", settings.backend));
  BORNITE_TRY(settings.shots, config.count("shots", settings.shots, 0, most_shots));
  BORNITE_TRY(const std::string mitigation, choice(config, "mitigation", "none", {"none", "readout"}));
  settings.mitigation = mitigation == "readout" ? Mitigation::readout : Mitigation::none;
  BORNITE_TRY(const std::string allocation, choice(config, "shot_allocation", "equal", {"equal", "variance"}));
  settings.allocation = allocation == "variance" ? ShotAllocation::variance : ShotAllocation::equal;
  BORNITE_TRY(settings.common_seeds, config.boolean("common_seeds", settings.common_seeds));
  BORNITE_TRY(settings.restarts, config.count("restarts", settings.restarts, 1, 1'000'000));
  BORNITE_TRY(settings.seed, config.count("seed", settings.seed));
  BORNITE_TRY(settings.init, config.path("init"));
  BORNITE_TRY(settings.optimizer, read_optimizer(config, settings.seed));
  BORNITE_TRY(settings.warmup, read_warmup(config, settings.optimizer.iterations));
  BORNITE_TRY(settings.evaluation_shots, config.count("evaluation.shots", settings.evaluation_shots, 1, most_shots));
  return settings;
}

}  // namespace bornite

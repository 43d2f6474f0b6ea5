#pragma once
// The settings of a training, for its help text.

namespace bornite::cli {

inline constexpr const char* settings_help = R"(Settings for --set and TOML files, and their defaults:
  problem = "mnist01", backend = "statevector", shots = 0 (exact probabilities), mitigation = "none" (or "readout"),
    shot_allocation = "equal" (or "variance"), restarts = 1, seed = 0
  common_seeds = false: whether simulators draw rows that are subtracted from each other with the same random numbers
  init = "" (random angles), or a finished run's folder, whose restarts are taken best first, or a file of angles
  circuit.ansatz = "brickwork", circuit.depth = 4
  objective.name = "mle", or cvar, elbo, selbo
  objective.alpha = 0.1: cvar is the mean cost of that part of the outcomes, the best ones
  objective.beta = 1/n, for n training examples: weight of the divergence in elbo
  objective.lambda = 0.01: weight of the discrepancy in selbo; objective.biased = false: its estimate from shots
  objective.gamma = 2/N, for N qubits: of the discrepancy's kernel; a list is a mixture
  prior.kind = "uniform", or "bernoulli" with prior.probability = 0.5 of a one (a number, or one per qubit)
  optimizer.name = "adam"; spsa, lbfgs, tnewton, slsqp, cobyla, bobyqa, neldermead, sbplx
  optimizer.iterations = 300: steps of adam and spsa, evaluations of the others
  optimizer.learning_rate = 0.05 (spsa: 0.3): adam, spsa; optimizer.beta1 = 0.9, optimizer.beta2 = 0.999, optimizer.epsilon = 1e-8: adam
  optimizer.gradient_tolerance = 1e-6, of adam 0 (never stops early); optimizer.memory = 32: lbfgs, tnewton
  optimizer.initial_step = 0.5 radians: cobyla, bobyqa, neldermead, sbplx
  optimizer.spsa.a = 0 (from the learning rate), optimizer.spsa.c = 0.2, optimizer.spsa.stability = iterations/10,
    optimizer.spsa.alpha = 0.602, optimizer.spsa.gamma = 0.101,
    optimizer.spsa.perturbations = 1: averaged in each step, all in one job
  warmup.alphas = []: minimise the mean of the lowest part of the costs first, for instance of [0.01, 0.1] in two stages,
    which leads past local minima; warmup.iterations = optimizer.iterations/4: of each stage
  evaluation.shots = 1024: networks drawn from a trained circuit to find the best one

Built-in problems have their own network; these are the defaults for data of your own:
  network.hidden = []: units per hidden layer; network.biases = true; network.values = [-1, 1]: of bit 0 and bit 1
  network.activation = "sign", or step, relu, sigmoid, tanh; 2 or 4 of them in a list, and of values, are searched by bits
  network.search_units = false: a bit per hidden unit says whether it exists
  network.output = "binary" for classes 0 and 1, "softmax" for more, "regression" for other targets
  network.loss = "cross_entropy", of a regression "squared_error"; or "zero_one"
  network.order = []: blocks of parameters in the order of their qubits; network.reverse_qubits = false
  data.train, data.train_labels, data.test, data.test_labels: files, relative to the TOML file; labels for IDX and NPY
  data.format = "auto", or csv, idx, npy; data.delimiter = ","; data.target = "-1": column of a CSV file, by index or name
  data.classes = [] (all): the labels that become classes 0, 1, ...; data.train_rows = 0 (all)
  data.steps = []: resize H W, scale D, binarise T, standardise; data.test_fraction = 0; data.seed = 0)";

}  // namespace bornite::cli

#pragma once
// Minimisers of a function of many angles, chosen by name.

#include "bornite/util/error.hpp"
#include "bornite/util/random.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// The value at `theta`; fills `gradient` (as long as theta) unless it is empty, which means that it is not wanted.
/// An Error ends the minimisation, which returns that Error as it is.
using ObjectiveFunction = std::function<Result<double>(std::span<const double> theta, std::span<double> gradient)>;

/// The values at several points, in their order, asked for at once so that they can be one request. Errors as above.
using BatchFunction = std::function<Result<std::vector<double>>(std::span<const std::vector<double>> thetas)>;

/// Step k = 1, 2, ... of SPSA has the step size a / (k + stability)^alpha and the perturbation c / k^gamma (Spall, IEEE
/// Trans. Aerospace and Electronic Systems 34, 817 (1998), whose values of alpha and gamma are the defaults).
struct SpsaGains {
  std::optional<double> a{};  ///< > 0; unset: such that OptimizerSettings::learning_rate is the typical first step
  double c = 0.2;             ///< radians, > 0
  std::optional<double> stability{};  ///< Spall's A, >= 0; unset: a tenth of the iterations
  double alpha = 0.602;               ///< in (0, 1]
  double gamma = 0.101;               ///< in (0, 1]
  std::size_t perturbations = 1;      ///< of each step, whose slopes are averaged; 1 to 1e6
};

struct OptimizerSettings {
  std::string name = "adam";  ///< one of optimizer_names()
  /// Steps of adam and spsa; evaluations of the objective for all others. 1 to 1e9.
  std::size_t iterations = 300;
  double learning_rate = 0.05;  ///< radians, > 0: of adam, and of spsa without a gain `a`
  double beta1 = 0.9;           ///< adam, in [0, 1)
  double beta2 = 0.999;         ///< adam, in [0, 1)
  double epsilon = 1e-8;        ///< adam, > 0
  /// Stop once no component of the gradient is larger; 0 = never. Unset: 1e-6 for NLopt's methods, 0 for adam. Methods
  /// without gradients do not look at it.
  std::optional<double> gradient_tolerance{};
  std::size_t memory = 32;    ///< pairs of vectors that lbfgs and tnewton remember, 1 to 1000
  double initial_step = 0.5;  ///< radians, > 0: first size of the simplex or trust region of methods without gradients
  SpsaGains spsa{};
  /// spsa: seed and restart are used; purpose is always StreamPurpose::spsa.
  StreamKey stream{.purpose = StreamPurpose::spsa};
};

enum class StopReason {
  iterations,          ///< all that OptimizerSettings::iterations allows were done
  gradient_tolerance,  ///< the gradient at the result is as small as asked
  no_progress,         ///< further steps change nothing in double precision
};

[[nodiscard]] std::string_view to_string(StopReason reason);

struct OptimizerResult {
  std::vector<double> theta;
  double value;             ///< of the objective at theta
  std::size_t iterations;   ///< in the unit of OptimizerSettings::iterations
  std::size_t evaluations;  ///< calls of the objective
  StopReason stop_reason;
};

/// A method of minimisation. Immutable: minimize() may run in several threads at once. Deterministic: as long as the
/// objective returns the same numbers, it is called with the same arguments bit for bit, so that a run can be replayed
/// from recorded values.
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  /// Whether minimize() asks for gradients. The others always pass an empty one.
  [[nodiscard]] virtual bool needs_gradient() const = 0;
  /// How often minimize() calls the objective at most.
  [[nodiscard]] virtual std::size_t max_evaluations() const = 0;
  /// How many calls these are at most if points that are asked for at once are one call.
  [[nodiscard]] virtual std::size_t max_requests() const { return max_evaluations(); }
  /// Points that a step asks for at once.
  [[nodiscard]] virtual std::size_t points_per_request() const { return 1; }

  /// Adam and spsa return their last iterate, evaluated once more; all others return the best point that they saw.
  /// Refuses an empty or not finite start (ErrorKind::input), and too few parameters for the method
  /// (ErrorKind::unsupported); a value or gradient that is not finite is ErrorKind::numeric. An exception that the
  /// objective throws passes through.
  [[nodiscard]] Result<OptimizerResult> minimize(std::vector<double> start, const ObjectiveFunction& objective) const;
  /// The same with `batch` for all points that are needed together: those of a step of spsa. They count as evaluations.
  [[nodiscard]] virtual Result<OptimizerResult> minimize(std::vector<double> start, const ObjectiveFunction& objective,
                                                         const BatchFunction& batch) const = 0;
};

/// adam, spsa, and NLopt's lbfgs, tnewton, slsqp (with gradients), cobyla, bobyqa, neldermead, sbplx (without).
[[nodiscard]] std::vector<std::string_view> optimizer_names();

/// Refuses an unknown name with the list of known ones, and settings out of range (ErrorKind::configuration). Settings
/// that the chosen method does not use are checked all the same.
[[nodiscard]] Result<std::unique_ptr<Optimizer>> make_optimizer(const OptimizerSettings& settings);

}  // namespace bornite

#include <nlopt.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "best_point.hpp"
#include "methods.hpp"

namespace bornite {
namespace {

struct Method {
  std::string_view name;
  nlopt_algorithm algorithm;
  bool gradient;
  std::size_t min_parameters;
};

// Deterministic algorithms only: NLopt's random numbers are seeded by the time.
constexpr std::array methods{
    Method{"lbfgs", NLOPT_LD_LBFGS, true, 1},    Method{"tnewton", NLOPT_LD_TNEWTON_PRECOND_RESTART, true, 1},
    Method{"slsqp", NLOPT_LD_SLSQP, true, 1},    Method{"cobyla", NLOPT_LN_COBYLA, false, 1},
    Method{"bobyqa", NLOPT_LN_BOBYQA, false, 2}, Method{"neldermead", NLOPT_LN_NELDERMEAD, false, 1},
    Method{"sbplx", NLOPT_LN_SBPLX, false, 1},
};

using Handle = std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)>;

/// What NLopt's callback needs.
struct Callback {
  BestPoint& points;
  nlopt_opt run;
  double scale;  ///< NLopt sees the objective times this
};

double call_back(unsigned count, const double* theta, double* gradient, void* data) {
  auto& callback = *static_cast<Callback*>(data);
  const Point& point = callback.points.at({theta, count});
  if (callback.points.ended()) nlopt_force_stop(callback.run);
  for (std::size_t i = 0; gradient != nullptr && i < count; ++i)
    gradient[i] = point.gradient.empty() ? 0.0 : callback.scale * point.gradient[i];
  return callback.scale * point.value;
}

/// The factor that brings a gradient's largest component to about 1e-4 if it is very small; a power of two, so that it
/// changes no digit.
double scale_for(double slope) {
  return slope < 1e-7 && slope > 0 ? std::exp2(std::floor(std::log2(1e-4 / slope))) : 1.0;
}

class Nlopt final : public Optimizer {
 public:
  Nlopt(const Method& method, OptimizerSettings settings) : method_(method), settings_(std::move(settings)) {}

  std::string_view name() const override { return method_.name; }
  bool needs_gradient() const override { return method_.gradient; }
  std::size_t max_evaluations() const override { return settings_.iterations; }

  Result<OptimizerResult> minimize(std::vector<double> start, const ObjectiveFunction& objective,
                                   const BatchFunction&) const override {
    BORNITE_CHECK(require_start(start));
    BORNITE_CHECK(require_enough_parameters(start.size()));
    BestPoint points(objective, settings_.iterations, method_.gradient, settings_.gradient_tolerance.value_or(1e-6));
    run(points, start, 1.0);
    BORNITE_CHECK(points.outcome());
    if (points.evaluations() == 0)
      return Error{ErrorKind::resource,
                   fmt::format("The optimizer {} cannot hold its matrices for {} parameters.", name(), start.size()),
                   "Choose lbfgs or adam, whose memory grows in proportion to the parameters."};
    // NLopt gives up at gradients of 1e-8 and at small steps; from the best point, at another scale, it often goes on.
    Point before;
    while (method_.gradient && !points.ended() && has_progressed(points.best(), before)) {
      before = points.best();
      run(points, before.theta, scale_for(before.slope));
      BORNITE_CHECK(points.outcome());
    }
    return OptimizerResult{points.best().theta, points.best().value, points.evaluations(), points.evaluations(),
                           points.stop_reason()};
  }

 private:
  Result<void> require_enough_parameters(std::size_t count) const {
    if (count >= method_.min_parameters) return {};
    return Error{ErrorKind::unsupported,
                 fmt::format("The optimizer {} needs at least {} parameters; there is {}.", name(),
                             method_.min_parameters, count),
                 "Choose another optimizer, for example cobyla."};
  }

  static bool has_progressed(const Point& now, const Point& before) {
    return is_lower(now, before) || now.slope < 0.5 * before.slope;
  }

  void run(BestPoint& points, std::vector<double> theta, double scale) const {
    const Handle handle(nlopt_create(method_.algorithm, static_cast<unsigned>(theta.size())), &nlopt_destroy);
    if (!handle) throw std::bad_alloc();
    Callback callback{points, handle.get(), scale};
    nlopt_set_min_objective(handle.get(), call_back, &callback);
    configure(handle.get(), points.evaluations_left());
    double value = 0.0;
    // The status says less than the points do: at the precision's end NLopt reports failure as often as success.
    (void)nlopt_optimize(handle.get(), theta.data(), &value);
  }

  void configure(nlopt_opt run, std::size_t evaluations_left) const {
    nlopt_set_vector_storage(run, static_cast<unsigned>(settings_.memory));
    // The points enforce the limit; this ends a run that only asks for points already known.
    nlopt_set_maxeval(run, static_cast<int>(std::min<std::size_t>(2 * evaluations_left + 100, INT_MAX)));
    if (method_.gradient) {
      // Zero would mean 1e-14 and 1e-16 to lbfgs and tnewton, which stops them at gradients of about 1e-8.
      nlopt_set_ftol_rel(run, 1e-20);
      nlopt_set_xtol_rel(run, 1e-20);
    } else {
      nlopt_set_initial_step1(run, settings_.initial_step);
      nlopt_set_xtol_abs1(run, 1e-8);  // closer angles have equal values in double precision
    }
  }

  Method method_;
  OptimizerSettings settings_;
};

}  // namespace

std::vector<std::string_view> nlopt_names() {
  std::vector<std::string_view> names;
  for (const Method& method : methods) names.push_back(method.name);
  return names;
}

std::unique_ptr<Optimizer> make_nlopt(const OptimizerSettings& settings) {
  const auto method = std::ranges::find(methods, settings.name, &Method::name);
  if (method == methods.end()) return nullptr;
  return std::make_unique<Nlopt>(*method, settings);
}

}  // namespace bornite

#include "measurement.hpp"

namespace bornite::bench {

std::optional<Nearness> nearness(const Measurement& measurement, const Ceilings& ceilings) {
  const Work& work = measurement.work;
  const auto bandwidth = ceilings.in_place(work.data, measurement.threads);
  const auto arithmetic = ceilings.multiply_add(measurement.threads);
  if (!bandwidth || !arithmetic || (work.bytes <= 0 && work.multiply_adds <= 0)) return {};
  const double moving = work.bytes / bandwidth->per_second;
  const double computing = work.multiply_adds / arithmetic->per_second;
  if (moving > computing) return Nearness{"scale " + bandwidth->level, moving / measurement.seconds};
  return Nearness{"multiply-add", computing / measurement.seconds};
}

std::optional<double> most_passes(const Measurement& measurement, const Ceilings& ceilings) {
  const auto bandwidth = ceilings.in_place(measurement.work.data, measurement.threads);
  if (!bandwidth || measurement.work.pass <= 0) return {};
  return measurement.seconds * bandwidth->per_second / measurement.work.pass;
}

}  // namespace bornite::bench

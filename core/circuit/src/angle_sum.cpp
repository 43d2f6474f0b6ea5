#include "bornite/circuit/angle_sum.hpp"

#include <algorithm>

namespace bornite {

AngleSum::AngleSum(const Angle& angle) : offset_(angle.offset) {
  if (!angle.is_constant() && angle.scale != 0) terms_.push_back({angle.parameter, angle.scale});
}

double AngleSum::value(std::span<const double> theta) const {
  double value = offset_;
  for (const Term& term : terms_) value += term.scale * theta[static_cast<std::size_t>(term.parameter)];
  return value;
}

AngleSum& AngleSum::operator+=(const AngleSum& other) {
  offset_ += other.offset_;
  const std::vector<Term> added = other.terms_;  // a copy, because an angle may be added to itself
  for (const Term& term : added) {
    const auto place = std::ranges::lower_bound(terms_, term.parameter, {}, &Term::parameter);
    if (place == terms_.end() || place->parameter != term.parameter)
      terms_.insert(place, term);
    else if ((place->scale += term.scale) == 0)
      terms_.erase(place);
  }
  return *this;
}

AngleSum& AngleSum::operator*=(double factor) {
  offset_ *= factor;
  for (Term& term : terms_) term.scale *= factor;
  std::erase_if(terms_, [](const Term& term) { return term.scale == 0; });  // also where the product underflows
  return *this;
}

std::vector<Angle> AngleSum::split() const {
  if (is_constant()) return {Angle::constant(offset_)};
  std::vector<Angle> angles;
  for (const Term& term : terms_)
    angles.push_back(Angle::of(static_cast<std::size_t>(term.parameter), term.scale, angles.empty() ? offset_ : 0));
  return angles;
}

}  // namespace bornite

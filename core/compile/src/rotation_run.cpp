#include "bornite/compile/rotation_run.hpp"

#include <numbers>
#include <utility>

namespace bornite {

bool RotationRun::is_monomial() const {
  return first_.is_monomial() && (stages_.empty() || (stages_.size() == 1 && stages_[0].after.is_monomial()));
}

bool RotationRun::flips() const {
  return first_.is_antidiagonal() != (!stages_.empty() && stages_[0].after.is_antidiagonal());
}

Rotation RotationRun::value(std::span<const double> theta) const {
  Rotation value = first_;
  for (const Stage& stage : stages_) value = stage.after * Rotation::about_z(stage.angle.value(theta)) * value;
  return value;
}

void RotationRun::append_rz(const AngleSum& angle) {
  if (angle.is_constant()) {
    append(Rotation::about_z(angle.offset()));
  } else if (!stages_.empty() && last().is_monomial()) {
    rotate_last(last().is_diagonal() ? angle : -angle);
  } else {
    stages_.push_back({angle, {}});
  }
}

/// Adds to the angle of the last stage; where nothing symbolic remains the stage becomes part of the constant before.
void RotationRun::rotate_last(const AngleSum& angle) {
  Stage& stage = stages_.back();
  stage.angle += angle;
  if (!stage.angle.is_constant()) return;
  const Rotation constant = stage.after * Rotation::about_z(stage.angle.offset());
  stages_.pop_back();
  append(constant);
}

void RotationRun::append(const RotationRun& run) {
  const RotationRun copy = run;  // because a run may be appended to itself
  append(copy.first_);
  for (const Stage& stage : copy.stages_) {
    append_rz(stage.angle);
    append(stage.after);
  }
}

RotationRun RotationRun::take_monomial_end() {
  RotationRun end;
  if (!last().is_monomial()) return end;
  if (stages_.empty()) return std::exchange(*this, {});
  const Stage stage = std::move(stages_.back());
  stages_.pop_back();
  if (stages_.empty() && first_.is_monomial()) end.append(std::exchange(first_, {}));
  end.append_rz(stage.angle);
  end.append(stage.after);
  return end;
}

void RotationRun::simplify_on_zero() {
  if (is_monomial()) {
    *this = flips() ? RotationRun(Rotation::about_x(std::numbers::pi)) : RotationRun();
  } else if (first_.is_monomial() && !stages_.empty()) {  // the first Rz acts on |0> or |1>
    const bool flipped = first_.is_antidiagonal();
    first_ = flipped ? stages_[0].after * Rotation::about_x(std::numbers::pi) : stages_[0].after;
    stages_.erase(stages_.begin());
  }
  if (!first_.is_diagonal()) first_ = first_ * Rotation::about_z(equator_angles(first_).axis);
}

void RotationRun::drop_diagonal_end() {
  while (!stages_.empty() && last().is_diagonal()) stages_.pop_back();
  if (!stages_.empty() && last().is_antidiagonal()) {
    stages_.pop_back();
    append(Rotation::about_x(std::numbers::pi));
    return drop_diagonal_end();
  }
  last() = Rotation::about_z(-euler_angles(last()).after) * last();
}

}  // namespace bornite

#include "one_qubit_writer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <optional>
#include <tuple>
#include <utility>

namespace bornite {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double negligible = 1e-14;

bool is_near(double a, double b) { return std::abs(a - b) < negligible; }

/// Turns about X between changes of frame.
class PulseWriter : public OneQubitWriter {
 public:
  using OneQubitWriter::OneQubitWriter;

  [[nodiscard]] std::size_t cost(const RotationRun& run) const override {
    std::size_t turns = cost_of(run.first());
    for (const auto& stage : run.stages()) turns += cost_of(stage.after);
    return turns;
  }

 protected:
  /// A turn by pi, pi/2 or, where turns_freely(), any angle, behind the frame.
  virtual void turn(Qubit q, double angle) = 0;
  [[nodiscard]] virtual bool turns_freely() const = 0;

  void write_run(Qubit q, const RotationRun& run) override {
    write_constant(q, run.first());
    for (const auto& stage : run.stages()) {
      frame(q) += stage.angle;
      write_constant(q, stage.after);
    }
  }

 private:
  [[nodiscard]] std::size_t cost_of(const Rotation& constant) const {
    const double angle = equator_angles(constant).angle;
    if (constant.is_diagonal()) return 0;
    return turns_freely() || is_near(angle, pi) || is_near(angle, pi / 2) ? 1 : 2;
  }

  void write_constant(Qubit q, const Rotation& constant) {
    const auto [after, angle, axis] = equator_angles(constant);
    if (constant.is_diagonal()) {
      frame(q) += after;
      return;
    }
    frame(q) += -axis;
    if (turns_freely() || is_near(angle, pi) || is_near(angle, pi / 2)) {
      turn(q, angle);
    } else {  // Rx(t) = Rz(pi/2) Rx(pi/2) Rz(t + pi) Rx(pi/2) Rz(pi/2)
      frame(q) += pi / 2;
      turn(q, pi / 2);
      frame(q) += angle + pi;
      turn(q, pi / 2);
      frame(q) += pi / 2;
    }
    frame(q) += axis + after;
  }
};

/// Rz is a gate.
class FrameGateWriter : public PulseWriter {
 public:
  explicit FrameGateWriter(const Target& target)
      : PulseWriter(target.qubits.size()),
        sx_(target.find(NativeKind::sx) != nullptr),
        x_(target.find(NativeKind::x) != nullptr),
        rx_(target.find(NativeKind::rx) != nullptr && target.find(NativeKind::rx)->ranges[0].is_unlimited()) {}

  void settle(Qubit q) override { write_rotation(NativeKind::rz, q, std::exchange(frame(q), {})); }

 protected:
  [[nodiscard]] bool turns_freely() const override { return rx_ || !sx_; }

  void turn(Qubit q, double angle) override {
    if (!rx_ && !sx_) return turn_about_y(q, angle);
    settle(q);
    if (x_ && is_near(angle, pi))
      write({NativeKind::x, {q}, {}});
    else if (!sx_ || !(is_near(angle, pi / 2) || is_near(angle, pi)))
      write_rotation(NativeKind::rx, q, angle);
    else
      for (int times = is_near(angle, pi) ? 2 : 1; times > 0; --times) write({NativeKind::sx, {q}, {}});
  }

 private:
  void turn_about_y(Qubit q, double angle) {
    frame(q) += pi / 2;
    settle(q);
    write_rotation(NativeKind::ry, q, angle);
    frame(q) += -pi / 2;
  }

  bool sx_, x_, rx_;
};

/// Frames go into the phases of later gates: prx, or gpi2 and gpi.
class PhaseWriter : public PulseWriter {
 public:
  explicit PhaseWriter(const Target& target)
      : PulseWriter(target.qubits.size()),
        prx_(target.find(NativeKind::prx) != nullptr),
        gpi_(target.find(NativeKind::gpi) != nullptr) {}

  /// Rz(t) = X(t/2) X.
  void settle(Qubit q) override {
    const AngleSum angle = wrapped(std::exchange(frame(q), {}));
    if (angle == AngleSum()) return;
    turn_at(q, pi, 0.0);
    turn_at(q, pi, 0.5 * angle);
  }

 protected:
  [[nodiscard]] bool turns_freely() const override { return prx_; }
  void turn(Qubit q, double angle) override { turn_at(q, angle, wrapped(-frame(q))); }

 private:
  void turn_at(Qubit q, double angle, const AngleSum& axis) {
    if (prx_)
      write({NativeKind::prx, {q}, {AngleSum(angle), axis}});
    else if (gpi_ && is_near(angle, pi))
      write({NativeKind::gpi, {q}, {axis}});
    else
      for (int times = is_near(angle, pi) ? 2 : 1; times > 0; --times) write({NativeKind::gpi2, {q}, {axis}});
  }

  bool prx_, gpi_;
};

/// Rotations about three axes.
class AxisWriter : public OneQubitWriter {
 public:
  using OneQubitWriter::OneQubitWriter;

  void settle(Qubit q) override { write_rotation(NativeKind::rz, q, std::exchange(frame(q), {})); }

  [[nodiscard]] std::size_t cost(const RotationRun& run) const override {
    Rotation reached = run.first();
    std::size_t turns = run.stages().size();
    for (const auto& stage : run.stages()) {
      if (!symbolic_axis(reached)) {
        turns += 2;
        reached = {};
      }
      reached = stage.after * reached;
    }
    return turns + (reached.is_diagonal() ? 0 : 1);
  }

 protected:
  void write_run(Qubit q, const RotationRun& appended) override {
    RotationRun run;
    run.append_rz(std::exchange(frame(q), {}));
    run.append(appended);
    // `reached` is still to be written, after all that is.
    Rotation reached = run.first();
    for (const auto& stage : run.stages()) {
      if (const auto axis = symbolic_axis(reached)) {
        write_rotation(axis->kind, q, axis->sign * stage.angle);
      } else {
        write_constant(q, reached);
        settle(q);
        write_rotation(NativeKind::rz, q, stage.angle);
        reached = {};
      }
      reached = stage.after * reached;
    }
    write_constant(q, reached);
  }

 private:
  struct Axis {
    NativeKind kind;
    double sign;
  };

  /// The axis that the rotation takes to Z, if it is X, Y or Z: an Rz behind it is one about that axis before it.
  static std::optional<Axis> symbolic_axis(const Rotation& r) {
    const double x = 2 * (r.x * r.z - r.w * r.y), y = 2 * (r.y * r.z + r.w * r.x), z = 1 - 2 * (r.x * r.x + r.y * r.y);
    for (const auto& [kind, part, rest] :
         {std::tuple(NativeKind::rx, x, std::hypot(y, z)), std::tuple(NativeKind::ry, y, std::hypot(x, z)),
          std::tuple(NativeKind::rz, z, std::hypot(x, y))})
      if (rest < negligible) return Axis{kind, part > 0 ? 1.0 : -1.0};
    return std::nullopt;
  }

  /// All but an Rz at the end, which becomes the frame.
  void write_constant(Qubit q, const Rotation& constant) {
    const auto [after, angle, axis] = equator_angles(constant);
    frame(q) += after;
    if (constant.is_diagonal()) return;
    const double quarters = std::round(axis / (pi / 2));
    if (is_near(axis, quarters * pi / 2)) {
      const long quarter = std::lround(quarters);
      const double sign = quarter % 4 == 2 || quarter % 4 == -2 || quarter % 4 == 3 || quarter % 4 == -1 ? -1 : 1;
      return write_rotation(quarter % 2 == 0 ? NativeKind::rx : NativeKind::ry, q, sign * angle);
    }
    write_rotation(NativeKind::rz, q, -axis);
    write_rotation(NativeKind::rx, q, angle);
    frame(q) += axis;
  }
};

}  // namespace

AngleSum wrapped(const AngleSum& angle) {
  double offset = std::remainder(angle.offset(), 2 * pi);
  if (std::abs(offset) < negligible) offset = 0;
  return angle + AngleSum(offset - angle.offset());
}

void OneQubitWriter::flush(Qubit q) {
  const RotationRun run = std::exchange(pending_[q], {});
  if (!run.is_identity()) write_run(q, run);
}

void OneQubitWriter::write(NativeGate gate) {
  for (std::size_t i = 0; i < qubit_count(gate.kind); ++i) last_gate_[gate.qubits[i]] = circuit_.gates.size();
  circuit_.gates.push_back(std::move(gate));
}

void OneQubitWriter::write_rotation(NativeKind kind, Qubit q, const AngleSum& angle) {
  const AngleSum needed = wrapped(angle);
  if (needed == AngleSum()) return;
  if (last_gate_[q] != none && circuit_.gates[last_gate_[q]].kind == kind) {
    AngleSum& earlier = circuit_.gates[last_gate_[q]].angles[0];
    earlier = wrapped(earlier + needed);
  } else {
    write({kind, {q}, {needed}});
  }
}

Result<std::unique_ptr<OneQubitWriter>> make_one_qubit_writer(const Target& target) {
  const auto has = [&](NativeKind kind) { return target.find(kind) != nullptr; };
  std::unique_ptr<OneQubitWriter> writer;
  if (has(NativeKind::rz) && has(NativeKind::sx))
    writer = std::make_unique<FrameGateWriter>(target);
  else if (has(NativeKind::rz) && has(NativeKind::rx) && has(NativeKind::ry))
    writer = std::make_unique<AxisWriter>(target.qubits.size());
  else if (has(NativeKind::rz) && (has(NativeKind::rx) || has(NativeKind::ry)))
    writer = std::make_unique<FrameGateWriter>(target);
  else if (has(NativeKind::prx) || has(NativeKind::gpi2))
    writer = std::make_unique<PhaseWriter>(target);
  if (writer) return writer;
  return Error{ErrorKind::unsupported,
               fmt::format("The gates of {} do not make every rotation of a qubit.", target.name),
               "Give it rz with sx, rx or ry, or prx, or gpi2."};
}

}  // namespace bornite

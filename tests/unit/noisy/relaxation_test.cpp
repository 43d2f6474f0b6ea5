#include "relaxation.hpp"

#include "catch.hpp"
#include "dense_noise.hpp"
#include "device_program.hpp"

namespace bornite {
namespace {

using noisy::Damping;
using noisy::damping;
using noisy::depolarisation_beside;
using noisy::FaultKind;
using noisy::FaultPlace;
using noisy::relaxation_place;

TEST_CASE("relaxation lets excitations and coherences decay as T1 and T2 say") {
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test});
  for (int i = 0; i != 300; ++i) {
    const double t1 = 1e-5 + 1e-4 * random.uniform();
    const double t2 = t1 * (0.05 + 1.85 * random.uniform());
    const double t = t1 * std::pow(10.0, -6 * random.uniform());
    const FaultPlace place = relaxation_place(3, 0b1, damping({.t1 = t1, .t2 = t2}, t));
    CAPTURE(t / t1, t2 / t1);
    const double p = place.probability;
    CHECK(place.gates == 3);
    CHECK((p > 0 && p <= 1));
    CHECK(1 - p + p * place.kept * place.kept == Approx(std::exp(-t / t1)).epsilon(1e-9));
    CHECK(1 - p + p * place.kept == Approx(std::exp(-t / t2)).epsilon(1e-9));
    CHECK(place.kept * place.kept + place.jump * place.jump == Approx(1).epsilon(1e-9));
  }
}

TEST_CASE("relaxation is a reset where T1 and T2 are equal, and a Z without decay") {
  const FaultPlace reset = relaxation_place(0, 0b1, damping({.t1 = 2.0, .t2 = 2.0}, 0.5));
  CHECK(reset.kept == Approx(0).margin(1e-12));
  CHECK(reset.probability == Approx(1 - std::exp(-0.25)));
  const FaultPlace dephasing = relaxation_place(0, 0b1, damping({.t1 = {}, .t2 = 2.0}, 0.5));
  CHECK(dephasing.kept == -1);
  CHECK(dephasing.jump == 0);
  CHECK(dephasing.probability == Approx((1 - std::exp(-0.25)) / 2));
}

TEST_CASE("times that nobody knows do nothing, and a T2 near its limit is shortened") {
  CHECK(damping({}, 1.0).decohered == 0);
  CHECK(damping({.t1 = 1.0, .t2 = 1.0}, 0.0).decohered == 0);
  CHECK(damping({.t1 = 1.0, .t2 = {}}, 0.5).decohered == damping({.t1 = 1.0, .t2 = 1.0}, 0.5).decohered);
  CHECK(damping({.t1 = 1.0, .t2 = 2.5}, 0.5).decohered == Approx(1 - std::exp(-0.5 / 1.9)));
  CHECK(damping({.t1 = 1.0, .t2 = 2.5}, 0.5).decayed == Approx(1 - std::exp(-0.5)));
}

/// sum over Kraus operators |tr K|^2 / d^2 of one channel after another.
double fidelity_of(const std::vector<FaultPlace>& places, std::size_t qubits) {
  std::vector<Eigen::MatrixXcd> all{Eigen::MatrixXcd::Identity(1 << qubits, 1 << qubits)};
  for (const FaultPlace& place : places) {
    std::vector<Eigen::MatrixXcd> next;
    for (const Eigen::MatrixXcd& k : test::kraus_operators(place, qubits))
      for (const Eigen::MatrixXcd& before : all) next.push_back(k * before);
    all = std::move(next);
  }
  double sum = 0;
  for (const Eigen::MatrixXcd& k : all) sum += std::norm(k.trace());
  return sum / std::ldexp(1.0, static_cast<int>(2 * qubits));
}

TEST_CASE("depolarisation beside relaxation makes a gate's average infidelity what the device tells") {
  const Damping first = damping({.t1 = 1.0, .t2 = 0.7}, 0.01);
  const Damping second = damping({.t1 = 2.0, .t2 = 3.0}, 0.01);
  std::vector<FaultPlace> places{relaxation_place(0, 0b01, first)};
  CHECK(noisy::process_fidelity(first) == Approx(fidelity_of(places, 1)).epsilon(1e-12));
  const double error = 0.03;
  const double one = depolarisation_beside(noisy::process_fidelity(first), error, 1);
  places.push_back({FaultKind::pauli, 0, 0b01, one});
  CHECK(1 - (2 * fidelity_of(places, 1) + 1) / 3 == Approx(error).epsilon(1e-10));

  places = {relaxation_place(0, 0b01, first), relaxation_place(0, 0b10, second)};
  const double fidelity = noisy::process_fidelity(first) * noisy::process_fidelity(second);
  CHECK(fidelity == Approx(fidelity_of(places, 2)).epsilon(1e-12));
  places.push_back({FaultKind::pauli, 0, 0b11, depolarisation_beside(fidelity, error, 2)});
  CHECK(1 - (4 * fidelity_of(places, 2) + 1) / 5 == Approx(error).epsilon(1e-10));
  CHECK(depolarisation_beside(0.9, 0.01, 1) == 0);
  CHECK(depolarisation_beside(1, 1, 1) <= 1);
}

}  // namespace
}  // namespace bornite

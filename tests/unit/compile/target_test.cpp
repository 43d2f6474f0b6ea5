#include "bornite/compile/target.hpp"

#include <cmath>
#include <numbers>

#include "bornite/compile/check.hpp"
#include "bornite/compile/target_file.hpp"
#include "catch.hpp"
#include "fixtures.hpp"

using namespace bornite;
using namespace bornite::test;
using Catch::Contains;

namespace {

constexpr double half_pi = std::numbers::pi / 2;

Target small_ibm() { return load_target(fixture("ibm_configuration.json"), fixture("ibm_properties.json")).value(); }
Target example() { return load_target(fixture("example.toml")).value(); }

/// What check() says of a circuit of one gate.
std::string refusal(const NativeGate& gate, const Target& target) {
  const auto outcome = check({target.qubits.size(), {gate}, {}}, target);
  return outcome ? "" : outcome.error().message;
}

std::string toml_error(const std::string& text) {
  const auto target = read_toml_target({text, "target.toml"});
  return target ? "" : target.error().message;
}

}  // namespace

TEST_CASE("IBM's configuration and properties become a target in seconds and probabilities") {
  const Target target = small_ibm();
  CHECK(target.name == "small_ibm");
  REQUIRE(target.qubits.size() == 4);
  CHECK(*target.qubits[0].t1 == Approx(1e-4).epsilon(1e-15));
  CHECK(*target.qubits[0].t2 == Approx(5e-5).epsilon(1e-15));
  CHECK(target.qubits[0].zero_given_one == 0.02);
  CHECK(target.qubits[0].one_given_zero == 0.01);
  CHECK(target.qubits[1].readout_error() == 0.03);
  CHECK_FALSE(target.qubits[1].t1);
  CHECK_FALSE(target.qubits[3].up);
  CHECK(target.figures(NativeKind::sx, 1)->error == 0.001);
  CHECK(target.figures(NativeKind::sx, 1)->duration == Approx(24e-9).epsilon(1e-15));
  CHECK(target.figures(NativeKind::cz, 0, 1)->error == 0.01);
  CHECK(target.figures(NativeKind::cz, 0, 1)->duration == Approx(84e-9).epsilon(1e-15));
  CHECK_FALSE(target.figures(NativeKind::cz, 1, 2));  // an error of 1
  CHECK_FALSE(target.figures(NativeKind::cz, 2, 3));  // qubit 3 is down
  CHECK_FALSE(target.figures(NativeKind::cz, 0, 2));
  CHECK(target.figures(NativeKind::rzz, 0, 1));  // from the common coupling map
  CHECK(target.find(NativeKind::rzz)->ranges[0] == AngleRange{0, half_pi});
  CHECK(target.find(NativeKind::ecr) == nullptr);
}

TEST_CASE("configuration and properties may lie in one document") {
  const auto target = read_ibm_target({R"({"configuration": {"n_qubits": 1, "basis_gates": ["x"], "gates": []},
      "properties": {"qubits": [[]], "gates": [{"gate": "x", "qubits": [0], "parameters":
      [{"name": "gate_error", "value": 0.5, "unit": ""}]}]}})",
                                       "both.json"});
  REQUIRE(target);
  CHECK(target->figures(NativeKind::x, 0)->error == 0.5);
}

TEST_CASE("Braket's names and IonQ's ranges of angles are known") {
  const Target target = read_braket_target({R"({"paradigm": {"qubitCount": 3, "connectivity": {"fullyConnected": true},
      "nativeGateSet": ["GPi", "GPi2", "MS", "ZZ", "XX", "CNot", "V", "ISwap"]}})",
                                            "braket.json"})
                            .value();
  for (const NativeKind kind : {NativeKind::ms, NativeKind::rzz, NativeKind::rxx, NativeKind::cx})
    CHECK(target.figures(kind, 2, 0));
  for (const NativeKind kind : {NativeKind::gpi, NativeKind::gpi2, NativeKind::sx}) CHECK(target.figures(kind, 2));
  CHECK(target.gates.size() == 7);
  CHECK(target.find(NativeKind::ms)->ranges[1].is_unlimited());
  CHECK(target.find(NativeKind::ms)->ranges[2] == AngleRange{0, half_pi});
  CHECK(target.find(NativeKind::rzz)->ranges[0] == AngleRange{-half_pi, half_pi});
}

TEST_CASE("places of IBM's gates without properties are no better than those with") {
  const auto target = read_ibm_target(
      {R"({"n_qubits": 3, "basis_gates": ["sx", "cz"], "gates": [{"name": "cz", "coupling_map": [[0, 1], [1, 0], [1, 2]]}]})",
       "conf.json"},
      {R"({"qubits": [[{"name": "readout_error", "value": 0.1}], [{"name": "readout_error", "value": 0.2}], []], "gates": [
        {"gate": "sx", "qubits": [0], "parameters": [{"name": "gate_error", "value": 0.01}]},
        {"gate": "sx", "qubits": [1], "parameters": [{"name": "gate_error", "value": 1}]},
        {"gate": "cz", "qubits": [0, 1], "parameters": [{"name": "gate_error", "value": 0.03}]},
        {"gate": "cz", "qubits": [1, 2], "parameters": [{"name": "gate_length", "value": 84, "unit": "ns"}]},
        {"gate": "cz", "qubits": [1, 0], "parameters": [{"name": "operational", "value": 0}]},
        {"gate": "cz", "qubits": [0, 2], "parameters": [{"name": "gate_error", "value": 0.001}]}]})",
       "props.json"});
  REQUIRE(target);
  CHECK(target->figures(NativeKind::sx, 2)->error == 0.01);
  CHECK_FALSE(target->figures(NativeKind::sx, 1));
  CHECK(target->figures(NativeKind::cz, 1, 2)->error == 0.03);
  CHECK(target->figures(NativeKind::cz, 2, 1)->duration == Approx(84e-9).epsilon(1e-15));
  CHECK_FALSE(target->figures(NativeKind::cz, 1, 0));  // not operational
  CHECK_FALSE(target->figures(NativeKind::cz, 0, 2));  // properties add no couplings
  CHECK(target->qubits[2].readout_error() == 0.2);
  const auto plain = read_ibm_target({R"({"n_qubits": 1, "basis_gates": ["sx"], "gates": []})", "conf.json"});
  CHECK(plain->figures(NativeKind::sx, 0)->error == 0);
  CHECK(plain->qubits[0].readout_error() == 0);
}

TEST_CASE("Braket's capabilities become a target whose missing labels are down") {
  const Target target = load_target(fixture("braket_capabilities.json")).value();
  REQUIRE(target.qubits.size() == 5);
  for (const Qubit q : {0, 3}) CHECK_FALSE(target.qubits[q].up);
  CHECK(target.qubits[2].t1 == 4e-5);
  CHECK(target.qubits[2].readout_error() == Approx(0.03).epsilon(1e-14));
  CHECK(target.figures(NativeKind::prx, 2)->error == Approx(0.001).epsilon(1e-12));
  CHECK(target.figures(NativeKind::prx, 1)->error == Approx(0.001).epsilon(1e-12));  // not known: the worst that is
  CHECK(target.qubits[1].readout_error() == Approx(0.03).epsilon(1e-14));
  CHECK(target.figures(NativeKind::cz, 1, 2)->error == Approx(0.02).epsilon(1e-12));
  CHECK(target.figures(NativeKind::cz, 2, 1)->error == Approx(0.02).epsilon(1e-12));
  CHECK(target.figures(NativeKind::cz, 2, 4)->error == Approx(0.02).epsilon(1e-12));
  CHECK_FALSE(target.figures(NativeKind::cz, 1, 4));
}

TEST_CASE("IonQ's description becomes a target where every pair is coupled") {
  const Target target = load_target(fixture("ionq_backend.json"), fixture("ionq_characterization.json")).value();
  CHECK(target.name == "qpu.example");
  CHECK(target.figures(NativeKind::rzz, 5, 0)->error == Approx(0.005).epsilon(1e-12));
  CHECK(target.figures(NativeKind::rzz, 5, 0)->duration == 0.00097);
  CHECK(target.figures(NativeKind::gpi2, 3)->error == Approx(0.0002).epsilon(1e-12));
  CHECK(target.qubits[4].readout_error() == Approx(0.004).epsilon(1e-12));
  CHECK(target.find(NativeKind::ms) == nullptr);
  CHECK(target.find(NativeKind::rzz)->ranges[0] == AngleRange{-half_pi, half_pi});
  const auto plain = read_ionq_target({R"({"backend": "qpu.plain", "qubits": 2})", "plain.json"});
  REQUIRE(plain);
  CHECK(plain->figures(NativeKind::ms, 1, 0));
  CHECK(plain->find(NativeKind::ms)->ranges[0].is_unlimited());
  CHECK(plain->find(NativeKind::ms)->ranges[2] == AngleRange{0, half_pi});
}

TEST_CASE("our own form holds directions, single places and what is down") {
  const Target target = example();
  CHECK(target.figures(NativeKind::ecr, 0, 1)->error == 0.01);
  CHECK(target.figures(NativeKind::ecr, 2, 3)->error == 0.25);
  CHECK_FALSE(target.figures(NativeKind::ecr, 1, 2));
  CHECK_FALSE(target.figures(NativeKind::ecr, 1, 0));
  CHECK(target.figures(NativeKind::sx, 0) == GateFigures{0.002, 3e-8, true});
  CHECK(target.figures(NativeKind::sx, 1) == GateFigures{0.001, 3e-8, true});
  CHECK_FALSE(target.qubits[4].up);
  CHECK(target.qubits[2].zero_given_one == 0.04);
  CHECK(target.qubits[2].one_given_zero == 0.01);
  CHECK(read_toml_target({"qubits = 3\ncouplings = \"all\"\n[gates.cz]", "all.toml"})->figures(NativeKind::cz, 2, 0));
}

TEST_CASE("what a description lacks is refused with its source and key") {
  const auto ibm = [](const char* text) { return read_ibm_target({text, "conf.json"}).error().message; };
  CHECK_THAT(ibm("{}"), Contains("conf.json: the document has no 'n_qubits'"));
  CHECK_THAT(ibm("{\"n_qubits\": -1}"), Contains("conf.json: 'n_qubits' is -1"));
  CHECK_THAT(ibm("{\"n_qubits\": 5001}"), Contains("a whole number from 0 to 5000"));
  CHECK_THAT(ibm("{\"n_qubits\": 1e30}"), Contains("'n_qubits' is 1e"));
  CHECK_THAT(ibm("[1"), Contains("conf.json is not JSON"));
  CHECK_THAT(ibm(R"({"n_qubits": 2, "basis_gates": ["cz"], "gates": [{"name": "cz", "coupling_map": [[0, 2]]}]})"),
             Contains("'gates.0.coupling_map.0.1' is 2"));
  CHECK_THAT(ibm(R"({"n_qubits": 2, "basis_gates": [3], "gates": []})"), Contains("'basis_gates.0' is 3"));
  const auto braket = read_braket_target({R"({"paradigm": {"nativeGateSet": ["cz"], "qubitCount": 2, "connectivity":
      {"fullyConnected": false, "connectivityGraph": {"a": ["1"]}}}})",
                                          "braket.json"});
  CHECK_THAT(braket.error().message, Contains("connectivityGraph.a' belongs to the qubit \"a\""));
  CHECK_THAT(read_ionq_target({R"({"backend": "b", "qubits": 2, "fidelity": {"1q": {"median": 2}}})", "b.json"})
                 .error()
                 .message,
             Contains("fidelity.1q.median' is 2"));
  CHECK_THAT(toml_error("qubits = 0"), Contains("target.toml: qubits must be a whole number from 1"));
  CHECK_THAT(toml_error("qubits = 2\nqbits = 3"), Contains("qbits is no key"));
  CHECK_THAT(toml_error("qubits = 2\n[gates.cnot]"), Contains("gates.cnot is no gate"));
  CHECK_THAT(toml_error("qubits = 2\ncouplings = [[0, 2]]\n[gates.cz]"), Contains("couplings[0][1] must be"));
  CHECK_THAT(toml_error("qubits = 2\ncouplings = [[1, 1]]\n[gates.cz]"), Contains("names one qubit twice"));
  CHECK_THAT(toml_error("qubits = 2\n[gates.cz]\nerror = 1.5"),
             Contains("gates.cz.error must be a number from 0 to 1"));
  for (const char* key : {"errors = [[1, 2, 0.1]]", "durations = [[2, 1, 1e-7]]", "down = [[1, 2]]"})
    CHECK_THAT(toml_error(std::string("qubits = 3\ncouplings = [[0, 1]]\n[gates.cz]\n") + key),
               Contains("[0] is about qubits") && Contains("which no coupling joins"));
  CHECK_THAT(toml_error("qubits = "), Contains("target.toml:1:"));
  CHECK_FALSE(load_target(fixture("no_such_file.json")));
}

TEST_CASE("the first gate that a device cannot run is named with the reason") {
  const Target target = example();
  CHECK(refusal({NativeKind::ecr, {0, 1}, {}}, target).empty());
  CHECK(refusal({NativeKind::rz, {0}, {Angle::of(0)}}, target).empty());
  CHECK_THAT(refusal({NativeKind::cz, {0, 1}, {}}, target), Contains("cz is not one of the device's gates"));
  CHECK_THAT(refusal({NativeKind::ecr, {1, 0}, {}}, target), Contains("the coupling goes the other way"));
  CHECK_THAT(refusal({NativeKind::ecr, {1, 2}, {}}, target), Contains("the gate is down there"));
  CHECK_THAT(refusal({NativeKind::ecr, {0, 2}, {}}, target), Contains("there is no such coupling"));
  CHECK_THAT(refusal({NativeKind::sx, {4}, {}}, target), Contains("qubit 4 is down"));
  CHECK_THAT(refusal({NativeKind::sx, {5}, {}}, target), Contains("only 5 qubits"));
  CHECK_THAT(refusal({NativeKind::rzz, {0, 1}, {2.0}}, target), Contains("its angle is 2"));
  CHECK_THAT(refusal({NativeKind::rzz, {0, 1}, {Angle::of(0)}}, target), Contains("depends on parameters"));
  CHECK(refusal({NativeKind::rzz, {1, 0}, {half_pi}}, target).empty());
  CHECK_THAT(refusal({NativeKind::rz, {1}, {2 * AngleSum(1e308)}}, target), Contains("not a finite number"));
  CHECK_THAT(refusal({NativeKind::rz, {1}, {2 * AngleSum(Angle::of(0, 1e308))}}, target), Contains("not a finite"));
  // Providers compare as exactly.
  CHECK_THAT(refusal({NativeKind::rzz, {1, 0}, {std::nextafter(half_pi, 2)}}, target), Contains("must be from 0"));
  CHECK_THAT(refusal({NativeKind::rzz, {1, 0}, {-1e-17}}, target), Contains("its angle is -1e-17"));
  const auto later = check({5, {{NativeKind::sx, {0}, {}}, {NativeKind::x, {3}, {}}}, {}}, target);
  CHECK_THAT(later.error().message, Contains("example cannot run gate 1, x on qubit 3"));
  CHECK_THAT(check({5, {}, {0, 4}}, target).error().message, Contains("a measurement of qubit 4"));
  CHECK_THAT(check({5, {}, {0, 1, 0}}, target).error().message, Contains("it is measured twice"));
}

TEST_CASE("a real device's description is read") {
  const auto target = real_device();
  if (!target) {
    WARN("skipped: the description of a real device is not at hand");
    return;
  }
  CHECK(target->qubits.size() == 156);
  CHECK(target->find(NativeKind::rzz) == nullptr);  // in the properties, but not among the basis gates
  CHECK_FALSE(target->figures(NativeKind::cz, 106, 107));
  CHECK(target->figures(NativeKind::cz, 72, 73)->error == Approx(0.0279).epsilon(0.01));
  CHECK(target->figures(NativeKind::cz, 72, 73)->duration == Approx(84e-9));
}

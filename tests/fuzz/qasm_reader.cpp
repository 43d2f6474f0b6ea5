// Any text must be read or refused, within the limits; and what is read must be the same after writing and reading.

#include "bornite/qasm/reader.hpp"
#include "bornite/qasm/writer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace bornite;

constexpr QasmLimits limits{.bytes = 4096, .qubits = 200, .bits = 200, .gates = 2000, .work = 200'000, .nesting = 60};

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

void check_measurements(const QasmProgram& program) {
  std::vector<Qubit> measured = program.measured;
  std::ranges::sort(measured);
  require(std::ranges::adjacent_find(measured) == measured.end(), "a qubit is measured twice");
  require(measured.empty() || measured.back() < program.circuit.qubits(), "there is no such qubit to measure");
  require(program.measured_bits.size() == measured.size(), "not every outcome has a bit");
  require(std::ranges::is_sorted(program.measured_bits), "the bits are not in order");
}

void check_round_trip(const Circuit& circuit) {
  static const Dialect standard = *builtin_dialect("standard");
  const Result<QasmWriter> writer = QasmWriter::create(circuit, standard);
  require(writer.has_value(), "it cannot be written");
  const Result<QasmProgram> again = read_qasm(*writer->parametric(), "written");
  require(again.has_value(), "what was written cannot be read");
  require(again->circuit == circuit, "it is not the same after writing and reading");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<QasmProgram> program = read_qasm(text, "fuzzed", limits);
  if (!program) {
    require(program.error().message.starts_with("fuzzed:"), "an error does not say where it is");
    return 0;
  }
  require(program->circuit.parameters() <= program->inputs.size(), "there is a parameter without an input");
  require(program->circuit.gates().size() <= limits.gates, "there are too many gates");
  check_measurements(*program);
  check_round_trip(program->circuit);
  return 0;
}

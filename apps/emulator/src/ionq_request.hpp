#pragma once
// What clients ask IonQ to run.

#include "ionq_gates.hpp"

#include <string>
#include <vector>

namespace bornite::emulator {

/// A circuit of a job. Outcome bit i of the program goes to classical bit bits[i] of its registers.
struct IonqCircuit {
  Program program;
  std::vector<QasmRegister> registers{};  ///< none for JSON circuits
  std::vector<std::size_t> bits{};
};

/// A fault of the request as such: status 400, and the fields at fault.
struct IonqRefusal {
  std::string message;
  std::vector<std::string> keys{};
  std::string source = "body";
};

/// Checks all but the circuits: fields, types, ranges, backend.
[[nodiscard]] boost::system::result<void, IonqRefusal> check_ionq_request(const Json& body);

/// The circuits of a request that passed the check; one, or those of a multi-circuit job.
[[nodiscard]] boost::system::result<std::vector<IonqCircuit>, IonqComplaint> read_ionq_circuits(const Json& body);

/// The circuit `index` of a request of which all circuits were read before.
[[nodiscard]] boost::system::result<IonqCircuit, IonqComplaint> read_ionq_circuit_at(const Json& body,
                                                                                     std::size_t index);

/// Whether outcomes are the exact probabilities instead of samples.
[[nodiscard]] bool is_exact_ionq(const Json& body);
[[nodiscard]] std::uint64_t ionq_shots(const Json& body);
[[nodiscard]] bool is_multi_circuit(const Json& body);

/// Qubits of the simulator or the emulated processor; 0 for other names.
[[nodiscard]] std::size_t ionq_qubits(std::string_view backend);

}  // namespace bornite::emulator

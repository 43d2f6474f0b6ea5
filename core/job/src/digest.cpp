#include "bornite/job/digest.hpp"

#include <bit>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

namespace bornite {
namespace {

class Bytes {
 public:
  void number(std::uint64_t value) {
    for (unsigned i = 0; i < 8; ++i) bytes_ += static_cast<char>(value >> (8 * i));
  }
  void number(double value) { number(std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value)); }  // -0 is 0
  void qubits(const std::vector<Qubit>& qubits) {
    number(std::uint64_t{qubits.size()});
    for (const Qubit qubit : qubits) number(std::uint64_t{qubit});
  }
  [[nodiscard]] const std::string& text() const { return bytes_; }

 private:
  std::string bytes_;
};

void add(Bytes& bytes, const Gate& gate) {
  bytes.number(static_cast<std::uint64_t>(gate.kind));
  bytes.qubits(gate.targets);
  bytes.qubits(gate.controls);
  if (!has_angle(gate.kind)) return;
  bytes.number(gate.angle.scale);
  bytes.number(static_cast<std::uint64_t>(gate.angle.parameter));
  bytes.number(gate.angle.offset);
}

}  // namespace

std::string digest(const SampleRequest& request) {
  Bytes bytes;
  bytes.number(std::uint64_t{request.circuit.qubits()});
  bytes.number(std::uint64_t{request.circuit.gates().size()});
  for (const Gate& gate : request.circuit.gates()) add(bytes, gate);
  bytes.number(std::uint64_t{request.rows.rows()});
  bytes.number(std::uint64_t{request.rows.columns()});
  for (std::size_t r = 0; r < request.rows.rows(); ++r) {
    bytes.number(request.shots.of_row(r));
    for (const double value : request.rows[r]) bytes.number(value);
  }
  const StreamKey& stream = request.stream;
  bytes.number(stream.seed);
  bytes.number(static_cast<std::uint64_t>(stream.purpose));
  for (const std::uint32_t word : {stream.restart, stream.step, stream.row, stream.block})
    bytes.number(std::uint64_t{word});
  const auto space = boost::uuids::string_generator()("5d6f4a3e-5e0b-4d8e-9f55-0c0b0a0e1e7a");
  return to_string(boost::uuids::name_generator_sha1(space)(bytes.text()));
}

SubmissionToken fresh_token() { return to_string(boost::uuids::random_generator()()); }

}  // namespace bornite

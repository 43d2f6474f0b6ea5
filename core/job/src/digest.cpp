#include "bornite/job/digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <stdexcept>

namespace bornite {
namespace {

class Bytes {
 public:
  void number(std::uint64_t value) {
    std::array<char, 8> bytes{};  // little end first
    for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
    bytes_.append(bytes.data(), bytes.size());
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

/// The UUID of version 5 (RFC 9562, section 5.5) that is made of the name.
boost::uuids::uuid uuid_of_name(const std::string& name) {
  const auto space = boost::uuids::string_generator()("5d6f4a3e-5e0b-4d8e-9f55-0c0b0a0e1e7a");
  std::string text(space.begin(), space.end());
  text += name;
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  if (EVP_Digest(text.data(), text.size(), hash.data(), nullptr, EVP_sha1(), nullptr) != 1)
    throw std::runtime_error("SHA-1 is not to be had from OpenSSL");
  boost::uuids::uuid uuid{};
  std::copy_n(hash.begin(), uuid.size(), uuid.begin());
  uuid.data[6] = static_cast<std::uint8_t>((uuid.data[6] & 0x0f) | 0x50);  // version
  uuid.data[8] = static_cast<std::uint8_t>((uuid.data[8] & 0x3f) | 0x80);  // variant
  return uuid;
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
  for (const std::uint32_t row : request.stream_rows) bytes.number(std::uint64_t{row});
  return to_string(uuid_of_name(bytes.text()));
}

SubmissionToken fresh_token() { return to_string(boost::uuids::random_generator()()); }

}  // namespace bornite

#include "bornite/util/random.hpp"

#include <cmath>
#include <numbers>

namespace bornite {
namespace {

std::uint64_t mix(std::uint64_t x) {  // the finaliser of splitmix64
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53U} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57U} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

// Seed, purpose and restart become the 64-bit key; step, row and block are counter words of their own.
RandomStream::RandomStream(const StreamKey& key) : counter_{0, key.block, key.row, key.step} {
  const std::uint64_t purpose_and_restart =
      (std::uint64_t{static_cast<std::uint32_t>(key.purpose)} << 32) | key.restart;
  const std::uint64_t mixed = mix(mix(key.seed) ^ purpose_and_restart);
  key_ = {static_cast<std::uint32_t>(mixed), static_cast<std::uint32_t>(mixed >> 32)};
}

RandomStream::result_type RandomStream::operator()() {
  if (used_ >= 4) {
    block_ = philox4x32(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }
  const auto i = static_cast<std::size_t>(used_);
  used_ += 2;
  return (std::uint64_t{block_[i + 1]} << 32) | block_[i];
}

double RandomStream::uniform() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }

std::uint64_t RandomStream::below(std::uint64_t bound) {
  // Numbers past the last whole multiple of the bound are drawn again.
  const std::uint64_t excess = (max() % bound + 1) % bound;
  std::uint64_t draw = (*this)();
  while (draw > max() - excess) draw = (*this)();
  return draw % bound;
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2.0 * std::log1p(-uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

}  // namespace bornite

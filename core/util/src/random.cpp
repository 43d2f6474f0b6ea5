#include "bornite/util/random.hpp"

#include "bornite/util/simd.hpp"

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

constexpr std::uint64_t multiplier_0 = 0xD2511F53U;
constexpr std::uint64_t multiplier_2 = 0xCD9E8D57U;
constexpr std::uint32_t key_step_0 = 0x9E3779B9U;
constexpr std::uint32_t key_step_1 = 0xBB67AE85U;
constexpr int rounds = 10;

inline double to_uniform(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

/// Counters that are worked on side by side.
constexpr std::size_t bulk = 8;

/// The uniform numbers of `count` blocks, a multiple of `bulk`, whose counters begin with `counter`: two each.
BORNITE_MULTIVERSION
void fill_blocks(const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key, double* out,
                 std::size_t count) {
  constexpr std::uint64_t low = 0xFFFFFFFFU;
  for (std::size_t first = 0; first != count; first += bulk, out += 2 * bulk) {
    std::uint64_t word[4][bulk];
    for (std::size_t i = 0; i < bulk; ++i) {
      word[0][i] = (counter[0] + first + i) & low;
      for (std::size_t w = 1; w < 4; ++w) word[w][i] = counter[w];
    }
    std::uint32_t key_0 = key[0];
    std::uint32_t key_1 = key[1];
    for (int round = 0; round < rounds; ++round, key_0 += key_step_0, key_1 += key_step_1)
      for (std::size_t i = 0; i < bulk; ++i) {
        const std::uint64_t a = multiplier_0 * word[0][i];
        const std::uint64_t b = multiplier_2 * word[2][i];
        word[0][i] = (b >> 32) ^ word[1][i] ^ key_0;
        word[1][i] = b & low;
        word[2][i] = (a >> 32) ^ word[3][i] ^ key_1;
        word[3][i] = a & low;
      }
    for (std::size_t i = 0; i < bulk; ++i) {
      out[2 * i] = to_uniform(word[1][i] << 32 | word[0][i]);
      out[2 * i + 1] = to_uniform(word[3][i] << 32 | word[2][i]);
    }
  }
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t a = multiplier_0 * counter[0];
    const std::uint64_t b = multiplier_2 * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += key_step_0;
    key[1] += key_step_1;
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

double RandomStream::uniform() { return to_uniform((*this)()); }

void RandomStream::fill_uniform(std::span<double> out) {
  std::size_t done = 0;
  if (used_ < 4 && !out.empty()) out[done++] = uniform();
  const std::size_t blocks = (out.size() - done) / 2 / bulk * bulk;
  fill_blocks(counter_, key_, out.data() + done, blocks);
  counter_[0] += static_cast<std::uint32_t>(blocks);
  for (done += 2 * blocks; done != out.size(); ++done) out[done] = uniform();
}

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

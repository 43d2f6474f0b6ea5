#pragma once
// Counter-based random numbers: the same numbers for any thread count and any way of splitting the work.

#include <array>
#include <cstdint>
#include <span>

namespace bornite {

/// What a stream is drawn for, so that streams for different purposes never coincide.
enum class StreamPurpose : std::uint32_t {
  initial_angles = 1,
  shots = 2,
  spsa = 3,
  data = 4,
  test = 5,
  layout = 6,
  parts = 7
};

/// Names one stream of random numbers. Two keys that differ anywhere give independent streams.
struct StreamKey {
  std::uint64_t seed = 0;
  StreamPurpose purpose = StreamPurpose::shots;
  std::uint32_t restart = 0;
  std::uint32_t step = 0;
  std::uint32_t row = 0;
  std::uint32_t block = 0;
};

/// The Philox4x32-10 block function (Salmon et al., SC'11): 128 random bits from a counter and a key.
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                      std::array<std::uint32_t, 2> key);

/// The numbers of one stream in order. A UniformRandomBitGenerator; good for 2^33 draws.
class RandomStream {
 public:
  using result_type = std::uint64_t;

  explicit RandomStream(const StreamKey& key);

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }
  result_type operator()();

  /// Uniform in [0, 1), 53 random bits.
  double uniform();
  /// The same numbers as one call of uniform() for each, in less time.
  void fill_uniform(std::span<double> out);
  /// Uniform in [0, bound), without a bias. The bound is positive.
  std::uint64_t below(std::uint64_t bound);
  /// Standard normal, by Box and Muller.
  double normal();

 private:
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 4> block_{};
  int used_ = 4;  // 32-bit words of block_ already handed out
};

}  // namespace bornite

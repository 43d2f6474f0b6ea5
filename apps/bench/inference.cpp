// Transforms over all strings, divergences, and objectives with their effective costs.

#include "bornite/inference/kernel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "benchmark_case.hpp"
#include "bornite/inference/mmd.hpp"
#include "bornite/inference/objective.hpp"
#include "bornite/inference/walsh_hadamard.hpp"
#include "bornite/util/random.hpp"
#include "circuits.hpp"
#include "huge_array.hpp"

namespace bornite::bench {
namespace {

Kernel hamming_kernel(std::size_t bits) { return Kernel::hamming({2.0 / static_cast<double>(bits)}).value(); }

std::vector<double> random_distribution(std::size_t bits) {
  std::vector<double> q = random_numbers(std::size_t{1} << bits);
  double sum = 0;
  for (const double p : q) sum += p;
  for (double& p : q) p /= sum;
  return q;
}

double entries(std::size_t bits) { return std::ldexp(1.0, static_cast<int>(bits)); }

/// Passes over memory that a transform over all axes takes: one if its data fit a core's second cache, else two.
double transform_passes(std::size_t bits) { return bits <= 14 ? 1 : 2; }

/// Numbers on huge pages, as the engine hands out probabilities and takes costs.
class Numbers : public HugeArray {
 public:
  explicit Numbers(const std::vector<double>& numbers) : HugeArray(numbers.size()) {
    std::ranges::copy(numbers, values().begin());
  }
};

BenchmarkCase case_over_strings(std::string_view what, std::size_t bits, Work work,
                                std::function<void(benchmark::State&, std::size_t)> run) {
  work.data = std::size_t{8} << bits;
  work.pass = 16 * entries(bits);
  return {.group = "inference",
          .name = fmt::format("inference/{}/n{}", what, bits),
          .bits = bits,
          .items = {"string", entries(bits)},
          .work = work,
          .run = std::move(run)};
}

BenchmarkCase walsh_hadamard_case(std::size_t bits) {
  const Work work{.multiply_adds = static_cast<double>(bits) * entries(bits),
                  .bytes = 16 * entries(bits) * transform_passes(bits)};
  return case_over_strings("walsh_hadamard", bits, work, [bits](benchmark::State& state, std::size_t threads) {
    // All zeros: the numbers would grow without bound from run to run, and zeros take as long as any.
    const HugeArray v(std::size_t{1} << bits);
    measure(state, threads, [&]() -> Result<void> {
      walsh_hadamard(v.values());
      return {};
    });
  });
}

/// A mixture goes to the Walsh basis and back; the highest axes both ways in one pass.
BenchmarkCase kernel_case(std::string_view what, std::size_t bits, const std::vector<double>& gammas) {
  const double there_and_back = gammas.size() > 1 ? 2 : 1;
  const double passes = there_and_back * transform_passes(bits) - (there_and_back - 1);
  const Work work{.multiply_adds = there_and_back * static_cast<double>(bits) * entries(bits),
                  .bytes = 16 * entries(bits) * passes};
  return case_over_strings(what, bits, work, [bits, gammas](benchmark::State& state, std::size_t threads) {
    const Kernel kernel = Kernel::hamming(gammas).value();
    const Numbers v(random_numbers(std::size_t{1} << bits));
    const HugeArray out(v.values().size());
    measure(state, threads, [&]() -> Result<void> {
      kernel.apply(v.values(), out.values());
      return {};
    });
  });
}

/// Each pass reads q; two passes also write and read what lies between them.
BenchmarkCase mmd_case(std::size_t bits) {
  const double passes = transform_passes(bits);
  const Work work{.multiply_adds = static_cast<double>(bits + 2) * entries(bits),
                  .bytes = (8 * passes + 16 * (passes - 1)) * entries(bits)};
  return case_over_strings("mmd2", bits, work, [bits](benchmark::State& state, std::size_t threads) {
    const Kernel kernel = hamming_kernel(bits);
    const Prior prior = Prior::uniform(bits);
    const Numbers q(random_distribution(bits));
    measure(state, threads, [&]() -> Result<void> {
      benchmark::DoNotOptimize(mmd_squared(q.values(), prior, kernel));
      return {};
    });
  });
}

/// Reads q and the costs and writes g; selbo in two passes first reads q and writes g, then reads all and writes g.
BenchmarkCase objective_case(const std::string& name, std::size_t bits) {
  Work work{.bytes = 24 * entries(bits)};
  if (name == "selbo") {
    work.multiply_adds = static_cast<double>(bits + 2) * entries(bits);
    work.bytes *= transform_passes(bits);
  }
  return case_over_strings(name, bits, work, [=](benchmark::State& state, std::size_t threads) {
    const auto objective = make_objective({.name = name, .beta = 1e-4, .prior = Prior::uniform(bits)}).value();
    const Numbers q(random_distribution(bits));
    const Numbers costs(random_numbers(q.values().size()));
    const HugeArray g(q.values().size());
    measure(state, threads, [&]() -> Result<void> {
      benchmark::DoNotOptimize(objective->exact(q.values(), costs.values(), g.values()).value);
      return {};
    });
  });
}

ShotRow random_sample(std::size_t bits, std::uint64_t shots) {
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test});
  BitstringList strings(bits);
  for (std::uint64_t shot = 0; shot < shots; ++shot) {
    Bitstring string(bits);
    for (std::size_t bit = 0; bit < bits; ++bit) string.set(bit, (random() & 1U) != 0);
    strings.push_back(string);
  }
  return ShotRow::create(std::move(strings), std::vector<std::uint64_t>(shots, 1), shots).value();
}

BenchmarkCase u_statistic_case(std::size_t bits, std::uint64_t shots) {
  const auto pairs = static_cast<double>(shots * (shots - 1) / 2);
  return {.group = "inference",
          .name = fmt::format("inference/u_statistic/n{}/{}shots", bits, shots),
          .bits = bits,
          .items = {"pair", pairs},
          .work = {},
          .run = [=](benchmark::State& state, std::size_t threads) {
            const Kernel kernel = hamming_kernel(bits);
            const Prior prior = Prior::uniform(bits);
            const ShotRow sample = random_sample(bits, shots);
            measure(state, threads, [&]() -> Result<void> {
              BORNITE_TRY(const double value, mmd_squared_unbiased(sample, prior, kernel));
              benchmark::DoNotOptimize(value);
              return {};
            });
          }};
}

}  // namespace

BenchmarkCases inference_cases(const Scope& scope) {
  using Sizes = std::vector<std::size_t>;
  BenchmarkCases cases;
  for (const std::size_t bits : scope.pick<Sizes>({16, 20, 24}, {10})) cases.push_back(walsh_hadamard_case(bits));
  for (const std::size_t bits : scope.pick<Sizes>({16, 20, 24}, {10})) {
    const double gamma = 2.0 / static_cast<double>(bits);
    cases.push_back(kernel_case("kernel", bits, {gamma}));
    cases.push_back(kernel_case("kernel_mixture", bits, {gamma, 10 * gamma}));
  }
  for (const std::size_t bits : scope.pick<Sizes>({17, 20, 24}, {10})) {
    cases.push_back(mmd_case(bits));
    for (const char* name : {"mle", "elbo", "selbo"}) cases.push_back(objective_case(name, bits));
  }
  // Few bits and more than one word of them: the ways to the same number differ.
  for (const std::size_t bits : {17, 100})
    for (const std::uint64_t shots : scope.pick<std::vector<std::uint64_t>>({1024, 8192}, {64}))
      cases.push_back(u_statistic_case(bits, shots));
  return cases;
}

}  // namespace bornite::bench

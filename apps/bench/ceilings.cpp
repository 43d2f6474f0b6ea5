#include "ceilings.hpp"

#include <algorithm>
#include <array>
#include <barrier>
#include <chrono>
#include <cstring>
#include <functional>
#include <thread>

#include "ceiling_kernels.hpp"
#include "huge_array.hpp"

namespace bornite::bench {
namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

struct Level {
  const char* name;
  std::size_t bytes;  // of the array that is measured
  std::size_t limit;  // data of at most so many bytes count as lying here
};
constexpr std::array levels{Level{"L2", mebibyte, 2 * mebibyte}, Level{"L3", 16 * mebibyte, 32 * mebibyte},
                            Level{"DRAM", 256 * mebibyte, ~std::size_t{0}}};

constexpr std::size_t quick_bytes = 64 * mebibyte;

const Level& level_of(std::size_t bytes) {
  return *std::ranges::find_if(levels, [&](const Level& level) { return bytes <= level.limit; });
}

// Short rounds, so that on a shared machine some of them run undisturbed.
struct Effort {
  int rounds;
  double seconds;  // one round lasts at least so long
};

/// Seconds that one call of work(thread) takes when all threads call it over and over; the best of the rounds.
double best_seconds(std::size_t threads, const Effort& effort, const std::function<void(std::size_t)>& work) {
  using Clock = std::chrono::steady_clock;
  double best = 1e300;
  std::size_t calls = 1;
  Clock::time_point start;
  int measured = 0;
  // Runs when all threads have arrived: alternately before and after their calls.
  bool running = false;
  const auto at_barrier = [&]() noexcept {
    if (running) {
      const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
      if (seconds < effort.seconds) {
        calls *= 2;
      } else {
        best = std::min(best, seconds / static_cast<double>(calls));
        ++measured;
      }
    }
    running = !running;
    start = Clock::now();
  };
  std::barrier barrier(static_cast<std::ptrdiff_t>(threads), at_barrier);
  const auto loop = [&](std::size_t thread) {
    work(thread);
    while (measured < effort.rounds) {
      barrier.arrive_and_wait();
      for (std::size_t i = 0; i < calls; ++i) work(thread);
      barrier.arrive_and_wait();
    }
  };
  std::vector<std::jthread> others;
  for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(loop, thread);
  loop(0);
  return best;
}

/// The part of an array that belongs to one thread.
std::span<double> part(std::span<double> values, std::size_t thread, std::size_t threads) {
  const std::size_t size = values.size() / threads;
  return values.subspan(thread * size, size);
}

Ceiling measure_scale(const Level& level, std::size_t threads, const Effort& effort) {
  const HugeArray array(level.bytes / sizeof(double));
  const volatile double one = 1;
  const double seconds = best_seconds(threads, effort, [&](std::size_t thread) {
    const auto mine = part(array.values(), thread, threads);
    scale_in_place(mine.data(), mine.size(), one);
  });
  return {CeilingKind::scale, level.name, level.bytes, threads, 2 * static_cast<double>(level.bytes) / seconds};
}

Ceiling measure_copy(const Level& level, std::size_t threads, const Effort& effort) {
  const HugeArray from(level.bytes / sizeof(double));
  const HugeArray to(level.bytes / sizeof(double));
  std::ranges::fill(from.values(), 1.0);  // or the kernel maps the one zero page everywhere
  const double seconds = best_seconds(threads, effort, [&](std::size_t thread) {
    const auto source = part(from.values(), thread, threads);
    std::memcpy(part(to.values(), thread, threads).data(), source.data(), source.size_bytes());
  });
  return {CeilingKind::copy, level.name, level.bytes, threads, 2 * static_cast<double>(level.bytes) / seconds};
}

Ceiling measure_multiply_add(std::size_t threads, const Effort& effort) {
  Ceiling best{CeilingKind::multiply_add, "", 0, threads, 0};
  for (const MultiplyAddKernel& kernel : multiply_add_kernels()) {
    constexpr std::size_t steps = 100'000;
    std::vector<double> results(threads);
    const double seconds =
        best_seconds(threads, effort, [&](std::size_t thread) { results[thread] += kernel.run(steps, 1e-9); });
    const double done = static_cast<double>(steps * kernel.per_step * threads);
    best.per_second = std::max(best.per_second, done / seconds);
  }
  return best;
}

}  // namespace

std::string_view to_string(CeilingKind kind) {
  switch (kind) {
    case CeilingKind::copy: return "copy";
    case CeilingKind::scale: return "scale";
    case CeilingKind::multiply_add: return "multiply-add";
  }
  return "";
}

std::optional<Ceiling> Ceilings::in_place(std::size_t bytes, std::size_t threads) const {
  for (const Ceiling& ceiling : all_)
    if (ceiling.kind == CeilingKind::scale && ceiling.threads == threads && ceiling.level == level_of(bytes).name)
      return ceiling;
  return {};
}

std::optional<Ceiling> Ceilings::multiply_add(std::size_t threads) const {
  for (const Ceiling& ceiling : all_)
    if (ceiling.kind == CeilingKind::multiply_add && ceiling.threads == threads) return ceiling;
  return {};
}

Ceilings measure_ceilings(const std::vector<std::size_t>& thread_counts, bool quick) {
  const Effort effort = quick ? Effort{2, 1e-3} : Effort{50, 2e-3};
  std::vector<Ceiling> all;
  for (const std::size_t threads : thread_counts) {
    for (Level level : levels) {
      if (quick) level.bytes = std::min(level.bytes, quick_bytes);
      all.push_back(measure_copy(level, threads, effort));
      all.push_back(measure_scale(level, threads, effort));
    }
    all.push_back(measure_multiply_add(threads, effort));
  }
  return Ceilings(std::move(all));
}

}  // namespace bornite::bench

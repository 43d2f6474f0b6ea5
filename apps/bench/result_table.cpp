#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "report.hpp"

namespace bornite::bench {
namespace {

/// Three digits and a unit; the columns stay aligned.
std::string time_text(double seconds) {
  constexpr std::array<const char*, 4> units{"s", "ms", "us", "ns"};
  std::size_t unit = 0;
  while (seconds < 0.9995 && unit + 1 < units.size()) {
    seconds *= 1000;
    ++unit;
  }
  const int decimals = seconds < 9.995 ? 2 : seconds < 99.95 ? 1 : 0;
  return fmt::format("{:.{}f} {}", seconds, decimals, units[unit]);
}

std::string short_time_text(double seconds) {
  return seconds < 1e-9 ? fmt::format("{:.3f} ns", seconds * 1e9) : time_text(seconds);
}

}  // namespace

std::string describe(const Machine& machine, const Ceilings& ceilings) {
  std::string text = fmt::format("Bornite {} on {}, {} cores, {}, {}\n", machine.version, machine.cpu, machine.cores,
                                 machine.instruction_set, machine.compiler);
  if (ceilings.all().empty()) return text;
  std::map<std::size_t, std::string> lines;  // by number of threads
  for (const Ceiling& ceiling : ceilings.all()) {
    std::string& line = lines[ceiling.threads];
    if (ceiling.kind == CeilingKind::multiply_add)
      line += fmt::format("; multiply-add {:.1f} G/s", ceiling.per_second / 1e9);
    else
      line += fmt::format("{}{} {} {:.0f} GB/s", line.empty() ? "" : ", ", ceiling.level, to_string(ceiling.kind),
                          ceiling.per_second / 1e9);
  }
  for (const auto& [threads, line] : lines)
    text += fmt::format("ceilings on {} thread{}: {}\n", threads, threads == 1 ? "" : "s", line);
  return text;
}

std::string ResultTable::header() const {
  std::string text =
      fmt::format("{:<{}}  {:>3}  {:>7}  {:>8}  {:>19}  {:>8}  {:>6}  {:<12}  {:>6}  {}\n", "name", name_width_, "N",
                  "threads", "time", "[least - most]", "cpu", "ratio", "of ceiling", "passes", "per item");
  return text + std::string(text.size() + 12, '-') + '\n';
}

std::string ResultTable::line(const Measurement& m, const Ceilings& ceilings) const {
  if (!m.error.empty()) return fmt::format("{:<{}}  failed: {}\n", m.name, name_width_, m.error);
  const auto near = nearness(m, ceilings);
  const auto passes = most_passes(m, ceilings);
  return fmt::format(
      "{:<{}}  {:>3}  {:>7}  {:>8}  {:>19}  {:>8}  {:>6}  {:<12}  {:>6}  {} / {}\n", m.name, name_width_, m.bits,
      m.threads, time_text(m.seconds), fmt::format("[{} - {}]", time_text(m.least), time_text(m.most)),
      time_text(m.cpu), near ? fmt::format("{:.1f} %", 100 * near->share) : "-", near ? near->ceiling : "-",
      passes ? fmt::format("{:.1f}", *passes) : "-", short_time_text(m.seconds / m.items.count), m.items.unit);
}

std::string ResultTable::legend() {
  return "time: median of the repetitions. cpu: processor time of all threads; less than time on one thread means that "
         "others\n"
         "used the processor too. ratio: time at the ceiling, by the algorithm's own count of multiply-adds or bytes, "
         "over\n"
         "time. passes: reads and writes of all data that the in-place bandwidth allows in the time.\n";
}

}  // namespace bornite::bench

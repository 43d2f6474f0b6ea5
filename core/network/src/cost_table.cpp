#include "bornite/network/cost_table.hpp"

#include "bornite/util/file.hpp"
#include "bornite/util/memory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bornite {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string_view trimmed(std::string_view line) {
  const std::size_t first = line.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

Result<double> parse_cost(std::string_view text, const std::string& place) {
  double cost = 0;
  const std::string_view digits = text.starts_with('+') && !text.starts_with("+-") ? text.substr(1) : text;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), cost);
  if (code == std::errc::invalid_argument || end != digits.data() + digits.size())
    return Error{ErrorKind::input, fmt::format("{}: \"{}\" is not a number.", place, text.substr(0, 40)),
                 "A cost table has one number per line."};
  if (code == std::errc::result_out_of_range || !std::isfinite(cost))
    return Error{ErrorKind::input, fmt::format("{}: the cost {} is not finite.", place, text.substr(0, 40)),
                 "Every cost is a finite number."};
  return cost;
}

}  // namespace

CostTable::CostTable(std::size_t bits, std::vector<double> costs) : bits_(bits), costs_(std::move(costs)) {
  if (bits >= 64 || costs_.size() != std::size_t{1} << bits)
    throw std::invalid_argument(
        fmt::format("{} costs are not the costs of all strings of {} bits", costs_.size(), bits));
}

std::uint64_t CostTable::best() const {
  return static_cast<std::uint64_t>(std::min_element(costs_.begin(), costs_.end()) - costs_.begin());
}

Result<CostTable> CostTable::load(const std::filesystem::path& path) {
  BORNITE_TRY(const std::string text, read_file(path));
  std::vector<double> costs;
  std::size_t number = 0;
  for (std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trimmed(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    BORNITE_TRY(const double cost, parse_cost(line, fmt::format("{}:{}", path.string(), number)));
    costs.push_back(cost);
  }
  if (costs.size() < 2 || !std::has_single_bit(costs.size()))
    return Error{
        ErrorKind::input,
        fmt::format("{} holds {} costs, which is not 2, 4, 8 or a higher power of two.", path.string(), costs.size()),
        "A cost table has one line for each of the 2^N strings."};
  const auto bits = static_cast<std::size_t>(std::countr_zero(costs.size()));
  return CostTable(bits, std::move(costs));
}

Result<void> CostTable::save(const std::filesystem::path& path) const {
  fmt::memory_buffer text;
  for (const double cost : costs_) fmt::format_to(std::back_inserter(text), "{}\n", cost);
  return write_file_atomically(path, {text.data(), text.size()});
}

Result<void> CostTable::check_memory(std::size_t bits) {
  constexpr double gibibyte = 1024.0 * 1024 * 1024;
  const double needed = std::ldexp(8.0, static_cast<int>(std::min<std::size_t>(bits, 1000)));
  const std::uint64_t available = free_memory();
  // Beyond 60 bits the index arithmetic ends, whatever a machine may hold.
  if (bits <= 60 && (available == 0 || needed <= static_cast<double>(available))) return {};
  const std::string free = available > 0 ? fmt::format("{:.1f} GiB is free", static_cast<double>(available) / gibibyte)
                                         : "the machine has less";
  return Error{ErrorKind::resource,
               fmt::format("The costs of all 2^{} bitstrings take {} of memory; {}.", bits,
                           bits > 60 ? fmt::format("2^{} GiB", bits - 27)
                                     : fmt::format("{:.{}f} GiB", needed / gibibyte, needed < 100 * gibibyte ? 1 : 0),
                           free),
               "Use a smaller network, or train from shots, which needs the costs of observed strings only."};
}

}  // namespace bornite

#include "bornite/job/split.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace bornite {
namespace {

/// Shots of one row that belong to the part, given how many the row has in all.
std::uint64_t shots_in_part(const RequestPart& part, std::uint64_t shots) {
  return shots > part.first_shot ? std::min(part.most_shots, shots - part.first_shot) : 0;
}

std::uint64_t most_shots_of(const SampleRequest& request) {
  std::uint64_t most = 0;
  for (std::size_t r = 0; r < request.rows.rows(); ++r) most = std::max(most, request.shots.of_row(r));
  return most;
}

/// Refuses what no cut can mend: everything validate() looks at but the limits of one job.
Result<void> check_whole(const SampleRequest& request, Capabilities limits) {
  limits.max_rows = limits.max_shots = limits.max_total_shots = Capabilities::unlimited;
  limits.uniform_shots = false;
  return validate(request, limits);
}

class Splitter {
 public:
  Splitter(const SampleRequest& request, QuantumBackend& backend)
      : request_(request), backend_(backend), limits_(backend.capabilities()) {}

  Result<std::vector<PlannedPart>> split() {
    const std::uint64_t slice = std::min({limits_.max_shots, limits_.max_total_shots, most_shots_of(request_)});
    for (std::uint64_t first = 0; first < most_shots_of(request_); first += slice) cut_rows(first, slice);
    std::vector<PlannedPart> fitting;
    for (const RequestPart& part : parts_) BORNITE_CHECK(fit_payload(part, fitting));
    return fitting;
  }

 private:
  [[nodiscard]] std::uint64_t shots(std::size_t row, const RequestPart& part) const {
    return shots_in_part(part, request_.shots.of_row(row));
  }

  /// Parts for shots [first, first + slice) of all rows that have so many.
  void cut_rows(std::uint64_t first, std::uint64_t slice) {
    RequestPart part{.first_shot = first, .most_shots = slice};
    std::uint64_t total = 0;
    const auto close = [&](std::size_t next) {
      if (part.rows > 0) parts_.push_back(part);
      part.first_row = next;
      part.rows = 0;
      total = 0;
    };
    for (std::size_t row = 0; row < request_.rows.rows(); ++row) {
      const std::uint64_t own = shots(row, part);
      if (own == 0) {
        close(row + 1);
        continue;
      }
      const bool differs = part.rows > 0 && limits_.uniform_shots && own != shots(part.first_row, part);
      if (part.rows == limits_.max_rows || own > limits_.max_total_shots - total || differs) close(row);
      ++part.rows;
      total += own;
    }
    close(0);
  }

  /// Halves the part until each piece is small enough to be sent.
  Result<void> fit_payload(const RequestPart& part, std::vector<PlannedPart>& fitting) {
    SampleRequest own = request_of(request_, part);
    BORNITE_TRY(JobForecast forecast, backend_.forecast(own));
    if (forecast.payload_bytes <= limits_.max_payload_bytes) {
      fitting.push_back({part, std::move(own), std::move(forecast)});
      return {};
    }
    if (part.rows == 1)
      return Error{ErrorKind::unsupported,
                   fmt::format("Backend {} takes {} bytes in one job; row {} alone has {}.", limits_.name,
                               limits_.max_payload_bytes, part.first_row, forecast.payload_bytes),
                   "Use a smaller circuit."};
    RequestPart left = part;
    RequestPart right = part;
    left.rows = part.rows / 2;
    right.first_row += left.rows;
    right.rows -= left.rows;
    BORNITE_CHECK(fit_payload(left, fitting));
    return fit_payload(right, fitting);
  }

  const SampleRequest& request_;
  QuantumBackend& backend_;
  const Capabilities& limits_;
  std::vector<RequestPart> parts_;
};

/// Outcomes of one row gathered from several jobs.
struct Gathered {
  BitstringList strings;
  std::vector<std::uint64_t> counts;
  std::uint64_t shots = 0;

  void add(const ShotRow& row) {
    if (shots == 0) strings = BitstringList(row.bits());
    for (std::size_t i = 0; i < row.size(); ++i) strings.push_back(row.strings()[i]);
    counts.insert(counts.end(), row.counts().begin(), row.counts().end());
    shots += row.shots();
  }
};

}  // namespace

SampleRequest request_of(const SampleRequest& whole, const RequestPart& part) {
  std::vector<double> values;
  std::vector<std::uint64_t> shots;
  for (std::size_t r = part.first_row; r < part.first_row + part.rows; ++r) {
    values.insert(values.end(), whole.rows[r].begin(), whole.rows[r].end());
    shots.push_back(shots_in_part(part, whole.shots.of_row(r)));
  }
  StreamKey stream = whole.stream;
  std::vector<std::uint32_t> stream_rows;
  if (whole.stream_rows.empty())
    stream.row += static_cast<std::uint32_t>(part.first_row);
  else
    stream_rows.assign(whole.stream_rows.begin() + static_cast<std::ptrdiff_t>(part.first_row),
                       whole.stream_rows.begin() + static_cast<std::ptrdiff_t>(part.first_row + part.rows));
  // Later shots of a row need a stream that no other row has.
  stream.seed += part.first_shot * 0x9e3779b97f4a7c15U;
  const bool uniform = std::ranges::adjacent_find(shots, std::not_equal_to<>()) == shots.end();
  return {whole.circuit, ParameterRows(part.rows, whole.rows.columns(), std::move(values)),
          uniform ? Shots(shots.front()) : Shots(std::move(shots)), stream, std::move(stream_rows)};
}

Result<std::vector<PlannedPart>> split(const SampleRequest& request, QuantumBackend& backend) {
  BORNITE_CHECK(check_whole(request, backend.capabilities()));
  return Splitter(request, backend).split();
}

Result<ShotTable> merge(std::span<const RequestPart> parts, std::span<const ShotTable> tables) {
  if (parts.size() == 1) return tables[0];
  std::size_t rows = 0;
  for (const RequestPart& part : parts) rows = std::max(rows, part.first_row + part.rows);
  std::vector<Gathered> gathered(rows);
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (std::size_t r = 0; r < parts[p].rows; ++r) gathered[parts[p].first_row + r].add(tables[p][r]);
  std::vector<ShotRow> whole;
  for (Gathered& row : gathered) {
    BORNITE_TRY(ShotRow merged, ShotRow::create(std::move(row.strings), std::move(row.counts), row.shots));
    whole.push_back(std::move(merged));
  }
  return ShotTable::create(std::move(whole));
}

}  // namespace bornite

#include "bornite/job/split.hpp"

#include <map>

#include "bornite/backend/sample.hpp"
#include "catch.hpp"
#include "scripted_cloud.hpp"

namespace bornite {
namespace {

using Catch::Contains;

SampleRequest request(std::vector<std::uint64_t> shots) {
  const std::size_t rows = shots.size();
  std::vector<double> angles(rows);
  for (std::size_t r = 0; r < rows; ++r) angles[r] = 0.1 * static_cast<double>(r + 1);
  return {Circuit(2).h(0).ry(1, Angle::of(0)), ParameterRows(rows, 1, angles), Shots(std::move(shots)), {.seed = 3}};
}

/// Every shot of every row is in exactly one part, and every part is one job for the backend.
void check_cover(const SampleRequest& whole, const std::vector<PlannedPart>& parts, QuantumBackend& backend) {
  std::vector<std::uint64_t> covered(whole.rows.rows());
  for (const auto& [part, piece, forecast] : parts) {
    CHECK(validate(piece, backend.capabilities()).has_value());
    CHECK(forecast.payload_bytes <= backend.capabilities().max_payload_bytes);
    CHECK(forecast.shape.shots.size() == part.rows);
    for (std::size_t r = 0; r < part.rows; ++r) {
      covered[part.first_row + r] += piece.shots.of_row(r);
      CHECK(piece.rows[r][0] == whole.rows[part.first_row + r][0]);
    }
  }
  for (std::size_t r = 0; r < covered.size(); ++r) CHECK(covered[r] == whole.shots.of_row(r));
}

TEST_CASE("random requests under random limits are covered exactly by jobs that keep the limits") {
  RandomStream random({.seed = 11, .purpose = StreamPurpose::test});
  const auto below = [&](std::uint64_t n) { return random() % n; };
  for (int trial = 0; trial < 300; ++trial) {
    CloudState state;
    ScriptedCloud cloud(state);
    if (below(2)) cloud.limits.max_rows = 1 + below(6);
    if (below(2)) cloud.limits.max_shots = 1 + below(40);
    if (below(2)) cloud.limits.max_total_shots = 1 + below(60);
    if (below(2)) cloud.limits.max_payload_bytes = 100 * (1 + below(5));
    cloud.limits.uniform_shots = below(2) == 1;
    std::vector<std::uint64_t> shots(1 + below(12));
    const bool uniform = below(2) == 1;
    for (auto& n : shots) n = uniform ? 30 : 1 + below(50);
    CAPTURE(trial, shots, cloud.limits.max_rows, cloud.limits.max_shots, cloud.limits.max_total_shots);
    const SampleRequest whole = request(shots);
    check_cover(whole, split(whole, cloud).value(), cloud);
  }
}

TEST_CASE("as few jobs as the limits allow") {
  CloudState state;
  ScriptedCloud cloud(state);
  CHECK(split(request(std::vector<std::uint64_t>(100, 10)), cloud).value().size() == 1);
  cloud.limits.max_rows = 40;
  CHECK(split(request(std::vector<std::uint64_t>(100, 10)), cloud).value().size() == 3);
  cloud.limits.max_rows = Capabilities::unlimited;
  cloud.limits.max_total_shots = 250;
  CHECK(split(request(std::vector<std::uint64_t>(100, 10)), cloud).value().size() == 4);
  cloud.limits.max_total_shots = Capabilities::unlimited;
  cloud.limits.max_shots = 4;
  CHECK(split(request(std::vector<std::uint64_t>(100, 10)), cloud).value().size() == 3);
}

TEST_CASE("outcomes of the parts of a request that is cut by rows are those of the whole") {
  CloudState state;
  ScriptedCloud cloud(state);
  cloud.limits.max_rows = 3;
  const SampleRequest whole = request({5, 6, 7, 8, 9, 10, 11});
  const auto planned = split(whole, cloud).value();
  StatevectorBackend simulator;
  std::vector<ShotTable> tables;
  std::vector<RequestPart> parts;
  for (const PlannedPart& own : planned) {
    parts.push_back(own.part);
    tables.push_back(sample(simulator, own.request).value());
  }
  const ShotTable merged = merge(parts, tables).value();
  const ShotTable expected = sample(simulator, whole).value();
  REQUIRE(merged.rows() == expected.rows());
  for (std::size_t r = 0; r < merged.rows(); ++r) {
    CHECK(std::ranges::equal(merged[r].counts(), expected[r].counts()));
    CHECK(std::ranges::equal(merged[r].strings().words(), expected[r].strings().words()));
  }
}

TEST_CASE("rows that share random numbers do so in whatever jobs they are") {
  CloudState state;
  ScriptedCloud cloud(state);
  cloud.limits.max_rows = 2;
  SampleRequest whole = request({9, 9, 9, 9, 9});
  whole.rows = ParameterRows(5, 1, std::vector<double>(5, 0.7));
  whole.stream_rows = {0, 1, 1, 3, 1};
  StatevectorBackend simulator;
  const ShotTable expected = sample(simulator, whole).value();
  std::vector<RequestPart> parts;
  std::vector<ShotTable> tables;
  for (const PlannedPart& own : split(whole, cloud).value()) {
    parts.push_back(own.part);
    tables.push_back(sample(simulator, own.request).value());
  }
  REQUIRE(parts.size() == 3);
  const ShotTable merged = merge(parts, tables).value();
  const auto same = [&](const ShotTable& a, std::size_t i, const ShotTable& b, std::size_t k) {
    return std::ranges::equal(a[i].counts(), b[k].counts()) &&
           std::ranges::equal(a[i].strings().words(), b[k].strings().words());
  };
  for (std::size_t r = 0; r < 5; ++r) CHECK(same(merged, r, expected, r));
  CHECK(same(expected, 1, expected, 2));
  CHECK(same(expected, 1, expected, 4));
  CHECK_FALSE((same(expected, 0, expected, 1) && same(expected, 1, expected, 3)));
  whole.stream_rows.pop_back();
  CHECK_THAT(sample(simulator, whole).error().message, Contains("5 rows but 4 rows of streams"));
}

TEST_CASE("shots of one row that are cut into jobs are drawn independently and counted together") {
  CloudState state;
  ScriptedCloud cloud(state);
  cloud.limits.max_shots = 1000;
  const SampleRequest whole = request({3000});
  const auto planned = split(whole, cloud).value();
  REQUIRE(planned.size() == 3);
  StatevectorBackend simulator;
  std::vector<ShotTable> tables;
  std::vector<RequestPart> parts;
  for (const PlannedPart& own : planned) {
    parts.push_back(own.part);
    tables.push_back(sample(simulator, own.request).value());
  }
  CHECK_FALSE(std::ranges::equal(tables[0][0].counts(), tables[1][0].counts()));
  const ShotTable merged = merge(parts, tables).value();
  CHECK(merged[0].shots() == 3000);
  std::map<std::string, std::uint64_t> sums;
  for (const ShotTable& table : tables)
    for (std::size_t i = 0; i < table[0].size(); ++i) sums[table[0].strings()[i].to_text()] += table[0].counts()[i];
  for (std::size_t i = 0; i < merged[0].size(); ++i)
    CHECK(sums[merged[0].strings()[i].to_text()] == merged[0].counts()[i]);
}

TEST_CASE("what no cut can mend is refused with the figure") {
  CloudState state;
  ScriptedCloud cloud(state);
  cloud.limits.max_payload_bytes = 99;
  CHECK_THAT(split(request({5, 5}), cloud).error().message, Contains("99 bytes") && Contains("row 0"));
  cloud.limits.max_qubits = 1;
  CHECK_THAT(split(request({5}), cloud).error().message, Contains("2 qubits"));
}

}  // namespace
}  // namespace bornite

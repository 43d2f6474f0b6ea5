#include "ibm_results.hpp"

#include <fmt/format.h>

#include "bornite/rest/shot_readers.hpp"

namespace bornite {
namespace {

/// The lists of samples, one for each row: a flat list is one row, a list of lists has one for each, however deep.
Result<void> collect_samples(const JsonValue& samples, std::vector<JsonValue>& rows) {
  if (!samples.holds_lists()) {  // a row has thousands of samples: no JsonValue for each
    rows.push_back(samples);
    return {};
  }
  BORNITE_TRY(const auto elements, samples.elements());
  for (const JsonValue& element : elements) BORNITE_CHECK(collect_samples(element, rows));
  return {};
}

Result<void> read_pub(const JsonValue& pub, const JobShape& shape, std::size_t count, std::vector<ShotRow>& table) {
  BORNITE_TRY(const JsonValue data, pub["data"]);
  BORNITE_TRY(const JsonValue bits, data["c"]);
  BORNITE_TRY(const std::uint64_t width, bits.count_or("num_bits", shape.qubits));
  if (width != shape.qubits) return bits.error(fmt::format("has num_bits {}, {} was expected", width, shape.qubits));
  BORNITE_TRY(const JsonValue samples, bits["samples"]);
  std::vector<JsonValue> rows;
  BORNITE_CHECK(collect_samples(samples, rows));
  if (rows.size() != count) return samples.error(fmt::format("has {} rows, {} were expected", rows.size(), count));
  for (const JsonValue& samples_of_row : rows) {
    BORNITE_TRY(ShotRow row, read_hex_samples(samples_of_row, shape.qubits, shape.shots[table.size()]));
    table.push_back(std::move(row));
  }
  return {};
}

}  // namespace

std::vector<std::size_t> pub_rows(const JobShape& shape, bool parametric) {
  std::vector<std::size_t> pubs;
  for (std::size_t r = 0; r < shape.shots.size(); ++r) {
    if (parametric && r > 0 && shape.shots[r] == shape.shots[r - 1])
      ++pubs.back();
    else
      pubs.push_back(1);
  }
  return pubs;
}

Result<ShotTable> read_ibm_results(const JsonValue& results, const JobShape& shape, bool parametric) {
  BORNITE_TRY(const JsonValue list, results["results"]);
  BORNITE_TRY(const auto pubs, list.elements());
  const std::vector<std::size_t> rows = pub_rows(shape, parametric);
  if (pubs.size() != rows.size()) return list.error(fmt::format("has {} pubs, {} were sent", pubs.size(), rows.size()));
  std::vector<ShotRow> table;
  for (std::size_t p = 0; p < pubs.size(); ++p) BORNITE_CHECK(read_pub(pubs[p], shape, rows[p], table));
  return ShotTable::create(std::move(table));
}

}  // namespace bornite

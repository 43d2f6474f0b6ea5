#include "bornite/backend/synchronous_backend.hpp"

#include <optional>
#include <vector>

#include "bornite/util/parallel.hpp"

namespace bornite {

Result<ShotTable> sample_rows(std::size_t rows, bool in_parallel,
                              const std::function<Result<ShotRow>(std::size_t row)>& sample_row) {
  std::vector<std::optional<Result<ShotRow>>> sampled(rows);
  const auto sample_one = [&](std::size_t row) { sampled[row].emplace(sample_row(row)); };
  if (in_parallel)
    parallel_for(rows, sample_one);
  else
    for (std::size_t row = 0; row != rows; ++row) sample_one(row);

  std::vector<ShotRow> all;
  all.reserve(rows);
  for (auto& row : sampled) {
    if (!*row) return std::move(*row).error();
    all.push_back(*std::move(*row));
  }
  return ShotTable::create(std::move(all));
}

}  // namespace bornite

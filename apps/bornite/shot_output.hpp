#pragma once
// Shots for people and for programs.

#include "bornite/backend/shot_table.hpp"

#include <cstddef>
#include <nlohmann/json.hpp>

namespace bornite::cli {

/// [{"shots": n, "counts": {"011": 12, ...}}, ...], the most frequent strings first.
[[nodiscard]] nlohmann::ordered_json to_json(const ShotTable& table);

/// The `most` most frequent strings of each row as a table with bars.
void print_table(const ShotTable& table, std::size_t most);

}  // namespace bornite::cli

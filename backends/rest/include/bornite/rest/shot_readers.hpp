#pragma once
// Outcomes in the forms in which providers report them, as rows of shots. Whatever the form, the result has exactly the
// shots that were asked for, or an error names the field.

#include "bornite/backend/shot_table.hpp"
#include "bornite/util/json_value.hpp"
#include "bornite/util/error.hpp"

#include "bornite/util/random.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace bornite {

/// Which end of a printed bitstring is bit 0.
enum class BitOrder { first_left, first_right };

/// {"011": 12, ...}: strings of exactly `bits` characters, and whole numbers that sum to `shots`.
[[nodiscard]] Result<ShotRow> read_counts(const JsonValue& counts, std::size_t bits, std::uint64_t shots,
                                          BitOrder order);

/// ["0x3", ...]: one hexadecimal number per shot, of any length, not padded; bit i is bit i of the number.
[[nodiscard]] Result<ShotRow> read_hex_samples(const JsonValue& samples, std::size_t bits, std::uint64_t shots);

/// {"3": 0.502, ...}: decimal numbers of any length whose bit i is bit i of the outcome, and probabilities. They become
/// whole counts by largest remainder, which is what was measured if they are shares of shots. A simulator's exact
/// probabilities are none: with a stream, shots are drawn from them.
[[nodiscard]] Result<ShotRow> read_decimal_probabilities(const JsonValue& probabilities, std::size_t bits,
                                                         std::uint64_t shots,
                                                         const std::optional<StreamKey>& stream = {});

/// {"011": 0.502, ...}: the same with strings.
[[nodiscard]] Result<ShotRow> read_probabilities(const JsonValue& probabilities, std::size_t bits, std::uint64_t shots,
                                                 BitOrder order, const std::optional<StreamKey>& stream = {});

/// [[0, 1, 1], ...]: one list of bits per shot, each as long as `columns`. Bit i of the outcome is column columns[i].
[[nodiscard]] Result<ShotRow> read_bit_lists(const JsonValue& measurements, std::span<const std::size_t> columns,
                                             std::uint64_t shots);

}  // namespace bornite

#pragma once
// A cost for every bitstring: what all objectives average.

#include "bornite/network/cost_table.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"

#include <span>

namespace bornite {

/// C(s) for strings s of a fixed length. All functions may be called from several threads at once.
class CostModel {
 public:
  virtual ~CostModel() = default;

  [[nodiscard]] virtual std::size_t bits() const = 0;
  /// out[i] = C(strings[i]); strings of bits() bits, out of strings.size() entries. Uses all cores.
  [[nodiscard]] virtual Result<void> costs(const BitstringList& strings, std::span<double> out) const = 0;
  /// The costs of all 2^bits() strings. Refuses, before any work, a table that does not fit into memory, and says how
  /// much it would take.
  [[nodiscard]] virtual Result<CostTable> enumerate() const = 0;
};

}  // namespace bornite

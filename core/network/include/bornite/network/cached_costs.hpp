#pragma once
// Remembers the costs of strings that occurred before.

#include "bornite/network/cost_model.hpp"

#include <cstddef>
#include <memory>

namespace bornite {

/// Asks the model only for strings that it does not know, each once and all in one batch. Safe from several threads;
/// two of them that meet the same new string at once may both evaluate it. Holds at most `most_entries` strings (of
/// about 80 bytes and words_for_bits(bits()) words each); when they are exceeded, those unused for longest go first. Where
/// that is room for all 2^bits() strings, it takes 8 bytes for each from the start, and none ever goes.
class CachedCosts : public CostModel {
 public:
  static constexpr std::size_t default_entries = std::size_t{1} << 22;

  /// Throws std::invalid_argument if there is no model or room for fewer than two entries.
  explicit CachedCosts(std::shared_ptr<const CostModel> model, std::size_t most_entries = default_entries);
  ~CachedCosts() override;

  [[nodiscard]] std::size_t bits() const override { return model_->bits(); }
  /// A failed evaluation leaves nothing behind. Throws std::invalid_argument if `out` or the strings have a wrong size.
  [[nodiscard]] Result<void> costs(const BitstringList& strings, std::span<double> out) const override;
  /// Has the model enumerate all strings, which is far less work than asking for most of them. Does nothing where there
  /// is no room for all.
  [[nodiscard]] Result<void> learn_all();
  /// The model's, uncached.
  [[nodiscard]] Result<CostTable> enumerate() const override { return model_->enumerate(); }
  /// Strings held now.
  [[nodiscard]] std::size_t entries() const;

 private:
  struct Store;
  std::shared_ptr<const CostModel> model_;
  std::unique_ptr<Store> store_;
};

}  // namespace bornite

#include "symbols.hpp"

#include <utility>

namespace bornite::qasm {

Symbol* SymbolTable::find(Word name) {
  const auto word = static_cast<std::size_t>(name);
  if (word >= latest_.size()) return nullptr;
  for (std::int32_t i = latest_[word]; i >= 0; i = symbols_[static_cast<std::size_t>(i)].hidden) {
    const auto index = static_cast<std::size_t>(i);
    if (index >= frame_ || (index < visible_ && symbols_[index].kind == SymbolKind::constant)) return &symbols_[index];
  }
  return nullptr;
}

const Symbol* SymbolTable::declare(Symbol symbol) {
  const auto word = static_cast<std::size_t>(symbol.name.word);
  if (word >= latest_.size()) latest_.resize(word + 1, -1);
  std::int32_t& latest = latest_[word];
  if (latest >= 0 && static_cast<std::size_t>(latest) >= begin_) return &symbols_[static_cast<std::size_t>(latest)];
  symbol.hidden = std::exchange(latest, static_cast<std::int32_t>(symbols_.size()));
  symbols_.push_back(std::move(symbol));
  return nullptr;
}

SymbolTable::Scope::Scope(SymbolTable& table)
    : table_(table), begin_(table.begin_), frame_(table.frame_), visible_(table.visible_) {
  table_.begin_ = table_.symbols_.size();
}

SymbolTable::Scope::Scope(SymbolTable& table, std::size_t visible) : Scope(table) {
  table_.frame_ = table_.begin_;
  table_.visible_ = visible;
}

SymbolTable::Scope::~Scope() {
  while (table_.symbols_.size() > table_.begin_) {
    const Symbol& symbol = table_.symbols_.back();
    table_.latest_[static_cast<std::size_t>(symbol.name.word)] = symbol.hidden;
    table_.symbols_.pop_back();
  }
  table_.begin_ = begin_;
  table_.frame_ = frame_;
  table_.visible_ = visible_;
}

}  // namespace bornite::qasm

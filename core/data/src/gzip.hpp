#pragma once
// Gzip data in memory, unpacked only as far as the reader asks.

#include "bornite/util/error.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace bornite {

[[nodiscard]] inline bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

class GzipReader {
 public:
  /// The bytes must outlive the reader; the name is for errors.
  GzipReader(std::string_view bytes, std::string name);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  /// Appends unpacked bytes until `out` holds `size` of them or the data end. Memory grows with what is really there,
  /// whatever `size` is. The checksum is verified when the end is reached. Refuses damaged and truncated data.
  [[nodiscard]] Result<void> read_until(std::string& out, std::size_t size);

 private:
  struct State;
  [[nodiscard]] Result<void> end_member();

  std::string_view rest_;  // not yet given to zlib
  std::string name_;
  std::unique_ptr<State> state_;
  bool ended_ = false;
};

}  // namespace bornite

#pragma once
// Replies that were packed for the way.

#include <cstddef>
#include <string>
#include <string_view>

#include "bornite/util/error.hpp"

namespace bornite {

/// The bytes as they were before the coding named in Content-Encoding: gzip, x-gzip, deflate (with or without zlib's
/// header), identity or nothing. ErrorKind::network, its message a sentence without a subject, for another coding,
/// damaged or cut data, or more than max_bytes.
[[nodiscard]] Result<std::string> unpack(std::string_view coding, std::string packed, std::size_t max_bytes);

}  // namespace bornite

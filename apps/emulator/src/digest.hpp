#pragma once
// SHA-256 and HMAC, as raw bytes.

#include <string>
#include <string_view>

namespace bornite::emulator {

[[nodiscard]] std::string sha256(std::string_view text);
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);
/// Two lower-case hexadecimal digits for each byte.
[[nodiscard]] std::string to_hexadecimal(std::string_view bytes);
/// Takes the same time wherever the texts differ.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace bornite::emulator

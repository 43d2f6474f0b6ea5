#pragma once
// Replies that many of IBM's calls share, and the numbers of its errors.

#include "ibm_documents.hpp"

namespace bornite::emulator::ibm {

inline constexpr int not_found = 1291;
inline constexpr int bad_credentials = 1200;
inline constexpr int wrong_region = 1279;
inline constexpr int bad_request = 3211;

[[nodiscard]] inline HttpAnswer refuse(int status, int code, std::string_view message) {
  return json_answer(ibm_error(code, message), status);
}
[[nodiscard]] inline HttpAnswer done() { return {.status = 204}; }
[[nodiscard]] inline HttpAnswer missing() { return refuse(404, not_found, "There is nothing of this name."); }
[[nodiscard]] inline HttpAnswer done_unless(const Result<void>& result) {
  return result ? done() : refuse(500, 9999, result.error().message);
}

}  // namespace bornite::emulator::ibm

#pragma once
// Requests as the bytes that travel.

#include <string>
#include <string_view>

#include "bornite/rest/http.hpp"
#include "bornite/util/error.hpp"
#include "url.hpp"

namespace bornite {

/// The request in HTTP/1.1, with Host, User-Agent, Accept-Encoding and Content-Length unless it has its own of the
/// first three. ErrorKind::configuration, never repeating a value, for what would not be one well-formed request.
[[nodiscard]] Result<std::string> wire_format(const HttpRequest& request, const Url& url, std::string_view user_agent);

}  // namespace bornite

#include "bornite/rest/token_exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bornite/util/json_value.hpp"
#include "url.hpp"

namespace bornite {
namespace {

constexpr double usual_life = 3600;
constexpr double longest_life = 7 * 24 * 3600;

HttpRequest form_of(const TokenExchange& exchange) {
  const std::pair<std::string_view, std::string_view> fields[] = {{"grant_type", exchange.grant_type},
                                                                  {exchange.key_name, exchange.key.reveal()}};
  return {.method = "POST",
          .url = exchange.url,
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
          .body = query_string(fields)};
}

Error refusal(const std::string& host, int status) {
  if (status == 400 || status == 401 || status == 403)
    return {ErrorKind::authentication, fmt::format("{} refuses the API key (status {}).", host, status),
            "Check that the key is whole, still valid, and meant for this provider."};
  const bool passing = status == 408 || status == 429 || status >= 500;
  return {ErrorKind::network, fmt::format("{} gave no token (status {}).", host, status),
          passing ? "Try again later." : "Check the address of the token service.", passing};
}

}  // namespace

Result<BearerToken> exchange_key(HttpTransport& transport, Clock& clock, const TokenExchange& exchange) {
  BORNITE_TRY(const Url url, parse_url(exchange.url));
  const Clock::Instant asked = clock.now();
  auto reply = exchange_one(transport, form_of(exchange));
  if (!reply) {
    Error error = std::move(reply).error();
    error.outcome_unknown = false;
    return error;
  }
  if (reply->status != 200) return refusal(url.host, reply->status);
  // What the reply is must not come into an error: it may hold the token under another name.
  const auto json = JsonValue::parse(reply->body, "the reply");
  const auto token = json ? json->text_or("access_token", "") : Result<std::string>("");
  if (!token || token->empty())
    return Error{ErrorKind::network, fmt::format("The reply of {} has no access_token in it.", url.host),
                 "Check the address of the token service.", true};
  const auto life = json->find("expires_in");
  const Result<double> told = life ? life->number() : Result<double>(usual_life);
  const double seconds = told ? *told : usual_life;
  return BearerToken{Secret(*token),
                     asked + std::chrono::seconds(static_cast<std::int64_t>(std::clamp(seconds, 0.0, longest_life)))};
}

}  // namespace bornite

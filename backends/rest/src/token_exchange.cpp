#include "bornite/rest/token_exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "url.hpp"

namespace bornite {
namespace {

constexpr std::int64_t usual_life = 3600;
constexpr std::int64_t longest_life = 7 * 24 * 3600;

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
  const auto json = nlohmann::json::parse(reply->body, nullptr, false);
  const auto text = json.is_object() ? json.find("access_token") : json.end();
  const bool usable =
      json.is_object() && text != json.end() && text->is_string() && !text->get_ref<const std::string&>().empty();
  if (!usable)
    return Error{ErrorKind::network, fmt::format("The reply of {} has no access_token in it.", url.host),
                 "Check the address of the token service.", true};
  const auto life = json.find("expires_in");
  const std::int64_t seconds = life != json.end() && life->is_number() ? life->get<std::int64_t>() : usual_life;
  return BearerToken{Secret(text->get<std::string>()),
                     asked + std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, longest_life))};
}

}  // namespace bornite

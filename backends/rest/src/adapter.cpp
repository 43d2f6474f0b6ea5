#include "bornite/rest/adapter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bornite/rest/retry.hpp"
#include "bornite/util/secret.hpp"

namespace bornite {
namespace {

constexpr std::size_t longest_words = 600;

/// Texts under keys that providers use for messages, in the order of the document.
void collect_words(const JsonValue& value, std::string& words) {
  constexpr std::array<std::string_view, 8> keys{"message",  "error",  "errorMessage", "detail",
                                                 "solution", "reason", "statusMsg",    "failureReason"};
  if (value.is_array())
    for (const JsonValue& element : value.elements().value()) collect_words(element, words);
  if (!value.is_object()) return;
  for (const auto& [key, member] : value.members().value()) {
    if (member.is_text() && std::ranges::find(keys, key) != keys.end())
      words.append(words.empty() ? "" : " ").append(member.text().value());
    collect_words(member, words);
  }
}

ErrorKind kind_of(int status) {
  if (status == 401 || status == 403) return ErrorKind::authentication;
  if (status == 429 || status >= 500) return ErrorKind::network;
  return ErrorKind::job;
}

std::string hint_for(int status) {
  if (status == 401) return "Check the token: 'bornite doctor' says where it is looked for.";
  if (status == 403)
    return "The token is known but may not do this; check the plan, the region and the device's access.";
  if (status == 404) return "Check the name of the device or job, and the endpoint.";
  if (status == 429 || status >= 500) return "The service is busy or out of order; try again later.";
  return "";
}

}  // namespace

Result<Price> RestAdapter::price(const Submission&, Exchange&) const { return Price{}; }
std::string RestAdapter::note(const Submission&) const { return ""; }

std::string RestAdapter::explain(const HttpReply& reply) const {
  std::string words;
  if (const auto document = JsonValue::parse(reply.body, "the reply"))
    collect_words(*document, words);
  else
    words = reply.body;
  words = scrubbed(std::move(words));
  if (words.size() > longest_words) words = words.substr(0, longest_words) + "...";
  return words;
}

HttpRequest json_request(std::string method, std::string url, const nlohmann::json& body) {
  return {.method = std::move(method),
          .url = std::move(url),
          .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
          .body = body.dump()};
}

Error refusal(const RestAdapter& adapter, const HttpReply& reply, std::string_view about) {
  const std::string words = adapter.explain(reply);
  const bool expired = wants_new_credentials(reply) && reply.status != 401;
  return {expired ? ErrorKind::authentication : kind_of(reply.status),
          scrubbed(fmt::format("{} refused {} (HTTP {}){}{}", adapter.provider(), about, reply.status,
                               words.empty() ? "." : ": ", words)),
          expired ? "Renew the credentials: 'bornite doctor' says where they are looked for." : hint_for(reply.status),
          expired || reply.status == 401 || reply.status == 429 || reply.status >= 500};
}

Result<JsonValue> read_json(const RestAdapter& adapter, const HttpReply& reply, std::string_view about) {
  return JsonValue::parse(reply.body, fmt::format("{}'s reply about {}", adapter.provider(), about));
}

Result<JsonValue> get_json(const RestAdapter& adapter, Exchange& exchange, const std::string& url) {
  const std::string about = url.substr(0, url.find('?'));
  BORNITE_TRY(const HttpReply reply,
              exchange.send({.url = url, .headers = {{"Accept", "application/json"}}}, Repeat::safe));
  if (reply.status < 200 || reply.status > 299) return refusal(adapter, reply, about);
  return read_json(adapter, reply, about);
}

}  // namespace bornite

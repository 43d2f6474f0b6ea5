#include "ibm_sessions.hpp"

#include <algorithm>
#include <cctype>

namespace bornite {
namespace {

constexpr std::size_t shortest_wordy_id = 16;

/// IBM's ids have 20 or 36 characters, nearly always digits among them; what is short and has none is a slip of a mode.
bool can_be_id(std::string_view text) {
  return text.size() >= shortest_wordy_id || text.find_first_of("0123456789") != text.npos;
}

bool is_refusal_for_good(int status) {
  return status >= 400 && status < 500 && status != 401 && status != 403 && status != 429;
}

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

Result<IbmSession> read_ibm_session(Config& options) {
  IbmSession session;
  BORNITE_TRY(const std::string word, options.text("session", ""));
  const bool opened_here = word == "batch" || word == "dedicated";
  if (!word.empty() && !opened_here && !can_be_id(word))
    return options.error("session", "is neither a mode nor can it be the id of a session.",
                         "Use batch or dedicated to have one opened, or the id of one that you have opened.");
  (opened_here ? session.mode : session.id) = word;
  if (!options.has("session_seconds")) return session;
  BORNITE_TRY(session.max_seconds, options.count("session_seconds", session.max_seconds, 1, 86'400));
  if (!opened_here)
    return options.error("session_seconds", "is only for a session that is opened here.",
                         "Set session to batch or dedicated too, or leave it out.");
  return session;
}

HttpRequest IbmSessions::opening() const {
  const nlohmann::json body{{"mode", session_.mode}, {"backend", device_}, {"max_ttl", session_.max_seconds}};
  return service_.request("POST", "/sessions", body.dump());
}

Result<std::string> IbmSessions::read_opening(const HttpReply& reply) const {
  BORNITE_TRY(const JsonValue json, read_json(adapter_, reply, "the opening of a session"));
  BORNITE_TRY(const JsonValue id, json["id"]);
  return id.name();
}

HttpRequest IbmSessions::closing(const std::string& session) const {
  const nlohmann::json body{{"accepting_jobs", false}};
  return service_.request("PATCH", "/sessions/" + percent_encode(session), body.dump());
}

bool IbmSessions::is_over(const HttpReply& refusal) const {
  return is_refusal_for_good(refusal.status) &&
         lower_case(adapter_.explain(refusal)).find("session") != std::string::npos;
}

}  // namespace bornite

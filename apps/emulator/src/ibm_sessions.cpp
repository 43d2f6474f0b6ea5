#include "ibm_sessions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "fields.hpp"
#include "ibm_answers.hpp"
#include "ibm_device.hpp"

namespace bornite::emulator {
namespace {

using namespace ibm;

constexpr int session_closed = 1217;
constexpr int longest_life = 28'800;
constexpr std::chrono::seconds patience_with_empty(1800);  ///< until a dedicated session without jobs is closed
constexpr std::chrono::seconds patience_between(60);       ///< until one whose jobs have ended is inactive

std::string document_name(const std::string& id) { return "ibm-session-" + id; }

HttpAnswer refuse_closed() { return refuse(400, session_closed, "Session has been closed. Start a new session."); }

/// What is stored of a session, and what follows from it, its jobs and the time.
class Session {
 public:
  Session(Json stored, const Situation& situation) : stored_(std::move(stored)), situation_(situation) {
    for (const Job* job : situation.store().list("ibm"))
      if (job->request.value("session_id", "") == id()) jobs_.push_back(job);
  }
  [[nodiscard]] static std::optional<Session> find(const std::string& id, const Situation& situation) {
    const Json* const stored = situation.store().find_document(document_name(id));
    return stored == nullptr ? std::nullopt : std::optional<Session>(std::in_place, *stored, situation);
  }

  [[nodiscard]] std::string id() const { return stored_.at("id"); }
  [[nodiscard]] bool accepts_jobs() const { return stored_.at("accepting_jobs") && !is_closed(); }

  /// When its time is over; none before its first job runs.
  [[nodiscard]] std::optional<Clock::Instant> expires() const {
    const auto start = started();
    return start ? std::optional(*start + std::chrono::seconds(stored_.at("max_ttl").get<int>())) : std::nullopt;
  }
  [[nodiscard]] bool is_closed() const {
    const Clock::Instant now = situation_.now();
    if (stored_.at("closed") || (!stored_.at("accepting_jobs") && !has_work())) return true;
    if (const auto end = expires()) return now >= *end;
    const Clock::Instant created{Clock::Duration(stored_.at("created").get<std::int64_t>())};
    return jobs_.empty() && stored_.at("mode") == "dedicated" && now >= created + patience_with_empty;
  }

  [[nodiscard]] Json document() const {
    Json document{{"id", id()},
                  {"backend_name", ibm_device},
                  {"mode", stored_.at("mode")},
                  {"max_ttl", stored_.at("max_ttl")},
                  {"interactive_ttl", patience_between.count()},
                  {"state", state()},
                  {"accepting_jobs", accepts_jobs()}};
    if (const auto start = started()) document["started_at"] = iso_time(*start);
    return document;
  }

  [[nodiscard]] HttpAnswer change(const std::string& key, bool value) {
    stored_[key] = value;
    return done_unless(situation_.store().put_document(document_name(id()), stored_));
  }
  /// Ends the jobs that have not begun.
  [[nodiscard]] Result<void> cancel_queued() const {
    for (const Job* job : jobs_)
      if (situation_.phase(*job) == Phase::queued) BORNITE_CHECK(situation_.cancel(*job));
    return {};
  }

 private:
  [[nodiscard]] std::optional<Clock::Instant> started() const {
    std::optional<Clock::Instant> first;
    for (const Job* job : jobs_) {
      const Clock::Instant start = situation_.started(*job);
      if (job->stuck || start > job->cancelled.value_or(situation_.now())) continue;
      first = std::min(first.value_or(start), start);
    }
    return first;
  }
  [[nodiscard]] bool has_work() const {
    return std::ranges::any_of(jobs_, [&](const Job* job) { return !is_final(situation_.phase(*job)); });
  }
  [[nodiscard]] std::string_view state() const {
    if (is_closed()) return "closed";
    if (!started()) return "open";
    const bool lately = std::ranges::any_of(
        jobs_, [&](const Job* job) { return situation_.ended(*job) + patience_between > situation_.now(); });
    return has_work() || lately ? "active" : "inactive";
  }

  Json stored_;
  const Situation& situation_;
  std::vector<const Job*> jobs_;
};

HttpAnswer open_session(const HttpCall& call, const Situation& situation) {
  if (!says_json(call)) return refuse(415, bad_request, "The content type must be application/json.");
  const auto body = parse_object(call.body);
  if (!body || unknown_key(*body, {"mode", "backend", "max_ttl"}))
    return refuse(400, bad_request, "A session has a mode, a backend and a max_ttl.");
  const std::string mode = text_member(*body, "mode");
  if (mode != "batch" && mode != "dedicated") return refuse(400, bad_request, "The mode is batch or dedicated.");
  if (text_member(*body, "backend") != ibm_device) return refuse(400, bad_request, "There is no such backend.");
  const Json* const life = member(*body, "max_ttl");
  if (life != nullptr && !is_count(*life, 1, longest_life))
    return refuse(400, bad_request, fmt::format("max_ttl is from 1 to {}.", longest_life));
  const std::string id = make_uuid();
  const Json stored{{"id", id},
                    {"mode", mode},
                    {"max_ttl", life == nullptr ? longest_life : life->get<int>()},
                    {"accepting_jobs", true},
                    {"closed", false},
                    {"created", situation.now().time_since_epoch().count()}};
  if (const auto written = situation.store().put_document(document_name(id), stored); !written)
    return done_unless(written);
  return json_answer(Session(stored, situation).document());
}

HttpAnswer change_session(const HttpCall& call, Session& session) {
  const auto body = parse_object(call.body);
  const Json* const accepting = body ? member(*body, "accepting_jobs") : nullptr;
  if (accepting == nullptr || !accepting->is_boolean() || body->size() != 1)
    return refuse(400, bad_request, "The body must be {\"accepting_jobs\": false}.");
  return session.is_closed() ? refuse_closed() : session.change("accepting_jobs", *accepting);
}

}  // namespace

Answered<void> check_ibm_session(const Json& body, const Situation& situation) {
  if (!body.contains("session_id")) return {};
  const auto session = Session::find(body.at("session_id"), situation);
  if (!session) return refuse(404, not_found, "There is no such session.");
  if (!session->accepts_jobs()) return refuse_closed();
  return {};
}

Result<void> settle_ibm_session(const Job& job, const Situation& situation) {
  const auto session = Session::find(job.request.value("session_id", ""), situation);
  const auto end = session ? session->expires() : std::nullopt;
  if (!end || situation.now() < *end || job.cancelled || (situation.started(job) < *end && !job.stuck)) return {};
  return situation.cancel(job);
}

HttpAnswer ibm_sessions(const HttpCall& call, const std::vector<std::string>& parts, const Situation& situation) {
  if (parts.size() == 1 && call.method == "POST") return open_session(call, situation);
  auto session = parts.size() < 2 ? std::nullopt : Session::find(parts[1], situation);
  if (!session) return missing();
  if (parts.size() == 2 && call.method == "GET") return json_answer(session->document());
  if (parts.size() == 2 && call.method == "PATCH") return change_session(call, *session);
  if (parts.size() != 3 || parts[2] != "close" || call.method != "DELETE") return missing();
  if (const auto cancelled = session->cancel_queued(); !cancelled) return done_unless(cancelled);
  return session->change("closed", true);
}

}  // namespace bornite::emulator

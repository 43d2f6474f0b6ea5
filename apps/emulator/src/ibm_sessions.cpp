#include "ibm_sessions.hpp"

#include "fields.hpp"
#include "ibm_answers.hpp"
#include "ibm_device.hpp"

namespace bornite::emulator {
namespace {

using namespace ibm;

std::string session_name(const std::string& id) { return "ibm-session-" + id; }

HttpAnswer open_session(const HttpCall& call, const Situation& situation) {
  const auto body = parse_object(call.body);
  if (!body || unknown_key(*body, {"mode", "backend", "max_ttl"}))
    return refuse(400, bad_request, "A session has a mode, a backend and a max_ttl.");
  const std::string mode = body->contains("mode") && body->at("mode").is_string() ? body->at("mode") : Json("");
  const Json* backend = member(*body, "backend");
  const Json* life = member(*body, "max_ttl");
  if ((mode != "batch" && mode != "dedicated") || backend == nullptr || *backend != ibm_device ||
      (life != nullptr && !is_count(*life, 1, 28800)))
    return refuse(400, bad_request, "The mode is batch or dedicated, max_ttl at most 28800.");
  const std::string id = make_uuid();
  const Json session{{"id", id},
                     {"backend_name", ibm_device},
                     {"mode", mode},
                     {"max_ttl", body->value("max_ttl", 28800)},
                     {"state", "open"},
                     {"accepting_jobs", true},
                     {"created_at", iso_time(situation.now())}};
  const auto stored = situation.store().put_document(session_name(id), session);
  return stored ? json_answer(session) : done_unless(stored);
}

}  // namespace

Answered<void> check_ibm_session(const Json& body, const Situation& situation) {
  const Json* id = member(body, "session_id");
  if (id == nullptr) return {};
  const Json* session = situation.store().find_document(session_name(id->get<std::string>()));
  if (session == nullptr) return refuse(404, not_found, "There is no such session.");
  if (!session->at("accepting_jobs").get<bool>()) return refuse(400, bad_request, "The session accepts no more jobs.");
  return {};
}

HttpAnswer ibm_sessions(const HttpCall& call, const std::vector<std::string>& parts, const Situation& situation) {
  if (parts.size() == 1 && call.method == "POST") return open_session(call, situation);
  const Json* found = parts.size() < 2 ? nullptr : situation.store().find_document(session_name(parts[1]));
  if (found == nullptr) return missing();
  Json session = *found;
  if (parts.size() == 2 && call.method == "GET") return json_answer(session);
  if (parts.size() == 2 && call.method == "PATCH") {
    const auto body = parse_object(call.body);
    if (!body || unknown_key(*body, {"accepting_jobs"}) || !body->contains("accepting_jobs") ||
        !body->at("accepting_jobs").is_boolean())
      return refuse(400, bad_request, "The body must be {\"accepting_jobs\": false}.");
    session["accepting_jobs"] = body->at("accepting_jobs");
    return done_unless(situation.store().put_document(session_name(parts[1]), session));
  }
  if (parts.size() != 3 || parts[2] != "close" || call.method != "DELETE") return missing();
  for (const Job* job : situation.store().list("ibm"))
    if (job->request.value("session_id", "") == parts[1] && situation.phase(*job) == Phase::queued)
      if (const auto cancelled = situation.cancel(*job); !cancelled) return done_unless(cancelled);
  session["accepting_jobs"] = false;
  session["state"] = "closed";
  return done_unless(situation.store().put_document(session_name(parts[1]), session));
}

}  // namespace bornite::emulator

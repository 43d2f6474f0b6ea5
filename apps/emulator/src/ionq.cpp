// IonQ's REST API, version 0.4.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bornite/emulator/dialect.hpp"
#include "fields.hpp"
#include "ionq_documents.hpp"
#include "ionq_results.hpp"

namespace bornite::emulator {
namespace {

constexpr std::string_view provider = "ionq";
constexpr std::size_t page_size = 25;
constexpr std::size_t most_bytes = 10'000'000;

HttpAnswer refuse(int status, std::string_view message) { return json_answer(ionq_error(status, message), status); }

HttpAnswer refuse(const IonqRefusal& refusal) {
  Json document = ionq_error(400, refusal.message);
  document["validation"] = {{"keys", refusal.keys}, {"source", refusal.source}};
  return json_answer(document, 400);
}

HttpAnswer missing() { return refuse(404, "There is no such job."); }

/// /ionq/v0.4/ and then these.
std::vector<std::string> route(const HttpCall& call) {
  std::vector<std::string> parts = path_parts(call.path());
  if (parts.size() < 2 || parts[1] != "v0.4") return {};
  parts.erase(parts.begin(), parts.begin() + 2);
  return parts;
}

class IonqDialect final : public ProviderDialect {
 public:
  explicit IonqDialect(std::string token) {
    if (!token.empty()) key_ = std::move(token);
  }

  CallKind kind(const HttpCall& call) const override {
    const auto parts = route(call);
    if (parts.empty()) return CallKind::other;
    if (parts[0] == "backends") return CallKind::devices;
    if (parts[0] != "jobs") return CallKind::other;
    if (parts.back() == "cancel") return CallKind::cancel;
    if (parts.size() == 1) return call.method == "POST" ? CallKind::submit : CallKind::list;
    if (parts.size() == 2) return parts[1] == "estimate" ? CallKind::other : CallKind::status;
    return parts[2] == "results" || parts[2] == "artifacts" ? CallKind::result : CallKind::other;
  }

  HttpAnswer answer(const HttpCall& call, Situation& situation) override {
    const auto parts = route(call);
    if (parts.empty()) return refuse(404, "Not found.");
    if (parts[0] == "backends" && call.method == "GET") return backends(parts);
    if (call.header("Authorization") != "apiKey " + key_) return expire();
    if (parts[0] == "whoami" && parts.size() == 1)
      return json_answer({{"key_id", "00000000-0000-4000-8000-000000000001"}, {"key_name", "emulator"}});
    if (parts[0] != "jobs") return refuse(404, "Not found.");
    return jobs(call, parts, situation);
  }

  HttpAnswer trouble(int status) const override { return refuse(status, "The emulator's fault script asks for this."); }
  HttpAnswer expire() override { return refuse(401, "The API key is not valid."); }
  Access access() const override {
    return {.device = "qpu.emulated", .addresses = {{"endpoint", "/ionq/v0.4"}}, .token = key_};
  }

 private:
  static HttpAnswer backends(const std::vector<std::string>& parts) {
    if (parts.size() == 1) return json_answer(ionq_backends());
    for (const Json& backend : ionq_backends()) {
      if (backend.at("backend") != parts[1]) continue;
      if (parts.size() == 2) return json_answer(backend);
      if (parts[2] != "characterizations" || !backend.contains("characterization_id")) continue;
      if (parts.size() == 3)
        return json_answer({{"characterizations", Json::array({ionq_characterization()})}, {"pages", 1}});
      if (parts.size() == 4 && backend.at("characterization_id") == parts[3])
        return json_answer(ionq_characterization());
    }
    return refuse(404, "There is no such backend.");
  }

  static HttpAnswer jobs(const HttpCall& call, const std::vector<std::string>& parts, Situation& situation) {
    const std::string& method = call.method;
    if (parts.size() == 1 && method == "POST") return submit(call, situation);
    if (parts.size() == 1 && method == "GET") return list(call, situation);
    if (parts.size() == 2 && parts[1] == "estimate" && method == "GET") return estimate(call);
    if (parts.size() == 3 && parts[1] == "status" && parts[2] == "cancel" && method == "PUT")
      return cancel_many(call, situation);
    if (parts.size() < 2) return refuse(404, "Not found.");
    const IonqJob job = find_ionq_job(situation, parts[1]);
    if (job.record == nullptr) return missing();
    if (parts.size() == 2 && method == "GET") return json_answer(ionq_job_document(job, situation));
    if (parts.size() == 2 && method == "DELETE") return remove(job, situation);
    if (parts.size() == 3 && parts[2] == "cost") return json_answer(ionq_job_cost(job));
    if (parts.size() == 4 && parts[2] == "status" && parts[3] == "cancel" && method == "PUT")
      return cancel(job, situation);
    if (parts.size() == 4 && (parts[2] == "artifacts" || parts[2] == "results") && method == "GET")
      return result(job, parts[2], parts[3], situation);
    return refuse(404, "Not found.");
  }

  static HttpAnswer submit(const HttpCall& call, const Situation& situation) {
    if (call.body.size() > most_bytes) return refuse(413, "The request is larger than 10 MB.");
    if (!says_json(call)) return refuse(415, "The content type must be application/json.");
    const auto body = parse_object(call.body);
    if (!body) return refuse(400, "The body is not a JSON object.");
    if (const auto checked = check_ionq_request(*body); !checked) return refuse(checked.error());
    Job job{.id = make_uuid().replace(24, 12, "000000000000"), .provider = std::string(provider)};
    const auto circuits = read_ionq_circuits(*body);
    if (!circuits && circuits.error().code == "schema") return refuse({circuits.error().message, {"input"}});
    if (!circuits) {
      job.failure_code = circuits.error().code;
      job.failure_message = circuits.error().message;
    }
    job.request = {{"body", *body}, {"stats", circuits ? ionq_stats(*circuits) : Json::object()}};
    const std::string id = job.id;
    if (const auto stored = situation.accept(std::move(job)); !stored) return refuse(500, stored.error().message);
    return json_answer({{"id", id}, {"status", "submitted"}, {"session_id", nullptr}}, 201);
  }

  static HttpAnswer list(const HttpCall& call, const Situation& situation) {
    const QueryValues query(call.query());
    for (const auto& [key, value] : query.pairs())
      if (std::ranges::none_of(
              std::array{"ids", "parent_job_id", "status", "target", "session_id", "submitter_id", "limit", "next"},
              [&](const char* known) { return key == known; }))
        return refuse({fmt::format("The parameter \"{}\" is not known.", key), {key}, "query"});
    const auto limit = query.count("limit", page_size);
    if (!limit || *limit < 1 || *limit > page_size) return refuse({"limit must be from 1 to 25.", {"limit"}, "query"});
    const std::vector<IonqJob> jobs = select_ionq_jobs(query, situation);
    std::size_t first = 0;
    if (const auto next = query.get("next")) {
      const auto found = std::ranges::find(jobs, *next, [](const IonqJob& job) { return job.id(); });
      if (found == jobs.end()) return refuse({"next is no cursor of this list.", {"next"}, "query"});
      first = static_cast<std::size_t>(found - jobs.begin());
    }
    Json page{{"jobs", Json::array()}, {"next", nullptr}};
    const std::size_t end = std::min<std::size_t>(jobs.size(), first + *limit);
    for (std::size_t i = first; i < end; ++i) page["jobs"].push_back(ionq_job_document(jobs[i], situation));
    if (end < jobs.size()) page["next"] = jobs[end].id();
    return json_answer(page);
  }

  static HttpAnswer estimate(const HttpCall& call) {
    const QueryValues query(call.query());
    const std::string backend = query.get("backend").value_or("");
    if (ionq_qubits(backend) == 0) return refuse({"backend names no backend.", {"backend"}, "query"});
    const auto shots = query.count("shots", 1000);
    const auto one = query.count("1q_gates", 0);
    const auto two = query.count("2q_gates", 0);
    if (!shots || !one || !two) return refuse({"Numbers of shots and gates must be whole.", {"shots"}, "query"});
    return json_answer(ionq_estimate(backend, *shots, {*one, *two}));
  }

  static HttpAnswer cancel(const IonqJob& job, const Situation& situation) {
    if (is_final(situation.phase(*job.record)) && !job.record->cancelled)
      return refuse(400, "The job has ended and cannot be canceled.");
    if (const auto done = situation.cancel(*job.record); !done) return refuse(500, done.error().message);
    return json_answer({{"id", job.id()}, {"status", "canceled"}});
  }

  static HttpAnswer cancel_many(const HttpCall& call, const Situation& situation) {
    const auto body = parse_object(call.body);
    if (!body || unknown_key(*body, {"ids"}) || !body->contains("ids") || !body->at("ids").is_array())
      return refuse({"The body must be {\"ids\": [...]}.", {"ids"}});
    for (const Json& id : body->at("ids")) {
      const IonqJob job = id.is_string() ? find_ionq_job(situation, id.get<std::string>()) : IonqJob{};
      if (job.record == nullptr) return missing();
      if (HttpAnswer one = cancel(job, situation); one.status != 200) return one;
    }
    return json_answer({{"ids", body->at("ids")}, {"status", "canceled"}});
  }

  static HttpAnswer remove(const IonqJob& job, const Situation& situation) {
    Job changed = *job.record;
    changed.deleted = true;
    if (const auto done = situation.store().put(std::move(changed)); !done) return refuse(500, done.error().message);
    return json_answer({{"id", job.id()}, {"status", "deleted"}});
  }

  static HttpAnswer result(const IonqJob& job, const std::string& place, const std::string& id,
                           const Situation& situation) {
    if (situation.phase(*job.record) != Phase::done || job.body().value("dry_run", false))
      return refuse(404, "The job has no results yet.");
    const bool aggregate = is_multi_circuit(job.body()) && !job.child;
    if (aggregate && id != (place == "results" ? "probabilities" : "probabilities-aggregate"))
      return refuse(404, "There is no such artifact.");
    if (place == "results" && id != "probabilities" && id != "histogram") return refuse(404, "Not found.");
    const auto document =
        aggregate ? ionq_aggregate(job, situation.distortion()) : ionq_result(job, id, situation.distortion());
    if (!document) return refuse(500, document.error().message);
    if (!*document) return refuse(404, "There is no such artifact.");
    return json_answer(**document);
  }

  std::string key_ = "ionq-emulator-key";
};

}  // namespace

std::unique_ptr<ProviderDialect> make_ionq_dialect(std::string token) {
  return std::make_unique<IonqDialect>(std::move(token));
}

}  // namespace bornite::emulator

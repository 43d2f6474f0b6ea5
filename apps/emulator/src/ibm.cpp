// IBM Quantum's REST API with its token exchange.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bornite/emulator/dialect.hpp"
#include "fields.hpp"
#include "ibm_answers.hpp"
#include "ibm_device.hpp"
#include "ibm_documents.hpp"
#include "ibm_sessions.hpp"
#include "ibm_token.hpp"

namespace bornite::emulator {
namespace {

using namespace ibm;

constexpr std::array list_parameters{"limit",          "offset", "backend",       "pending",
                                     "program",        "tags",   "session_id",    "created_after",
                                     "created_before", "sort",   "exclude_params"};

/// What stands behind /ibm/api/v1/.
std::vector<std::string> route(const HttpCall& call) {
  std::vector<std::string> parts = path_parts(call.path());
  if (parts.size() < 3 || parts[1] != "api" || parts[2] != "v1") return {};
  parts.erase(parts.begin(), parts.begin() + 3);
  return parts;
}

bool is_token_call(const HttpCall& call) { return call.path() == "/ibm/identity/token"; }

class IbmDialect final : public ProviderDialect {
 public:
  explicit IbmDialect(std::string api_key) : tokens_(std::move(api_key)) {}

  CallKind kind(const HttpCall& call) const override {
    if (is_token_call(call)) return CallKind::token;
    const auto parts = route(call);
    if (parts.empty()) return CallKind::other;
    if (parts[0] == "backends") return CallKind::devices;
    if (parts[0] != "jobs") return CallKind::other;
    if (parts.size() == 1) return call.method == "POST" ? CallKind::submit : CallKind::list;
    if (parts.size() == 2) return CallKind::status;
    if (parts[2] == "results") return CallKind::result;
    return parts[2] == "cancel" ? CallKind::cancel : CallKind::other;
  }

  HttpAnswer answer(const HttpCall& call, Situation& situation) override {
    if (is_token_call(call)) return give_token(call, situation);
    const auto parts = route(call);
    if (parts.empty()) return missing();
    if (const auto admitted = admit(call, situation); !admitted) return admitted.error();
    if (parts[0] == "backends" && call.method == "GET") return devices(parts, situation);
    if (parts[0] == "sessions") return ibm_sessions(call, parts, situation);
    if (parts[0] == "jobs") return jobs(call, parts, situation);
    return missing();
  }

  HttpAnswer trouble(int status) const override {
    return refuse(status, status == 429 ? 1202 : 1006, "The emulator's fault script asks for this.");
  }
  HttpAnswer expire() override {
    tokens_.revoke();
    return refuse(401, bad_credentials, "The token is not valid or has run out.");
  }
  Access access() const override {
    return {.device = "ibm_emulated",
            .addresses = {{"endpoint", "/ibm/api/v1"}, {"iam_endpoint", "/ibm/identity/token"}},
            .options = {{"instance", "crn:v1:bluemix:public:quantum-computing:us-east:a/emulated::"}},
            .token = tokens_.api_key()};
  }

 private:
  HttpAnswer give_token(const HttpCall& call, const Situation& situation) {
    const auto iam_error = [](int status, const char* code, const char* message) {
      return json_answer({{"errorCode", code}, {"errorMessage", message}}, status);
    };
    if (call.method != "POST" ||
        !call.header("Content-Type").value_or("").starts_with("application/x-www-form-urlencoded"))
      return iam_error(400, "BXNIM0109E", "A form must be posted.");
    const QueryValues form(call.body);
    if (form.get("grant_type") != "urn:ibm:params:oauth:grant-type:apikey")
      return iam_error(400, "BXNIM0101E", "The grant type is not supported.");
    if (form.get("apikey") != tokens_.api_key()) return iam_error(400, "BXNIM0415E", "The API key is not known.");
    const auto expiration = std::chrono::floor<std::chrono::seconds>(situation.now() + IbmTokens::life);
    return json_answer({{"access_token", tokens_.issue(situation.now())},
                        {"refresh_token", "not_supported"},
                        {"token_type", "Bearer"},
                        {"expires_in", IbmTokens::life.count()},
                        {"expiration", expiration.time_since_epoch().count()},
                        {"scope", "ibm openid"}});
  }

  Answered<void> admit(const HttpCall& call, const Situation& situation) {
    const std::string_view authorization = call.header("Authorization").value_or("");
    if (!authorization.starts_with("Bearer ") || !tokens_.holds(authorization.substr(7), situation.now()))
      return refuse(401, bad_credentials, "The token is not valid or has run out.");
    const std::string crn(call.header("Service-CRN").value_or(""));
    std::vector<std::string> fields{""};
    for (const char c : crn) c == ':' ? static_cast<void>(fields.emplace_back()) : fields.back().push_back(c);
    if (fields.size() < 8 || fields[0] != "crn") return refuse(400, bad_request, "The header Service-CRN is no CRN.");
    if (fields[5] != "us-east") return refuse(404, wrong_region, "The instance is in another region.");
    if (call.header("IBM-API-Version").value_or("") < std::string_view("2025-01-01"))
      return refuse(400, bad_request, "The header IBM-API-Version must be a date from 2025-01-01 on.");
    return {};
  }

  static HttpAnswer devices(const std::vector<std::string>& parts, const Situation& situation) {
    if (parts.size() == 1) return json_answer(ibm_device_list(situation));
    if (parts.size() != 3 || parts[1] != ibm_device) return missing();
    if (parts[2] == "configuration") return json_answer(ibm_configuration());
    if (parts[2] == "properties") return json_answer(ibm_properties());
    if (parts[2] == "defaults") return json_answer(nullptr);
    if (parts[2] != "status") return missing();
    return json_answer({{"state", true},
                        {"status", "active"},
                        {"message", ""},
                        {"length_queue", ibm_device_list(situation).at("devices")[0].at("queue_length")},
                        {"backend_version", "1.0.0"}});
  }

  static HttpAnswer jobs(const HttpCall& call, const std::vector<std::string>& parts, const Situation& situation) {
    if (parts.size() == 1 && call.method == "POST") return submit(call, situation);
    if (parts.size() == 1 && call.method == "GET") return list(call, situation);
    if (parts.size() == 2 && parts[1].empty())  // as the real service does
      return {.body = "<!DOCTYPE html><title>emulator</title>", .content_type = "text/html"};
    const Job* job = parts.size() < 2 ? nullptr : situation.store().find("ibm", parts[1]);
    if (job == nullptr) return missing();
    if (const auto settled = settle_ibm_session(*job, situation); !settled) return done_unless(settled);
    if (parts.size() == 2) return one_job(call, *job, situation);
    if (parts.size() != 3) return missing();
    if (parts[2] == "results" && call.method == "GET") return results(*job, situation);
    if (parts[2] == "metrics" && call.method == "GET") return json_answer(ibm_metrics(*job, situation));
    if (parts[2] == "logs" && call.method == "GET") return {.body = "", .content_type = "text/plain"};
    if (parts[2] == "cancel" && call.method == "POST") return cancel(*job, situation);
    if (parts[2] == "tags" && call.method == "PUT") return replace_tags(call, *job, situation);
    return missing();
  }

  static HttpAnswer one_job(const HttpCall& call, const Job& job, const Situation& situation) {
    if (call.method == "GET") {
      const bool with_params = QueryValues(call.query()).get("exclude_params") != "true";
      return json_answer(ibm_job_document(job, situation, with_params));
    }
    if (call.method != "DELETE") return missing();
    if (!is_final(situation.phase(job))) return refuse(409, bad_request, "The job has not ended.");
    Job changed = job;
    changed.deleted = true;
    return done_unless(situation.store().put(std::move(changed)));
  }

  static HttpAnswer submit(const HttpCall& call, const Situation& situation) {
    if (!says_json(call)) return refuse(415, bad_request, "The content type must be application/json.");
    const auto body = parse_object(call.body);
    if (!body) return refuse(400, bad_request, "The body is not a JSON object.");
    if (const auto checked = check_ibm_request(*body); !checked)
      return refuse(400, checked.error().code, checked.error().message);
    if (const auto session = check_ibm_session(*body, situation); !session) return session.error();
    std::string id = make_uuid();
    std::erase(id, '-');
    Job job{.id = "d" + id.substr(0, 19), .provider = "ibm", .request = *body};
    for (const IbmPub& pub : read_ibm_pubs(*body)) {
      const auto work = prepare_ibm_pub(pub);
      if (work) continue;
      job.failure_code = fmt::format("{}", work.error().code);
      job.failure_message = work.error().message;
      break;
    }
    Json reply{{"id", job.id}, {"backend", body->at("backend")}};
    if (body->contains("session_id")) reply["session_id"] = body->at("session_id");
    if (const auto stored = situation.accept(std::move(job)); !stored) return refuse(500, 9999, stored.error().message);
    return json_answer(reply);
  }

  static HttpAnswer list(const HttpCall& call, const Situation& situation) {
    const QueryValues query(call.query());
    for (const auto& [key, value] : query.pairs())
      if (std::ranges::find(list_parameters, key) == list_parameters.end())
        return refuse(400, bad_request, fmt::format("The parameter \"{}\" is not known.", key));
    const auto limit = query.count("limit", 1);
    if (!limit || *limit < 1 || *limit > 200 || !query.count("offset", 0))
      return refuse(400, bad_request, "limit is from 1 to 200, offset from 0.");
    return json_answer(ibm_job_list(query, situation));
  }

  static HttpAnswer results(const Job& job, const Situation& situation) {
    switch (situation.phase(job)) {
      case Phase::failed:
        return {.body = fmt::format("Traceback (most recent call last):\n  {}\n", job.failure_message),
                .content_type = "text/plain"};
      case Phase::done: break;
      default: return done();
    }
    const auto document = ibm_results(job, situation.distortion());
    return document ? json_answer(*document) : refuse(500, 9999, document.error().message);
  }

  static HttpAnswer cancel(const Job& job, const Situation& situation) {
    if (is_final(situation.phase(job))) return refuse(409, bad_request, "The job has ended.");
    return done_unless(situation.cancel(job));
  }

  static HttpAnswer replace_tags(const HttpCall& call, const Job& job, const Situation& situation) {
    const auto body = parse_object(call.body);
    Json request = job.request;
    if (!body || unknown_key(*body, {"tags"}) || !body->contains("tags"))
      return refuse(400, 1204, "The body must be {\"tags\": [...]}.");
    request["tags"] = body->at("tags");
    if (const auto checked = check_ibm_request(request); !checked)
      return refuse(400, checked.error().code, checked.error().message);
    Job changed = job;
    changed.request = std::move(request);
    return done_unless(situation.store().put(std::move(changed)));
  }

  IbmTokens tokens_;
};

}  // namespace

std::unique_ptr<ProviderDialect> make_ibm_dialect(std::string token) {
  if (token.empty()) token = "ibm-emulator-key";
  return std::make_unique<IbmDialect>(std::move(token));
}

}  // namespace bornite::emulator

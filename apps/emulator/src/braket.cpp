// Amazon Braket's REST API, and of S3 as much as its results need.
#include <fmt/format.h>

#include <algorithm>

#include "aws_signature.hpp"
#include "bornite/emulator/dialect.hpp"
#include "braket_device.hpp"
#include "braket_documents.hpp"
#include "braket_search.hpp"
#include "braket_task.hpp"
#include "fields.hpp"

namespace bornite::emulator {
namespace {

constexpr std::size_t page_size = 100;

HttpAnswer refuse(int status, std::string_view type, std::string_view message) {
  HttpAnswer answer = json_answer({{"message", message}}, status);
  answer.headers.push_back({"x-amzn-ErrorType", std::string(type)});
  return answer;
}

HttpAnswer invalid(const BraketRefusal& refusal) {
  HttpAnswer answer = refuse(400, "ValidationException", refusal.message);
  if (refusal.reason.empty()) return answer;
  const Json failure{{"programIndex", 0}, {"errors", {refusal.message}}};
  answer.body = Json{{"message", refusal.message},
                     {"reason", refusal.reason},
                     {"programSetValidationFailures", Json::array({failure})}}
                    .dump();
  return answer;
}

HttpAnswer s3_error(int status, std::string_view code, std::string_view message) {
  return {.status = status,
          .body = fmt::format(
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{}</Message></Error>", code,
              message),
          .content_type = "application/xml"};
}

HttpAnswer missing() { return refuse(404, "ResourceNotFoundException", "There is no such resource."); }
HttpAnswer broken(const Error& error) { return refuse(500, "InternalServiceException", error.message); }

bool is_s3(const HttpCall& call) { return call.path().starts_with("/braket-s3/"); }

class BraketDialect final : public ProviderDialect {
 public:
  explicit BraketDialect(std::string secret_key) {
    if (!secret_key.empty()) credentials_.secret_key = std::move(secret_key);
  }

  CallKind kind(const HttpCall& call) const override {
    if (is_s3(call)) return CallKind::result;
    const auto parts = path_parts(call.path());
    if (parts.size() < 2) return CallKind::other;
    if (parts[1] == "device" || parts[1] == "devices") return CallKind::devices;
    if (parts[1] == "quantum-tasks") return CallKind::list;
    if (parts[1] != "quantum-task") return CallKind::other;
    if (parts.size() == 2) return CallKind::submit;
    return parts.size() == 3 ? CallKind::status : CallKind::cancel;
  }

  HttpAnswer answer(const HttpCall& call, Situation& situation) override {
    const std::string_view service = is_s3(call) ? "s3" : "braket";
    if (const auto refusal = check_aws_signature(call, credentials_, service, situation.now()))
      return is_s3(call) ? s3_error(403, refusal->type, refusal->message)
                         : refuse(403, refusal->type, refusal->message);
    if (is_s3(call)) return object(call, situation);
    return route(call, path_parts(call.path()), situation);
  }

  HttpAnswer trouble(int status) const override {
    return refuse(status, status == 429 ? "ThrottlingException" : "InternalServiceException",
                  "The emulator's fault script asks for this.");
  }
  HttpAnswer expire() override { return refuse(403, "ExpiredTokenException", "The security token has run out."); }
  Access access() const override {
    return {.device = "sv1",
            .addresses = {{"endpoint", "/braket"}, {"s3_endpoint", "/braket-s3"}},
            .options = {{"bucket", "emulated-results"}},
            .access_key = credentials_.access_key,
            .token = credentials_.secret_key};
  }

 private:
  static HttpAnswer route(const HttpCall& call, const std::vector<std::string>& parts, const Situation& situation) {
    const std::string place = parts.size() < 2 ? "" : parts[1];
    if (place == "quantum-task" && parts.size() == 2 && call.method == "POST") return create(call, situation);
    if (place == "quantum-tasks" && call.method == "POST") return search(call, situation);
    if (place == "devices" && call.method == "POST") return search_devices(call);
    if (place == "device" && parts.size() == 3 && call.method == "GET")
      return braket_qubits(parts[2]) == 0 ? missing() : json_answer(braket_device(parts[2]));
    if (place != "quantum-task" || parts.size() < 3) return missing();
    const Job* job = parts[2].starts_with(braket_arn_prefix)
                         ? situation.store().find("braket", std::string_view(parts[2]).substr(braket_arn_prefix.size()))
                         : nullptr;
    if (job == nullptr) return missing();
    if (parts.size() == 3 && call.method == "GET") {
      const auto extras = QueryValues(call.query()).list("additionalAttributeNames");
      return json_answer(braket_document(*job, situation, std::ranges::find(extras, "QueueInfo") != extras.end()));
    }
    if (parts.size() == 4 && parts[3] == "cancel" && call.method == "PUT") return cancel(call, *job, situation);
    return missing();
  }

  /// The same token and body give the same task.
  static HttpAnswer create(const HttpCall& call, const Situation& situation) {
    const auto body = parse_object(call.body);
    if (!body || !says_json(call)) return invalid({"The body is not a JSON object."});
    if (const auto checked = check_braket_request(*body); !checked) return invalid(checked.error());
    if (braket_qubits(body->at("deviceArn").get<std::string>()) == 0) return invalid({"There is no such device."});
    for (const Job* job : situation.store().list("braket")) {
      if (braket_body(*job).at("clientToken") != body->at("clientToken")) continue;
      if (braket_body(*job) != *body) return invalid({"The clientToken was used with another request."});
      return json_answer({{"quantumTaskArn", braket_arn(*job)}}, 201);
    }
    Job job{.id = make_uuid(), .provider = "braket", .request = {{"body", *body}}};
    if (const auto programs = read_braket_programs(*body); !programs) {
      job.failure_code = "COMPILATION";
      job.failure_message = programs.error().message;
    }
    const std::string arn = braket_arn(job);
    if (const auto stored = situation.accept(std::move(job)); !stored) return broken(stored.error());
    return json_answer({{"quantumTaskArn", arn}}, 201);
  }

  static HttpAnswer cancel(const HttpCall& call, const Job& job, const Situation& situation) {
    const auto body = parse_object(call.body);
    if (!body || unknown_key(*body, {"clientToken"}) || !body->contains("clientToken"))
      return invalid({"The body must be {\"clientToken\": ...}."});
    if (job.cancelled) return json_answer({{"quantumTaskArn", braket_arn(job)}, {"cancellationStatus", "CANCELLED"}});
    if (is_final(situation.phase(job))) return refuse(409, "ConflictException", "The task has ended.");
    if (const auto done = situation.cancel(job); !done) return broken(done.error());
    return json_answer({{"quantumTaskArn", braket_arn(job)}, {"cancellationStatus", "CANCELLING"}});
  }

  static HttpAnswer search(const HttpCall& call, const Situation& situation) {
    const auto body = parse_object(call.body);
    if (!body) return invalid({"The body is not a JSON object."});
    if (const auto checked = check_braket_filters(*body, true); !checked) return invalid({checked.error()});
    const std::string token = text_member(*body, "nextToken");
    const auto most = body->value("maxResults", page_size);
    Json page{{"quantumTasks", Json::array()}};
    bool started = token.empty();
    for (const Job* job : situation.store().list("braket")) {
      started = started || job->id == token;
      const Json summary = braket_summary(*job, situation);
      if (!started || !passes_braket_filters(summary, *body)) continue;
      if (page["quantumTasks"].size() == most) {
        page["nextToken"] = job->id;
        break;
      }
      page["quantumTasks"].push_back(summary);
    }
    return started ? json_answer(page) : invalid({"nextToken is not known."});
  }

  static HttpAnswer search_devices(const HttpCall& call) {
    const auto body = parse_object(call.body);
    if (!body) return invalid({"The body is not a JSON object."});
    if (const auto checked = check_braket_filters(*body, false); !checked) return invalid({checked.error()});
    Json page{{"devices", Json::array()}};
    for (const Json& device : braket_device_summaries())
      if (passes_braket_filters(device, *body)) page["devices"].push_back(device);
    return json_answer(page);
  }

  /// /braket-s3/BUCKET/PREFIX/TASK/results.json
  static HttpAnswer object(const HttpCall& call, const Situation& situation) {
    if (call.method != "GET") return s3_error(405, "MethodNotAllowed", "Objects can only be read.");
    const auto parts = path_parts(call.path());
    const HttpAnswer absent = s3_error(404, "NoSuchKey", "The specified key does not exist.");
    if (parts.size() < 5 || parts.back() != "results.json") return absent;
    const Job* job = situation.store().find("braket", parts[parts.size() - 2]);
    if (job == nullptr || situation.phase(*job) != Phase::done) return absent;
    const std::string bucket = braket_body(*job).at("outputS3Bucket");
    if (percent_decode(call.path()) != fmt::format("/braket-s3/{}/{}/results.json", bucket, braket_directory(*job)))
      return absent;
    const auto document = braket_results(*job, braket_arn(*job), situation);
    return document ? json_answer(*document) : s3_error(500, "InternalError", document.error().message);
  }

  AwsCredentials credentials_{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "emulator-session-token"};
};

}  // namespace

std::unique_ptr<ProviderDialect> make_braket_dialect(std::string token) {
  return std::make_unique<BraketDialect>(std::move(token));
}

}  // namespace bornite::emulator

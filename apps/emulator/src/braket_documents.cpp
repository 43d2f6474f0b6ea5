#include "braket_documents.hpp"

#include <fmt/format.h>

#include "braket_task.hpp"
#include "fields.hpp"

namespace bornite::emulator {
namespace {

std::string_view status_of(Phase phase) {
  switch (phase) {
    case Phase::queued: return "QUEUED";
    case Phase::running: return "RUNNING";
    case Phase::done: return "COMPLETED";
    case Phase::failed: return "FAILED";
    case Phase::cancelled: return "CANCELLED";
  }
  return "";
}

}  // namespace

std::string braket_arn(const Job& job) { return std::string(braket_arn_prefix) + job.id; }

const Json& braket_body(const Job& job) { return job.request.at("body"); }

std::string braket_directory(const Job& job) {
  return fmt::format("{}/{}", braket_body(job).at("outputS3KeyPrefix").get<std::string>(), job.id);
}

Json braket_summary(const Job& job, const Situation& situation) {
  const Json& body = braket_body(job);
  const Phase phase = situation.phase(job);
  Json summary{{"quantumTaskArn", braket_arn(job)},           {"status", status_of(phase)},
               {"deviceArn", body.at("deviceArn")},           {"shots", body.at("shots")},
               {"outputS3Bucket", body.at("outputS3Bucket")}, {"outputS3Directory", braket_directory(job)},
               {"createdAt", iso_time(job.created)}};
  if (is_final(phase)) summary["endedAt"] = iso_time(situation.ended(job));
  summary["tags"] = body.value("tags", Json::object());
  return summary;
}

Json braket_document(const Job& job, const Situation& situation, bool with_queue) {
  const Json& body = braket_body(job);
  const Json action = *parse_object(body.at("action").get<std::string>());
  const Phase phase = situation.phase(job);
  Json document = braket_summary(job, situation);
  document["deviceParameters"] = body.value("deviceParameters", "{}");
  document["numSuccessfulShots"] = phase == Phase::done ? body.at("shots") : Json(0);
  document["actionMetadata"] = {{"actionType", action.at("braketSchemaHeader").at("name")},
                                {"programCount", action.contains("programs") ? action.at("programs").size() : 1},
                                {"executableCount", count_executables(action)}};
  if (phase == Phase::failed) document["failureReason"] = job.failure_message;
  if (with_queue)
    document["queueInfo"] = {{"queue", "QUANTUM_TASKS_QUEUE"},
                             {"position", phase == Phase::queued ? "1" : "None"},
                             {"queuePriority", "Normal"}};
  return document;
}

}  // namespace bornite::emulator

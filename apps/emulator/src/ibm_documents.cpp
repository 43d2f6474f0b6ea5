#include "ibm_documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "fields.hpp"
#include "ibm_device.hpp"

namespace bornite::emulator {
namespace {

constexpr std::uint64_t page_size = 20;

std::size_t waiting(const Situation& situation) {
  const auto jobs = situation.store().list("ibm");
  return static_cast<std::size_t>(
      std::ranges::count_if(jobs, [&](const Job* job) { return situation.phase(*job) == Phase::queued; }));
}

bool has_tag(const Job& job, const std::string& tag) {
  const Json tags = job.request.value("tags", Json::array());
  return std::ranges::find(tags, Json(tag)) != tags.end();
}

bool is_selected(const Job& job, const QueryValues& query, const Situation& situation) {
  for (const std::string& tag : query.list("tags"))
    if (!has_tag(job, tag)) return false;
  if (const auto backend = query.get("backend"); backend && job.request.at("backend") != *backend) return false;
  if (const auto program = query.get("program"); program && job.request.at("program_id") != *program) return false;
  if (const auto session = query.get("session_id"); session && job.request.value("session_id", "") != *session)
    return false;
  if (const auto pending = query.get("pending"); pending && (*pending == "true") == is_final(situation.phase(job)))
    return false;
  const std::string created = iso_time(job.created);
  if (const auto after = query.get("created_after"); after && created < *after) return false;
  const auto before = query.get("created_before");
  return !before || created <= *before;
}

/// A number of IBM's, where the failure has one.
Json reason_code(const std::string& code) {
  int number = 0;
  std::from_chars(code.data(), code.data() + code.size(), number);
  return number == 0 ? Json(9999) : Json(number);
}

}  // namespace

Json ibm_error(int code, std::string_view message) {
  return {{"errors",
           {{{"code", code}, {"message", message}, {"solution", "See the emulator's README."}, {"more_info", ""}}}},
          {"trace", "emulated"}};
}

std::string_view ibm_status(Phase phase) {
  switch (phase) {
    case Phase::queued: return "Queued";
    case Phase::running: return "Running";
    case Phase::done: return "Completed";
    case Phase::failed: return "Failed";
    case Phase::cancelled: return "Cancelled";
  }
  return "";
}

Json ibm_job_document(const Job& job, const Situation& situation, bool with_params) {
  const Phase phase = situation.phase(job);
  Json state{{"status", ibm_status(phase)}};
  if (phase == Phase::failed) {
    state["reason"] = job.failure_message;
    state["reason_code"] = reason_code(job.failure_code);
  }
  Json document{{"id", job.id},
                {"backend", job.request.at("backend")},
                {"status", ibm_status(phase)},
                {"state", std::move(state)},
                {"created", iso_time(job.created)},
                {"program", {{"id", job.request.at("program_id")}}},
                {"tags", job.request.value("tags", Json::array())},
                {"cost", job.request.value("cost", 600)},
                {"private", false}};
  const double seconds = static_cast<double>((situation.ended(job) - situation.started(job)).count()) / 1000;
  document["estimated_running_time_seconds"] = seconds;
  document["usage"] = {{"seconds", phase == Phase::done ? seconds : 0}};
  if (is_final(phase)) document["ended"] = iso_time(situation.ended(job));
  if (job.request.contains("session_id")) document["session_id"] = job.request.at("session_id");
  if (with_params) document["params"] = job.request.at("params");
  return document;
}

Json ibm_metrics(const Job& job, const Situation& situation) {
  const Phase phase = situation.phase(job);
  Json times{{"created", iso_time(job.created)}, {"running", nullptr}, {"finished", nullptr}};
  if (phase != Phase::queued) times["running"] = iso_time(situation.started(job));
  if (is_final(phase)) times["finished"] = iso_time(situation.ended(job));
  return {{"timestamps", std::move(times)}, {"usage", {{"quantum_seconds", 0}}}};
}

Json ibm_job_list(const QueryValues& query, const Situation& situation) {
  std::vector<const Job*> jobs = situation.store().list("ibm");
  std::erase_if(jobs, [&](const Job* job) { return !is_selected(*job, query, situation); });
  if (query.get("sort") == "ASC") std::ranges::reverse(jobs);
  const std::uint64_t limit = query.count("limit", page_size).value_or(page_size);
  const std::uint64_t offset = query.count("offset", 0).value_or(0);
  Json page{{"jobs", Json::array()}, {"count", jobs.size()}, {"limit", limit}, {"offset", offset}};
  const bool with_params = query.get("exclude_params") != "true";
  for (std::size_t i = offset; i < std::min<std::size_t>(jobs.size(), offset + limit); ++i)
    page["jobs"].push_back(ibm_job_document(*jobs[i], situation, with_params));
  return page;
}

Result<Json> ibm_results(const Job& job, Distortion distortion) {
  Json results = Json::array();
  std::size_t number = 0;
  for (const IbmPub& pub : read_ibm_pubs(job.request)) {
    BORNITE_TRY(Json data, ibm_pub_result(pub, seed_of(fmt::format("{}/{}", job.id, number++)), distortion));
    results.push_back({{"data", std::move(data)}, {"metadata", {{"circuit_metadata", Json::object()}}}});
  }
  return Result<Json>(boost::system::in_place_value,
                      Json{{"results", std::move(results)}, {"metadata", {{"version", 2}}}});
}

Json ibm_device_list(const Situation& situation) {
  Json device{{"name", ibm_device},
              {"status", {{"name", "online"}, {"reason", "available"}}},
              {"qubits", ibm_qubits},
              {"clops", {{"type", "hardware"}, {"value", 1000}}},
              {"processor_type", {{"family", "Emulated"}, {"revision", "1"}}},
              {"queue_length", waiting(situation)},
              {"performance_metrics", {{"two_q_error_best", {{"value", 0.004}, {"unit", nullptr}}}}}};
  return {{"devices", Json::array({std::move(device)})}};
}

}  // namespace bornite::emulator

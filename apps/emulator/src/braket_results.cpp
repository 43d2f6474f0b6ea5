#include <fmt/format.h>

#include "braket_device.hpp"
#include "braket_task.hpp"
#include "fields.hpp"

namespace bornite::emulator {
namespace {

Json header(std::string_view name) { return {{"name", name}, {"version", "1"}}; }

Json digits(std::string_view text) {
  Json list = Json::array();
  for (const char c : text) list.push_back(c == '1' ? 1 : 0);
  return list;
}

/// Shots, or on the processor only probabilities.
void put_outcome(Json& document, const Outcome& counts, bool probabilities, Distortion distortion) {
  if (probabilities) {
    const Outcome shares = distorted(as_probabilities(counts), distortion);
    Json& map = document["measurementProbabilities"] = Json::object();
    for (std::size_t i = 0; i < shares.texts.size(); ++i) map[shares.texts[i]] = shares.weights[i];
    return;
  }
  const Outcome shots = distorted(counts, distortion);
  Json& list = document["measurements"] = Json::array();
  for (std::size_t i = 0; i < shots.texts.size(); ++i)
    list.insert(list.end(), static_cast<std::size_t>(shots.weights[i]), digits(shots.texts[i]));
}

class ResultWriter {
 public:
  ResultWriter(const Job& job, const std::string& arn, const Situation& situation)
      : job_(job), body_(job.request.at("body")), arn_(arn), situation_(situation) {}

  Result<Json> write() const {
    BORNITE_TRY(const auto programs, read_braket_programs(body_));
    const auto action = *parse_object(body_.at("action").get<std::string>());
    return is_program_set(action) ? set_result(programs) : program_result(programs.front(), action);
  }

 private:
  [[nodiscard]] std::uint64_t shots() const { return body_.at("shots"); }
  [[nodiscard]] bool probabilities_only() const { return body_.at("deviceArn") == braket_processor; }

  Result<Json> program_result(const BraketProgram& program, const Json& action) const {
    BORNITE_TRY(const auto outcomes,
                sample_rows(measured_program(program.program), program.rows, shots(), seed_of(job_.id)));
    Json document{{"braketSchemaHeader", header("braket.task_result.gate_model_task_result")}};
    put_outcome(document, outcomes.front(), probabilities_only(), situation_.distortion());
    document["measuredQubits"] = measured_program(program.program).measured;
    document["resultTypes"] = Json::array();
    document["taskMetadata"] = {{"braketSchemaHeader", header("braket.task_result.task_metadata")},
                                {"id", arn_},
                                {"shots", shots()},
                                {"deviceId", body_.at("deviceArn")},
                                {"createdAt", iso_time(job_.created)},
                                {"endedAt", iso_time(situation_.ended(job_))},
                                {"status", "COMPLETED"}};
    document["additionalMetadata"] = {{"action", action}};
    return Result<Json>(boost::system::in_place_value, std::move(document));
  }

  Result<Json> executables(const BraketProgram& program, std::uint64_t each, std::size_t number) const {
    const Program measured = measured_program(program.program);
    BORNITE_TRY(const auto outcomes,
                sample_rows(measured, program.rows, each, seed_of(fmt::format("{}/{}", job_.id, number))));
    Json list = Json::array();
    for (std::size_t row = 0; row < outcomes.size(); ++row) {
      Json entry{{"braketSchemaHeader", header("braket.task_result.program_set_executable_result")}};
      put_outcome(entry, outcomes[row], probabilities_only(), situation_.distortion());
      entry["measuredQubits"] = measured.measured;
      entry["inputsIndex"] = row;
      list.push_back(std::move(entry));
    }
    return Result<Json>(boost::system::in_place_value, std::move(list));
  }

  Result<Json> set_result(const std::vector<BraketProgram>& programs) const {
    std::size_t count = 0;
    for (const BraketProgram& program : programs) count += program.rows.size();
    Json results = Json::array();
    Json metadata = Json::array();
    for (const BraketProgram& program : programs) {
      BORNITE_TRY(Json list, executables(program, shots() / count, results.size()));
      metadata.push_back({{"executables", std::vector<Json>(list.size(), Json::object())}});
      results.push_back({{"braketSchemaHeader", header("braket.task_result.program_result")},
                         {"executableResults", std::move(list)},
                         {"source", program.source},
                         {"additionalMetadata", Json::object()}});
    }
    Json task{{"braketSchemaHeader", header("braket.task_result.program_set_task_metadata")},
              {"id", arn_},
              {"deviceId", body_.at("deviceArn")},
              {"requestedShots", shots()},
              {"successfulShots", shots()},
              {"programMetadata", std::move(metadata)},
              {"createdAt", iso_time(job_.created)},
              {"endedAt", iso_time(situation_.ended(job_))},
              {"status", "COMPLETED"},
              {"totalFailedExecutables", 0}};
    return Result<Json>(boost::system::in_place_value,
                        Json{{"braketSchemaHeader", header("braket.task_result.program_set_task_result")},
                             {"programResults", std::move(results)},
                             {"taskMetadata", std::move(task)}});
  }

  const Job& job_;
  const Json& body_;
  const std::string& arn_;
  const Situation& situation_;
};

}  // namespace

Result<Json> braket_results(const Job& job, const std::string& arn, const Situation& situation) {
  return ResultWriter(job, arn, situation).write();
}

}  // namespace bornite::emulator

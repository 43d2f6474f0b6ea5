// bornite jobs

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/job/cancel.hpp"
#include "bornite/util/secret.hpp"
#include "command.hpp"
#include "job_session.hpp"
#include "shot_output.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  JobOptions jobs;
  std::string run;  ///< a run, or a job by its number, token or the provider's id
  std::string job;  ///< the provider's id, for adopt
  bool all = false;
  std::size_t most = 16;
};

constexpr const char* examples = R"(Examples:
  bornite jobs list
  bornite jobs wait sample-20261120-101500-1a2b
  bornite jobs fetch sample-20261120-101500-1a2b --json
  bornite jobs cancel 17
  bornite jobs adopt 5f6c... THE-PROVIDERS-ID

A job is named by its number, its token or the provider's id. The journal of a training is jobs.sqlite in its folder:
  bornite jobs list --journal runs/mine/jobs.sqlite)";

std::string time_of(Clock::Instant instant) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(instant)));
}

Json to_json(const JobRecord& record) {
  const auto optional = [](const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); };
  return {{"number", record.number},
          {"run", record.run},
          {"unit", record.unit},
          {"first_row", record.part.first_row},
          {"rows", record.part.rows},
          {"first_shot", record.part.first_shot},
          {"purpose", record.purpose},
          {"backend", record.backend},
          {"state", to_string(record.state)},
          {"token", record.token},
          {"job", record.job},
          {"qubits", record.shape.qubits},
          {"shots", record.shape.total_shots()},
          {"usd", optional(record.price.usd)},
          {"qpu_seconds", optional(record.price.qpu_seconds)},
          {"calibration", record.calibration},
          {"message", record.message},
          {"created", time_of(record.created)},
          {"changed", time_of(record.changed)}};
}

void print_list(const std::vector<JobRecord>& records) {
  using enum TextTable::Align;
  TextTable table({{"job"},
                   {"state", left},
                   {"backend", left},
                   {"run", left},
                   {"purpose", left},
                   {"shots"},
                   {"cost"},
                   {"changed (UTC)", left},
                   {"provider's id", left}});
  for (const JobRecord& record : records)
    table.add_row({fmt::format("{}", record.number), std::string(to_string(record.state)), record.backend, record.run,
                   record.purpose, fmt::format("{}", record.shape.total_shots()),
                   record.price.usd ? fmt::format("{:.2f} $", *record.price.usd)
                                    : (record.price.qpu_seconds ? fmt::format("{:.1f} s", *record.price.qpu_seconds)
                                                                : std::string("-")),
                   time_of(record.changed), record.job});
  fmt::print("{}", table.to_text());
}

Result<int> list(const Options& options) {
  BORNITE_TRY(const Journal journal, open_journal(options.jobs.journal));
  BORNITE_TRY(std::vector<JobRecord> records,
              options.run.empty() ? journal.records() : journal.records(std::string_view(options.run)));
  if (!options.all && options.run.empty())
    std::erase_if(records, [](const JobRecord& record) { return is_final(record.state); });
  if (options.common.json) {
    Json document = Json::array();
    for (const JobRecord& record : records) document.push_back(to_json(record));
    print_document(document);
  } else if (records.empty()) {
    fmt::print("No {}jobs in {}.{}\n", options.all ? "" : "unfinished ", journal.path().string(),
               options.all ? "" : " --all lists those that have ended too.");
  } else {
    print_list(records);
  }
  return 0;
}

Result<int> show(const Options& options) {
  BORNITE_TRY(const Journal journal, open_journal(options.jobs.journal));
  BORNITE_TRY(const JobRecord record, journal.find(options.run));
  const Json document = to_json(record);
  if (options.common.json) {
    print_document(document);
    return 0;
  }
  for (const auto& [key, value] : document.items())
    fmt::print("{:<12} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
  return 0;
}

/// The records that a name means: those of a run, or one job.
Result<std::vector<JobRecord>> named(const Journal& journal, const std::string& name) {
  BORNITE_TRY(std::vector<JobRecord> records, journal.records(std::string_view(name)));
  if (!records.empty()) return records;
  BORNITE_TRY(JobRecord record, journal.find(name));
  return std::vector{std::move(record)};
}

Result<int> wait(const Options& options) {
  BORNITE_TRY(Journal journal, open_journal(options.jobs.journal));
  BORNITE_TRY(const auto records, named(journal, options.run));
  const std::string& specification = records.front().backend;
  BORNITE_TRY(const auto backend, make_backend(options.common, specification));
  BORNITE_TRY(const auto engine,
              JobEngine::create(*backend, specification, journal, records.front().run, engine_options(options.jobs)));
  BORNITE_CHECK(engine->collect());
  BORNITE_TRY(const auto after, journal.records(std::string_view(records.front().run)));
  if (options.common.json) {
    Json document = Json::array();
    for (const JobRecord& record : after) document.push_back(to_json(record));
    print_document(document);
  } else {
    print_list(after);
  }
  return 0;
}

Result<int> fetch(const Options& options) {
  BORNITE_TRY(const Journal journal, open_journal(options.jobs.journal));
  BORNITE_TRY(const auto records, named(journal, options.run));
  Json document = Json::array();
  for (const JobRecord& record : records) {
    BORNITE_TRY(const ShotTable table, journal.outcomes(record));
    if (options.common.json) {
      Json entry = to_json(record);
      entry["outcomes"] = bornite::cli::to_json(table);
      document.push_back(std::move(entry));
    } else {
      fmt::print("Job {} ({}), rows from {}:\n", record.number, record.purpose, record.part.first_row);
      print_table(table, options.most);
    }
  }
  if (options.common.json) print_document(document);
  return 0;
}

Result<int> cancel(const Options& options) {
  BORNITE_TRY(Journal journal, open_journal(options.jobs.journal));
  BORNITE_TRY(auto records, named(journal, options.run));
  BORNITE_TRY(const RunLock lock, journal.lock(records.front().run));
  BORNITE_TRY(const auto backend, make_backend(options.common, records.front().backend));
  for (JobRecord& record : records) BORNITE_CHECK(cancel_job(journal, *backend, record));
  BORNITE_TRY(const auto after, named(journal, options.run));
  print_list(after);
  return 0;
}

Result<JobRecord> undecided(const Journal& journal, const std::string& name) {
  BORNITE_TRY(JobRecord record, journal.find(name));
  if (record.state == RecordState::sent || record.state == RecordState::unknown) return record;
  return Error{ErrorKind::usage,
               fmt::format("Job {} is {}; only a job whose fate is not known can be adopted or forgotten.", name,
                           to_string(record.state)),
               "'bornite jobs list' shows the states."};
}

Result<int> adopt(const Options& options) {
  BORNITE_TRY(Journal journal, open_journal(options.jobs.journal));
  BORNITE_TRY(JobRecord record, undecided(journal, options.run));
  BORNITE_TRY(const RunLock lock, journal.lock(record.run));
  BORNITE_TRY(const auto backend, make_backend(options.common, record.backend));
  BORNITE_CHECK(backend->poll(options.job));  // there must be such a job
  BORNITE_CHECK(journal.mark_accepted(record, options.job));
  fmt::print("Job {} is now {} of {}. Collect it with: bornite jobs wait {}\n", record.number, options.job,
             record.backend, shell_word(record.run));
  return 0;
}

Result<int> forget(const Options& options) {
  BORNITE_TRY(Journal journal, open_journal(options.jobs.journal));
  BORNITE_TRY(JobRecord record, undecided(journal, options.run));
  BORNITE_TRY(const RunLock lock, journal.lock(record.run));
  BORNITE_CHECK(journal.mark_ended(record, RecordState::failed, "forgotten on request: it never reached the provider"));
  fmt::print("Job {} is forgotten; the command that asked for it will send it anew.\n", record.number);
  return 0;
}

using Action = Result<int> (*)(const Options&);

CLI::App& add_action(CLI::App& jobs, const std::shared_ptr<Options>& options, int& exit_code, const std::string& name,
                     const std::string& help, const std::string& argument, Action action, bool needs_backend) {
  CLI::App& command = add_command(jobs, name, help);
  CLI::Option& positional = add_text(command, "job", options->run, "NAME", argument);
  if (name != "list") require(positional);
  add_path(command, "--journal", options->jobs.journal, "FILE", "Record of the jobs; default: the user's");
  if (needs_backend) {
    add_backend_options(command, options->common);
    add_plugin_options(command, options->common);
  }
  add_output_options(command, options->common);
  set_callback(command, [options, &exit_code, action] {
    exit_code = run_command(options->common, [&] { return action(*options); });
  });
  return command;
}

}  // namespace

void add_jobs_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App& jobs = add_command(app, "jobs", "Look after jobs that run elsewhere", examples);
  require_subcommand(jobs);
  const std::string either = "A run, or one job";
  CLI::App& list_command = add_action(jobs, options, exit_code, "list", "List the jobs that have not ended",
                                      "A run; default: all", list, false);
  add_flag(list_command, "--all", options->all, "Also those that have ended");
  add_action(jobs, options, exit_code, "show", "All about one job", "The job", show, false);
  CLI::App& wait_command =
      add_action(jobs, options, exit_code, "wait", "Wait for a run's jobs and keep their outcomes", either, wait, true);
  add_count(
      wait_command, "--deadline", 1, 10'000'000, [options](std::size_t n) { options->jobs.deadline = n; },
      "Seconds to wait; default: a day");
  CLI::App& fetch_command =
      add_action(jobs, options, exit_code, "fetch", "Print outcomes that the journal has", either, fetch, false);
  add_count(
      fetch_command, "--most", 1, 1'000'000'000, [options](std::size_t n) { options->most = n; },
      "Strings to print of each row; default: 16");
  add_action(jobs, options, exit_code, "cancel", "Cancel jobs that have not ended", either, cancel, true);
  CLI::App& adopt_command =
      add_action(jobs, options, exit_code, "adopt", "Say that a job whose answer was lost is one of the provider's",
                 "The job", adopt, true);
  require(add_text(adopt_command, "id", options->job, "ID", "The provider's id"));
  add_action(jobs, options, exit_code, "forget", "Say that a job whose answer was lost never reached the provider",
             "The job", forget, false);
}

}  // namespace bornite::cli

// bornite sample

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/backend/sample.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/train/angles.hpp"
#include "bornite/train/settings.hpp"
#include "bornite/train/trainer.hpp"
#include "bornite/util/parallel.hpp"
#include "command.hpp"
#include "interruption.hpp"
#include "job_session.hpp"
#include "program_file.hpp"
#include "shot_output.hpp"
#include "signals.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string program;
  std::size_t qubits = 0;
  std::string theta;
  std::size_t most = 16;
  JobOptions jobs;
  std::string name;
  bool dry_run = false;
  bool leave = false;
};

constexpr const char* examples = R"(Examples:
  bornite sample --qubits 5 --ansatz ring --depth 2 --shots 1000 --seed 1
  bornite sample --qubits 17 --theta runs/mnist01-elbo-1/angles.txt --json
  bornite sample bell.qasm --shots 1000

Bitstrings are printed with qubit 0 first; those of a program with its classical bits in the order of their declaration,
bits that nothing is measured into left out, or with all declared qubits if nothing is measured. Without --theta the angles of an
ansatz are random, from the seed; a program's inputs always need it, in the order of their declaration.

On a backend that runs elsewhere the jobs are recorded before they are sent. After an interruption the same command with the
--name of the run goes on with them and sends nothing twice; `bornite jobs` shows and collects them too.
  bornite sample bell.qasm --backend ionq:simulator --shots 1000 --name bell --budget-usd 5)";

/// What is to be run, and which qubits are wanted of its outcomes.
struct Work {
  Circuit circuit;
  std::vector<std::size_t> bits;  ///< empty: all
  ParameterRows rows;
};

Result<ParameterRows> read_rows(const Options& options, std::size_t parameters, ParameterRows otherwise) {
  return options.theta.empty() ? std::move(otherwise) : load_angles(options.theta, parameters);
}

Result<Work> ansatz_work(const Options& options, const CircuitSettings& settings, std::uint64_t seed) {
  Circuit circuit = make_ansatz(settings.ansatz, options.qubits, settings.depth);
  const std::size_t parameters = circuit.parameters();
  BORNITE_TRY(ParameterRows rows,
              read_rows(options, parameters, ParameterRows(1, parameters, initial_angles(parameters, seed, 0))));
  return Work{std::move(circuit), {}, std::move(rows)};
}

/// Without the inputs that come after all that the circuit uses.
ParameterRows first_columns(const ParameterRows& rows, std::size_t columns) {
  std::vector<double> values;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    values.insert(values.end(), rows[row].begin(), rows[row].begin() + static_cast<std::ptrdiff_t>(columns));
  return {rows.rows(), columns, std::move(values)};
}

Result<Work> program_work(const Options& options) {
  BORNITE_TRY(ProgramFile program, load_program(options.program));
  const std::size_t inputs = program.inputs.size();
  if (inputs > 0 && options.theta.empty())
    return Error{ErrorKind::usage,
                 fmt::format("The program {} has {} input{} ({}{}).", options.program, inputs, inputs == 1 ? "" : "s",
                             program.inputs[0], inputs == 1 ? "" : ", ..."),
                 "Give a file with their values, a row per run, with --theta FILE."};
  BORNITE_TRY(const ParameterRows rows, read_rows(options, inputs, ParameterRows(1, 0, {})));
  ParameterRows used = first_columns(rows, program.circuit.parameters());
  return Work{std::move(program.circuit), {program.measured.begin(), program.measured.end()}, std::move(used)};
}

Result<Work> read_work(const Options& options, const CircuitSettings& settings, std::uint64_t seed) {
  if (options.program.empty() == (options.qubits == 0))
    return Error{
        ErrorKind::usage,
        options.program.empty() ? "There is no circuit to run." : "A program says itself how many qubits it has.",
        "Give either a file of OpenQASM or --qubits N for an ansatz."};
  return options.program.empty() ? ansatz_work(options, settings, seed) : program_work(options);
}

Result<ShotTable> selected(const ShotTable& table, const std::vector<std::size_t>& bits) {
  if (bits.empty()) return table;
  std::vector<ShotRow> rows;
  for (std::size_t r = 0; r < table.rows(); ++r) rows.push_back(select_bits(table[r], bits));
  return ShotTable::create(std::move(rows));
}

/// Sends the jobs and leaves them.
Result<ShotTable> send(JobSession& session, const SampleRequest& request) {
  if (!session.engine())
    return Error{ErrorKind::usage, "A local backend has no jobs that could be left.", "Leave out --leave."};
  const WorkUnit unit = unit_of(request);
  BORNITE_CHECK(session.engine()->send(std::span(&unit, 1)));
  return ShotTable();
}

Error with_way_on(Error error, const std::string& run) {
  error.hint += fmt::format("{}The jobs are recorded as run {}.", error.hint.empty() ? "" : " ", run);
  return error;
}

/// What the jobs would take.
Result<int> print_forecast(QuantumBackend& backend, const std::string& specification, const SampleRequest& request,
                           bool json) {
  BORNITE_TRY(const Spending spending, forecast(request, backend));
  if (json) {
    nlohmann::ordered_json document{{"backend", specification}, {"jobs", spending.jobs}, {"shots", spending.shots}};
    document["usd"] = spending.jobs_without_usd == 0 ? nlohmann::ordered_json(spending.usd) : nullptr;
    document["qpu_seconds"] =
        spending.jobs_without_seconds == 0 ? nlohmann::ordered_json(spending.qpu_seconds) : nullptr;
    print_document(document);
    return 0;
  }
  fmt::print("Nothing was sent. On {} this would take:\n", specification);
  fmt::print("  jobs     {}\n  shots    {}\n", spending.jobs, spending.shots);
  const auto known = [](std::uint64_t without, double amount, std::string_view unit) {
    return without > 0 ? std::string("not known") : fmt::format("{:.4g} {}, as estimated", amount, unit);
  };
  fmt::print("  money    {}\n", known(spending.jobs_without_usd, spending.usd, "US dollars"));
  fmt::print("  time     {}\n", known(spending.jobs_without_seconds, spending.qpu_seconds, "s of the processor"));
  return 0;
}

Result<int> run_sample(const Options& options) {
  const ThreadLimit limit(options.common.threads);
  BORNITE_TRY(Config config, read_config(options.common));
  BORNITE_TRY(const CircuitSettings settings, read_circuit_settings(config));
  BORNITE_TRY(const std::uint64_t shots, config.count("shots", 1024, 1));
  BORNITE_TRY(const std::uint64_t seed, config.count("seed", 0));
  BORNITE_TRY(const std::string specification, config.text("backend", "statevector"));
  BORNITE_CHECK(config.refuse_unread());
  BORNITE_TRY(auto backend, make_backend(options.common, specification));
  if (options.program.empty()) BORNITE_CHECK(check_qubits(*backend, specification, options.qubits));
  BORNITE_TRY(const Work work, read_work(options, settings, seed));
  BORNITE_CHECK(check_size(work.circuit, backend->capabilities()));
  const SampleRequest request{
      .circuit = work.circuit, .rows = work.rows, .shots = Shots(shots), .stream = {.seed = seed}};
  if (options.dry_run) return print_forecast(*backend, specification, request, options.common.json);
  const std::string run = options.name.empty() ? fresh_run_name("sample") : options.name;
  BORNITE_TRY(JobSession session, JobSession::open(std::move(backend), specification, options.jobs, run));
  auto sampled = options.leave ? send(session, request) : sample(session.backend(), request);
  if (stop_requested()) settle_jobs(session, options.jobs.on_interrupt);
  if (!sampled) return session.engine() ? with_way_on(sampled.error(), run) : sampled.error();
  if (options.leave) {
    fmt::print("{}\n", run);
    return 0;
  }
  BORNITE_TRY(const ShotTable table, selected(*sampled, work.bits));
  if (options.common.json) {
    nlohmann::ordered_json document{{"rows", to_json(table)}};
    if (session.engine()) document["run"] = run;
    print_document(document);
  } else {
    print_table(table, options.most);
  }
  return 0;
}

}  // namespace

void add_sample_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "sample", "Run a circuit and print the bitstrings that it yields", examples);
  CommonOptions& common = options->common;
  add_path(command, "program", options->program, "FILE.qasm", "OpenQASM 3 or 2");
  add_count(
      command, "--qubits", 1, 1'000'000, [options](std::size_t n) { options->qubits = n; },
      "Number of qubits of an ansatz");
  add_circuit_options(command, common);
  add_path(command, "--theta", options->theta, "FILE", "File of angles, one row per line; default: random ones");
  add_setting(command, common, "--backend", "backend", "NAME or NAME:DEVICE; see `bornite backends`");
  add_setting(command, common, "--shots", "shots", "Shots of each row; default: 1024", "N");
  add_setting(command, common, "--seed", "seed", "Of all random numbers", "N");
  add_count(
      command, "--most", 1, 1'000'000'000, [options](std::size_t n) { options->most = n; },
      "Strings to print of each row; default: 16");
  add_text(command, "--name", options->name, "NAME",
           "Name of the run in the journal; the same name again goes on with its jobs");
  add_flag(command, "--leave", options->leave, "Send the jobs, print the run's name and do not wait");
  add_flag(command, "--dry-run", options->dry_run, "Print what the jobs would take, and stop");
  add_job_options(command, options->jobs);
  add_backend_options(command, common);
  add_plugin_options(command, common);
  add_output_options(command, common);
  set_callback(command, [options, &exit_code] {
    exit_code = run_command(options->common, [&] { return run_sample(*options); });
  });
}

}  // namespace bornite::cli

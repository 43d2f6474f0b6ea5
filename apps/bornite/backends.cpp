// bornite backends

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "text_table.hpp"

namespace bornite::cli {
namespace {

struct Options {
  CommonOptions common;
  std::string backend;
};

constexpr const char* examples = R"(Examples:
  bornite backends
  bornite backends --plugin-path /opt/my-plugins --json
  bornite backends devices ionq
  bornite backends show ibm:ibm_fez

Plugins that cannot be used are listed by `bornite doctor` with the reason.)";

int list_backends(const CommonOptions& options) {
  const Backends backends = find_backends(options);
  if (options.json) {
    auto document = nlohmann::ordered_json::array();
    for (const BackendFactory& factory : backends.registry.factories())
      document.push_back({{"name", factory.name},
                          {"version", factory.version},
                          {"description", factory.description},
                          {"plugin", factory.origin.path.string()}});
    print_document(document);
    return 0;
  }
  using enum TextTable::Align;
  TextTable table({{"backend", left}, {"version", left}, {"from", left}, {"", left}});
  for (const BackendFactory& factory : backends.registry.factories())
    table.add_row({factory.name, factory.version, factory.origin.built_in() ? "built in" : factory.origin.path.string(),
                   factory.description});
  fmt::print("{}", table.to_text());
  if (const auto skipped = backends.registry.skipped().size(); skipped > 0)
    fmt::print("\n{} plugin{} skipped; `bornite doctor` says why.\n", skipped, skipped == 1 ? " was" : "s were");
  return 0;
}

using Json = nlohmann::ordered_json;

Json to_json(const DeviceSummary& device) {
  Json document{{"name", device.name},           {"description", device.description}, {"qubits", device.qubits},
                {"simulator", device.simulator}, {"available", device.available},     {"status", device.status}};
  document["queue_length"] = device.queue_length ? Json(*device.queue_length) : Json(nullptr);
  document["queue_seconds"] = device.queue_time ? Json(device.queue_time->count()) : Json(nullptr);
  return document;
}

std::string queue_of(const DeviceSummary& device) {
  std::string text;
  if (device.queue_length) text = fmt::format("{} job{}", *device.queue_length, *device.queue_length == 1 ? "" : "s");
  if (device.queue_time) text += fmt::format("{}{} s", text.empty() ? "" : ", ", device.queue_time->count());
  return text.empty() ? "-" : text;
}

Result<int> list_devices(const Options& options) {
  BORNITE_TRY(const auto backend, make_backend(options.common, options.backend));
  BORNITE_TRY(const std::vector<DeviceSummary> devices, backend->devices());
  if (options.common.json) {
    Json document = Json::array();
    for (const DeviceSummary& device : devices) document.push_back(to_json(device));
    print_document(document);
    return 0;
  }
  using enum TextTable::Align;
  TextTable table({{"device", left}, {"qubits"}, {"status", left}, {"queue", left}, {"", left}});
  for (const DeviceSummary& device : devices)
    table.add_row({device.name, device.qubits > 0 ? fmt::format("{}", device.qubits) : "-", device.status,
                   queue_of(device), device.description});
  fmt::print("{}", table.to_text());
  return 0;
}

/// The middle one of the errors of a gate, over the places where it is up; none if nobody has measured them.
std::optional<double> median_error(const TargetGate& gate) {
  std::vector<double> errors;
  for (const auto& [place, figures] : gate.places)
    if (figures.up && figures.error > 0) errors.push_back(figures.error);
  if (errors.empty() && gate.typical.error > 0) errors.push_back(gate.typical.error);
  if (errors.empty()) return {};
  const auto middle = errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 2);
  std::ranges::nth_element(errors, middle);
  return *middle;
}

std::optional<double> median_readout_error(const Target& target) {
  std::vector<double> errors;
  for (const QubitFigures& qubit : target.qubits)
    if (qubit.up && qubit.readout_error() > 0) errors.push_back(qubit.readout_error());
  if (errors.empty()) return {};
  const auto middle = errors.begin() + static_cast<std::ptrdiff_t>(errors.size() / 2);
  std::ranges::nth_element(errors, middle);
  return *middle;
}

std::string age_of(Clock::Instant instant) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(system_clock().now() - instant).count();
  if (minutes < 120) return fmt::format("{} minutes ago", minutes);
  return minutes < 48 * 60 ? fmt::format("{} hours ago", minutes / 60) : fmt::format("{} days ago", minutes / 1440);
}

void print_device(const DeviceDescription& device) {
  const DeviceSummary& summary = device.summary;
  fmt::print("{}: {}\n", summary.name.empty() ? "device" : summary.name, summary.description);
  fmt::print("  qubits       {}\n  status       {}\n  queue        {}\n", summary.qubits, summary.status,
             queue_of(summary));
  if (device.max_rows) fmt::print("  rows         {} in one job\n", *device.max_rows);
  if (device.max_shots) fmt::print("  shots        {} in each row\n", *device.max_shots);
  if (device.usd_per_job || device.usd_per_shot)
    fmt::print("  price        {} $ per job, {} $ per shot\n", device.usd_per_job.value_or(0),
               device.usd_per_shot.value_or(0));
  if (!device.calibration.empty())
    fmt::print("  calibration  {}{}\n", device.calibration,
               device.calibrated ? ", " + age_of(*device.calibrated) : std::string());
  if (!device.target) return;
  TextTable table({{"gate", TextTable::Align::left}, {"places"}, {"median error"}});
  for (const TargetGate& gate : device.target->gates) {
    const auto error = median_error(gate);
    table.add_row({std::string(to_string(gate.kind)), gate.everywhere ? "all" : fmt::format("{}", gate.places.size()),
                   error ? fmt::format("{:.2e}", *error) : "-"});
  }
  const auto readout = median_readout_error(*device.target);
  table.add_row({"readout", "all", readout ? fmt::format("{:.2e}", *readout) : "-"});
  fmt::print("\n{}", table.to_text());
}

Json to_json(const DeviceDescription& device) {
  Json document = to_json(device.summary);
  const auto optional = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
  document["max_rows"] = optional(device.max_rows);
  document["max_shots"] = optional(device.max_shots);
  document["usd_per_job"] = optional(device.usd_per_job);
  document["usd_per_shot"] = optional(device.usd_per_shot);
  document["calibration"] = device.calibration;
  if (!device.target) return document;
  for (const TargetGate& gate : device.target->gates)
    document["gates"][std::string(to_string(gate.kind))] = {
        {"places", gate.everywhere ? Json("all") : Json(gate.places.size())},
        {"median_error", optional(median_error(gate))}};
  document["median_readout_error"] = optional(median_readout_error(*device.target));
  return document;
}

Result<int> show_device(const Options& options) {
  BORNITE_TRY(const auto backend, make_backend(options.common, options.backend));
  BORNITE_TRY(const DeviceDescription device, backend->describe());
  if (options.common.json)
    print_document(to_json(device));
  else
    print_device(device);
  return 0;
}

void add_query(CLI::App& backends, const std::shared_ptr<Options>& options, int& exit_code, const std::string& name,
               const std::string& help, const std::string& argument, Result<int> (*query)(const Options&)) {
  CLI::App& command = add_command(backends, name, help);
  require(add_text(command, "backend", options->backend, "NAME", argument));
  add_backend_options(command, options->common);
  add_plugin_options(command, options->common);
  add_output_options(command, options->common);
  set_callback(command, [options, &exit_code, query] {
    exit_code = run_command(options->common, [&] { return query(*options); });
  });
}

}  // namespace

void add_backends_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "backends", "List the backends that can run circuits", examples);
  add_plugin_options(command, options->common);
  add_output_options(command, options->common);
  add_query(command, options, exit_code, "devices", "List the devices of a provider", "Name of the backend",
            list_devices);
  add_query(command, options, exit_code, "show", "All about one device", "NAME:DEVICE", show_device);
  set_callback(command, [options, &command, &exit_code] {
    if (!has_subcommand(command)) exit_code = list_backends(options->common);
  });
}

}  // namespace bornite::cli

#include "bornite/backend/backend.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "bornite/circuit/parts.hpp"

namespace bornite {

ParameterRows::ParameterRows(std::size_t rows, std::size_t columns, std::vector<double> values)
    : rows_(rows), columns_(columns), values_(std::move(values)) {
  std::size_t size = 0;
  if (__builtin_mul_overflow(rows, columns, &size) || values_.size() != size)
    throw std::invalid_argument(
        fmt::format("{} rows of {} parameters given as {} numbers", rows, columns, values_.size()));
}

std::uint64_t JobShape::total_shots() const { return std::accumulate(shots.begin(), shots.end(), std::uint64_t{0}); }

JobShape shape_of(const SampleRequest& request) {
  JobShape shape{.qubits = request.circuit.qubits()};
  for (std::size_t r = 0; r < request.rows.rows(); ++r) shape.shots.push_back(request.shots.of_row(r));
  return shape;
}

Result<void> check_shape(const ShotTable& table, const JobShape& shape) {
  const auto refuse = [](std::string_view what, std::uint64_t is, std::uint64_t wanted) {
    return Error{ErrorKind::job, fmt::format("The outcomes of a job have {} {}, {} were asked for.", is, what, wanted),
                 "Nothing of them was used."};
  };
  if (table.rows() != shape.shots.size()) return refuse("rows", table.rows(), shape.shots.size());
  for (std::size_t r = 0; r < table.rows(); ++r) {
    if (table[r].bits() != shape.qubits) return refuse("bits", table[r].bits(), shape.qubits);
    if (table[r].shots() != shape.shots[r]) return refuse("shots in a row", table[r].shots(), shape.shots[r]);
  }
  return {};
}

Result<JobForecast> QuantumBackend::forecast(const SampleRequest& request) {
  BORNITE_CHECK(validate(request, capabilities()));
  return JobForecast{.shape = shape_of(request)};
}

StreamKey stream_of_row(const SampleRequest& request, std::size_t row) {
  StreamKey key = request.stream;
  key.row += request.stream_rows.empty() ? static_cast<std::uint32_t>(row) : request.stream_rows.at(row);
  return key;
}

std::vector<Result<JobStatus>> QuantumBackend::poll_all(std::span<const JobId> jobs) {
  std::vector<Result<JobStatus>> all;
  all.reserve(jobs.size());
  for (const JobId& job : jobs) all.push_back(poll(job));
  return all;
}

Result<JobLookup> QuantumBackend::find(const SubmissionToken&) { return JobLookup{}; }

Result<std::vector<DeviceSummary>> QuantumBackend::devices() {
  const Capabilities& own = capabilities();
  return std::vector{DeviceSummary{.name = own.device,
                                   .description = own.description,
                                   .qubits = own.max_qubits,
                                   .simulator = !own.remote,
                                   .status = "ready"}};
}

Result<DeviceDescription> QuantumBackend::describe() {
  BORNITE_TRY(std::vector<DeviceSummary> all, devices());
  for (DeviceSummary& summary : all)
    if (summary.name == capabilities().device) return DeviceDescription{.summary = std::move(summary)};
  return Error{ErrorKind::input, fmt::format("Backend {} does not list its own device.", capabilities().name)};
}

namespace {

Error refused(const Capabilities& capabilities, const std::string& what, std::string hint) {
  return {ErrorKind::unsupported, fmt::format("Backend {} cannot run this request: {}", capabilities.name, what),
          std::move(hint)};
}

}  // namespace

std::string size_of_state(const Capabilities& capabilities, std::size_t qubits) {
  if (capabilities.bytes_per_amplitude == 0) return "";
  constexpr int gibibyte_bits = 30;
  constexpr std::size_t most_as_number = 60;
  const auto bytes = static_cast<double>(capabilities.bytes_per_amplitude);
  if (qubits > most_as_number)
    return fmt::format(" A state of {} qubits takes 2^{:.0f} GiB.", qubits,
                       std::log2(bytes) + static_cast<double>(qubits) - gibibyte_bits);
  return fmt::format(" A state of {} qubits takes {:.10g} GiB.", qubits,
                     std::ldexp(bytes, static_cast<int>(qubits) - gibibyte_bits));
}

Result<void> check_size(const Circuit& circuit, const Capabilities& capabilities) {
  if (circuit.qubits() > capabilities.max_qubits)
    return refused(
        capabilities,
        fmt::format("the circuit has {} qubits, the limit is {}.", circuit.qubits(), capabilities.max_qubits),
        "Use fewer qubits or another backend.");
  if (circuit.qubits() <= capabilities.max_connected_qubits) return {};
  const std::size_t connected = most_connected_qubits(circuit);
  if (connected <= capabilities.max_connected_qubits) return {};
  return refused(
      capabilities,
      fmt::format("gates connect {} of the circuit's {} qubits, the limit is {}.{}", connected, circuit.qubits(),
                  capabilities.max_connected_qubits, size_of_state(capabilities, connected)),
      "Use fewer qubits, a circuit that connects fewer of them, or another backend.");
}

Result<void> validate(const SampleRequest& request, const Capabilities& capabilities) {
  const auto refuse = [&](const std::string& what, std::string hint) {
    return refused(capabilities, what, std::move(hint));
  };
  const std::size_t rows = request.rows.rows();
  BORNITE_CHECK(check_size(request.circuit, capabilities));
  if (request.rows.columns() != request.circuit.parameters())
    return refuse(fmt::format("the circuit has {} parameters, the rows have {}.", request.circuit.parameters(),
                              request.rows.columns()),
                  "Give one number per parameter in every row.");
  if (rows == 0) return refuse("it has no rows.", "Ask for at least one row of parameters.");
  if (rows > capabilities.max_rows)
    return refuse(fmt::format("it has {} rows, the limit of one job is {}.", rows, capabilities.max_rows),
                  "Split the request.");
  if (request.shots.size() != 1 && request.shots.size() != rows)
    return refuse(fmt::format("it has {} rows but {} numbers of shots.", rows, request.shots.size()),
                  "Give one number, or one per row.");
  if (!request.stream_rows.empty() && request.stream_rows.size() != rows)
    return refuse(fmt::format("it has {} rows but {} rows of streams.", rows, request.stream_rows.size()),
                  "Give none, or one per row.");
  std::uint64_t total = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::uint64_t shots = request.shots.of_row(r);
    if (capabilities.uniform_shots && shots != request.shots.of_row(0))
      return refuse(fmt::format("row {} asks for {} shots, row 0 for {}.", r, shots, request.shots.of_row(0)),
                    "All rows of one job must have the same number of shots; split the request.");
    if (__builtin_add_overflow(total, shots, &total) || total > capabilities.max_total_shots)
      return refuse(fmt::format("its rows ask for more than {} shots together.", capabilities.max_total_shots),
                    "Split the request.");
    if (shots == 0) return refuse(fmt::format("row {} asks for no shots.", r), "Ask for at least one shot.");
    if (shots > capabilities.max_shots)
      return refuse(fmt::format("row {} asks for {} shots, the limit is {}.", r, shots, capabilities.max_shots),
                    "Split the shots over several jobs.");
    for (std::size_t p = 0; p < request.rows.columns(); ++p)
      if (!std::isfinite(request.rows[r][p]))
        return refuse(fmt::format("parameter {} of row {} is {}.", p, r, request.rows[r][p]),
                      "Parameters are finite angles in radians.");
  }
  return {};
}

}  // namespace bornite

#include "bornite/backend/backend.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

namespace bornite {

ParameterRows::ParameterRows(std::size_t rows, std::size_t columns, std::vector<double> values)
    : rows_(rows), columns_(columns), values_(std::move(values)) {
  std::size_t size = 0;
  if (__builtin_mul_overflow(rows, columns, &size) || values_.size() != size)
    throw std::invalid_argument(
        fmt::format("{} rows of {} parameters given as {} numbers", rows, columns, values_.size()));
}

Result<void> validate(const SampleRequest& request, const Capabilities& capabilities) {
  const auto refuse = [&](std::string what, std::string hint) {
    return Error{ErrorKind::unsupported, fmt::format("Backend {} cannot run this request: {}", capabilities.name, what),
                 std::move(hint)};
  };
  const std::size_t rows = request.rows.rows();
  if (request.circuit.qubits() > capabilities.max_qubits)
    return refuse(
        fmt::format("the circuit has {} qubits, the limit is {}.", request.circuit.qubits(), capabilities.max_qubits),
        "Use fewer qubits or another backend.");
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
  for (std::size_t r = 0; r < rows; ++r) {
    const std::uint64_t shots = request.shots.of_row(r);
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

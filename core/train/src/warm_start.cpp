#include "bornite/train/warm_start.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <vector>

#include "bornite/train/angles.hpp"
#include "bornite/util/file.hpp"

namespace bornite {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// What a finished run says of itself.
struct FinishedRun {
  std::string circuit;
  std::vector<double> objectives;  ///< of its restarts
};

std::string described(std::string_view ansatz, std::size_t depth, std::size_t qubits) {
  return fmt::format("{} of depth {} on {} qubits", ansatz, depth, qubits);
}

Result<FinishedRun> read_result(const fs::path& folder) {
  const fs::path file = folder / "result.json";
  if (!fs::exists(file))
    return Error{ErrorKind::input,
                 fmt::format("{} holds no finished training: it has no result.json.", folder.string()),
                 "Name the folder of a training that has ended, or a file of angles."};
  BORNITE_TRY(const std::string text, read_file(file));
  try {
    const Json result = Json::parse(text);
    FinishedRun run{described(result.at("ansatz").get<std::string>(), result.at("depth"), result.at("qubits")), {}};
    for (const Json& restart : result.at("restarts")) run.objectives.push_back(restart.at("final_objective"));
    return run;
  } catch (const Json::exception& exception) {
    return Error{ErrorKind::input,
                 fmt::format("{} is not the result of a training: {}.", file.string(), exception.what()),
                 "Name the folder of a training that has ended, or a file of angles."};
  }
}

/// The rows in ascending order of `objectives`.
ParameterRows ranked(const ParameterRows& rows, const std::vector<double>& objectives) {
  std::vector<std::size_t> order(rows.rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t row) { return objectives[row]; });
  std::vector<double> values;
  for (const std::size_t row : order) values.insert(values.end(), rows[row].begin(), rows[row].end());
  return {rows.rows(), rows.columns(), std::move(values)};
}

}  // namespace

Result<ParameterRows> load_warm_start(const fs::path& from, const CircuitSettings& circuit, std::size_t qubits,
                                      std::size_t parameters) {
  if (!fs::is_directory(from)) return load_angles(from, parameters);
  BORNITE_TRY(const FinishedRun run, read_result(from));
  const std::string own = described(to_string(circuit.ansatz), circuit.depth, qubits);
  if (run.circuit != own)
    return Error{
        ErrorKind::configuration,
        fmt::format("The run in {} trained a circuit {}, but this training's is {}.", from.string(), run.circuit, own),
        "Use the same --ansatz, --depth and problem."};
  BORNITE_TRY(const ParameterRows rows, load_angles(from / "angles.txt", parameters));
  if (rows.rows() != run.objectives.size())
    return Error{ErrorKind::input, fmt::format("{} has {} rows, but {} restarts are in result.json.",
                                               (from / "angles.txt").string(), rows.rows(), run.objectives.size())};
  return ranked(rows, run.objectives);
}

}  // namespace bornite

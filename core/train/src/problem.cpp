#include "bornite/train/problem.hpp"

#include <fmt/format.h>

#include "bornite/data/builtin.hpp"
#include "bornite/data/selection.hpp"
#include "bornite/network/network_cost.hpp"
#include "bornite/network/table_cost.hpp"
#include "network_settings.hpp"
#include "own_data.hpp"

namespace bornite {
namespace {

constexpr std::string_view table_prefix = "table:";

NetworkSpec logistic(std::vector<ValueMap> values) {
  return {.widths = {16, 1},
          .activations = {Activation::sign},
          .values = std::move(values),
          .output = OutputKind::binary,
          .loss = Loss::cross_entropy,
          .order = {}};
}

struct Builtin {
  BuiltinProblem description;
  Result<DataSplit> (*data)();
  NetworkSpec (*network)();
};

const std::vector<Builtin>& builtins() {
  static const std::vector<Builtin> list{
      {{"mnist01", "Handwritten digits 0 and 1 at 4x4 pixels; logistic 16-1 with binary weights and bias; 17 qubits."},
       [] { return mnist_pair(MnistPair::zero_one); },
       [] {
         return logistic({{-1, 1}});
       }},
      {{"mnist37",
        "Handwritten digits 3 and 7 at 4x4 pixels; logistic 16-1 whose value map is searched as well; 19 qubits."},
       [] { return mnist_pair(MnistPair::three_seven); },
       [] {
         return logistic({{0, 1}, {-1, 1}, {-2, 1}, {-3, 1}});
       }},
      {{"gaussian2d",
        "Four Gaussian clouds in the plane, two classes; network 2-4-1 whose activation is searched as well; 18 "
        "qubits."},
       [] { return gaussian2d(); },
       [] {
         return NetworkSpec{.widths = {2, 4, 1},
                            .activations = {Activation::relu, Activation::sigmoid},
                            .values = {{-1, 1}},
                            .output = OutputKind::binary,
                            .loss = Loss::squared_error,
                            .order = {"W1", "W2", "b2", "b1", "activation"}};
       }},
  };
  return list;
}

const Builtin* find_builtin(std::string_view name) {
  for (const Builtin& builtin : builtins())
    if (builtin.description.name == name) return &builtin;
  return nullptr;
}

Result<Problem> table_problem(Config& config, const std::string& name) {
  const std::filesystem::path path = config.absolute("problem", std::string_view(name).substr(table_prefix.size()));
  const std::string absolute_name = fmt::format("{}{}", table_prefix, path.string());
  config.record("problem", absolute_name);
  BORNITE_TRY(CostTable table, CostTable::load(path));
  return Problem{
      .name = absolute_name, .costs = std::make_shared<TableCost>(std::move(table)), .encoding = {}, .data = {}};
}

Result<Problem> network_problem(Config& config, std::string name, DataSplit data, NetworkSpec defaults) {
  BORNITE_TRY(const std::uint64_t rows, config.count("data.train_rows", 0));
  BORNITE_TRY(const std::uint64_t seed, config.count("data.seed", 0));
  if (rows > data.train.rows())
    return config.error("data.train_rows", fmt::format("is more than the {} training examples.", data.train.rows()),
                        "Ask for fewer; 0 means all.");
  if (rows > 0) {
    BORNITE_TRY(data.train, subset(data.train, rows, seed));
  }
  BORNITE_TRY(NetworkSpec spec, read_network_settings(config, std::move(defaults)));
  BORNITE_TRY(Encoding encoding, Encoding::create(std::move(spec)));
  BORNITE_TRY(auto costs, NetworkCost::create(encoding, data.train));
  return Problem{.name = std::move(name),
                 .costs = std::make_shared<NetworkCost>(std::move(costs)),
                 .encoding = std::move(encoding),
                 .data = std::move(data)};
}

}  // namespace

std::vector<BuiltinProblem> builtin_problems() {
  std::vector<BuiltinProblem> list;
  for (const Builtin& builtin : builtins()) list.push_back(builtin.description);
  return list;
}

Result<Problem> make_problem(Config& config) {
  const bool own_data = config.has("data.train");
  BORNITE_TRY(const std::string name, config.text("problem", own_data ? "own data" : "mnist01"));
  if (name.starts_with(table_prefix)) return table_problem(config, name);
  if (const Builtin* builtin = find_builtin(name)) {
    if (own_data)
      return config.error("problem", "is built in, but data.train names data of your own.",
                          "Leave out one of the two, or call your problem by another name.");
    BORNITE_TRY(DataSplit data, builtin->data());
    return network_problem(config, name, std::move(data), builtin->network());
  }
  if (!own_data)
    return config.error("problem", "is not a built-in problem, and data.train names no data of your own.",
                        "Choose mnist01, mnist37, gaussian2d or table:FILE, or describe your data in a TOML file.");
  BORNITE_TRY(OwnData own, read_own_data(config));
  return network_problem(config, name, std::move(own.split), std::move(own.network));
}

}  // namespace bornite

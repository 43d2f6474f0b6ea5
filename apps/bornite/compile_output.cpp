#include "compile_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "text_table.hpp"

namespace bornite::cli {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const CircuitFigures& figures) {
  return {{"gates", figures.gates},
          {"depth", figures.depth},
          {"two_qubit_gates", figures.two_qubit_gates},
          {"two_qubit_depth", figures.two_qubit_depth}};
}

/// Each input as offset + the sum of scale * parameter.
Json inputs_to_json(const CompileOutcome& outcome) {
  Json inputs = Json::array();
  for (const auto& [name, angle] : outcome.programs.inputs) {
    Json terms = Json::array();
    for (const AngleSum::Term& term : angle.terms())
      terms.push_back(
          {{"parameter", outcome.parameters[static_cast<std::size_t>(term.parameter)]}, {"scale", term.scale}});
    inputs.push_back({{"name", name}, {"offset", angle.offset()}, {"terms", terms}});
  }
  return inputs;
}

std::string describe(Verification verification) {
  switch (verification) {
    case Verification::checked: return "every gate suits the target; too much to simulate";
    case Verification::equal_states: return "simulated: the same state";
    case Verification::equal_distributions: return "simulated: the same probabilities";
  }
  return "";
}

std::string table_of(const CompileReport& report) {
  TextTable table({{"gates", TextTable::Align::left}, {"before"}, {"after"}});
  const auto row = [&](const std::string& name, std::size_t before, std::size_t after) {
    table.add_row({name, before == 0 ? "" : fmt::format("{}", before), after == 0 ? "" : fmt::format("{}", after)});
  };
  const auto count = [](const CircuitFigures& figures, const std::string& name) {
    const auto found = figures.gates.find(name);
    return found == figures.gates.end() ? std::size_t{0} : found->second;
  };
  std::set<std::string> names;
  for (const CircuitFigures* figures : {&report.before, &report.after})
    for (const auto& [name, gates] : figures->gates) names.insert(name);
  for (const std::string& name : names) row(name, count(report.before, name), count(report.after, name));
  row("on two or more qubits", report.before.two_qubit_gates, report.after.two_qubit_gates);
  row("depth", report.before.depth, report.after.depth);
  row("two-qubit depth", report.before.two_qubit_depth, report.after.two_qubit_depth);
  return table.to_text();
}

/// "theta_0 = 2*beta - 0.5"
std::string input_text(const ProgramInput& input, const std::vector<std::string>& parameters) {
  std::string text = input.name + " =";
  bool first = true;
  const auto add = [&](double value, const std::string& what) {
    text += value < 0 ? (first ? " -" : " - ") : (first ? " " : " + ");
    if (what.empty() || std::abs(value) != 1) text += fmt::format("{}", std::abs(value));
    if (!what.empty()) text += (std::abs(value) != 1 ? "*" : "") + what;
    first = false;
  };
  for (const AngleSum::Term& term : input.angle.terms())
    add(term.scale, parameters[static_cast<std::size_t>(term.parameter)]);
  if (input.angle.offset() != 0) add(input.angle.offset(), "");
  return text + '\n';
}

std::string summary(const CompileOutcome& outcome) {
  const Compiled& compiled = outcome.compiled;
  std::string text = fmt::format("{} qubits on {}, of {}\n", outcome.circuit.qubits(), outcome.target.name,
                                 outcome.target.qubits.size());
  text += table_of(compiled.report);
  const double success = compiled.report.success_probability;
  text += fmt::format("swaps: {}\nestimated success: {}\n", compiled.report.swaps,
                      success < 1 ? fmt::format("{:.4g}", success) : "unknown, because the target names no errors");
  if (compiled.report.duration > 0) text += fmt::format("duration: {:.3f} us\n", 1e6 * compiled.report.duration);
  text += fmt::format("layout: {}\n", fmt::join(compiled.initial_layout, " "));
  if (compiled.final_layout != compiled.initial_layout)
    text += fmt::format("after the swaps: {}\n", fmt::join(compiled.final_layout, " "));
  text += fmt::format("verified: {}\n", describe(outcome.verification));
  if (!outcome.programs.inputs.empty()) text += "inputs of the program, in the parameters of the circuit:\n";
  for (const ProgramInput& input : outcome.programs.inputs) text += "  " + input_text(input, outcome.parameters);
  return text;
}

/// Every line as a comment of OpenQASM.
std::string as_comment(const std::string& text) {
  std::string comment = "// ";
  for (std::size_t i = 0; i < text.size(); ++i)
    comment += text[i] == '\n' && i + 1 < text.size() ? "\n// " : text.substr(i, 1);
  return comment;
}

}  // namespace

std::string compile_json(const CompileOutcome& outcome, const std::string& dialect) {
  const CompileReport& report = outcome.compiled.report;
  Json document{{"target", outcome.target.name},
                {"qubits", outcome.circuit.qubits()},
                {"parameters", outcome.parameters.size()},
                {"before", to_json(report.before)},
                {"after", to_json(report.after)},
                {"swaps", report.swaps},
                {"success_probability", report.success_probability},
                {"duration", report.duration},
                {"initial_layout", outcome.compiled.initial_layout},
                {"final_layout", outcome.compiled.final_layout},
                {"measured", outcome.compiled.circuit.measured},
                {"verification", to_string(outcome.verification)}};
  if (!dialect.empty()) {
    document["dialect"] = dialect;
    document["programs"] = outcome.programs.texts;
    document["inputs"] = inputs_to_json(outcome);
  }
  return document.dump(2) + '\n';
}

std::string compile_text(const CompileOutcome& outcome, const std::string& dialect) {
  if (dialect.empty()) return summary(outcome);
  return joined(outcome.programs.texts) + as_comment(summary(outcome));
}

}  // namespace bornite::cli

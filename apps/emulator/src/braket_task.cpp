#include "braket_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "braket_device.hpp"
#include "fields.hpp"

namespace bornite::emulator {
namespace {

using Checked = boost::system::result<void, BraketRefusal>;

constexpr std::string_view program_schema = "braket.ir.openqasm.program";
constexpr std::string_view set_schema = "braket.ir.openqasm.program_set";

BraketRefusal refusal(std::string message) { return {std::move(message)}; }
BraketRefusal set_refusal(std::string message) { return {std::move(message), "ProgramSetValidationFailed"}; }

Checked check_text(const Json& body, const char* key, std::size_t least, std::size_t most) {
  const Json* value = member(body, key);
  if (value == nullptr || !value->is_string()) return refusal(fmt::format("{} must be a string.", key));
  const std::size_t size = value->get<std::string>().size();
  if (size < least || size > most) return refusal(fmt::format("{} must have {} to {} characters.", key, least, most));
  return {};
}

std::string schema_of(const Json& document) {
  const Json* header = member(document, "braketSchemaHeader");
  if (header == nullptr || !header->is_object() || unknown_key(*header, {"name", "version"}) ||
      header->value("version", Json()) != "1")
    return "";
  return text_member(*header, "name");
}

/// A number, or in a set a list of numbers, for each input.
Checked check_inputs(const Json& inputs, bool lists) {
  if (inputs.is_null()) return {};
  if (!inputs.is_object()) return refusal("inputs must be an object.");
  std::size_t length = 0;
  for (const auto& [name, value] : inputs.items()) {
    const auto is_number = [](const Json& entry) { return entry.is_number(); };
    const bool good =
        lists ? value.is_array() && !value.empty() && std::ranges::all_of(value, is_number) : value.is_number();
    if (!good) return refusal(fmt::format("The input {} must be a {}.", name, lists ? "list of numbers" : "number"));
    if (lists && length != 0 && value.size() != length)
      return set_refusal("The inputs of a program have lists of different lengths.");
    length = value.size();
  }
  return {};
}

Checked check_program(const Json& program, bool lists) {
  if (!program.is_object() || schema_of(program) != program_schema)
    return refusal(fmt::format("A program has the schema {}, version 1.", program_schema));
  if (const auto key = unknown_key(program, {"braketSchemaHeader", "source", "inputs"}))
    return refusal(fmt::format("A program has no field {}.", *key));
  if (!program.contains("source") || !program.at("source").is_string()) return refusal("source must be a program.");
  return check_inputs(program.value("inputs", Json(nullptr)), lists);
}

Checked check_set(const Json& action, std::uint64_t shots) {
  if (const auto key = unknown_key(action, {"braketSchemaHeader", "programs"}))
    return set_refusal(fmt::format("A program set has no field {}.", *key));
  const Json* programs = member(action, "programs");
  if (programs == nullptr || !programs->is_array() || programs->empty()) return set_refusal("programs must be a list.");
  for (const Json& program : *programs) BORNITE_CHECK(check_program(program, true));
  const std::size_t executables = count_executables(action);
  if (executables > braket_most_executables)
    return set_refusal(fmt::format("{} executables are more than {}.", executables, braket_most_executables));
  if (shots % executables != 0)
    return set_refusal(fmt::format("{} shots cannot be shared by {} executables.", shots, executables));
  return {};
}

Checked check_action(const Json& body) {
  const auto action = body.at("action").is_string() ? parse_object(body.at("action").get<std::string>()) : std::nullopt;
  if (!action) return refusal("action must be a string that holds a JSON object.");
  const auto shots = body.at("shots").get<std::uint64_t>();
  const std::string schema = schema_of(*action);
  if (schema == set_schema) BORNITE_CHECK(check_set(*action, shots));
  if (schema == program_schema) BORNITE_CHECK(check_program(*action, false));
  if (schema != set_schema && schema != program_schema)
    return refusal("The action's schema is not supported by the device.");
  const std::uint64_t each = shots / count_executables(*action);
  const std::uint64_t most = braket_most_shots(body.at("deviceArn").get<std::string>());
  if (each > most) return refusal(fmt::format("{} shots are more than {}.", each, most));
  return {};
}

Checked check_rest(const Json& body) {
  if (const Json* tags = member(body, "tags"); tags != nullptr && !is_string_map(*tags))
    return refusal("tags must be an object of strings.");
  if (const Json* experimental = member(body, "experimentalCapabilities"))
    if (*experimental != Json{{"enabled", "ALL"}})
      return refusal("experimentalCapabilities must be {\"enabled\": \"ALL\"}.");
  const Json* parameters = member(body, "deviceParameters");
  if (parameters == nullptr) return {};
  BORNITE_CHECK(check_text(body, "deviceParameters", 1, 48000));
  const auto document = parse_object(parameters->get<std::string>());
  if (!document || schema_of(*document).empty())
    return refusal("deviceParameters must hold JSON with a braketSchemaHeader.");
  return {};
}

std::size_t rows_in(const Json& program) {
  const Json inputs = program.value("inputs", Json(nullptr));
  if (!inputs.is_object() || inputs.empty() || !inputs.begin().value().is_array()) return 1;
  return inputs.begin().value().size();
}

Result<std::vector<double>> input_row(const Json& source, const std::vector<std::string>& names, std::size_t row) {
  const Json inputs = source.value("inputs", Json::object());
  std::vector<double> values;
  for (const std::string& name : names) {
    const Json* value = inputs.is_object() ? member(inputs, name) : nullptr;
    if (value == nullptr) return Error{ErrorKind::input, fmt::format("The input {} has no value.", name)};
    values.push_back(value->is_array() ? value->at(row).get<double>() : value->get<double>());
  }
  return values;
}

Result<BraketProgram> read_program(const Json& source, std::string_view arn) {
  const std::string text = source.at("source");
  if (auto problem = find_foreign_operation(text, arn)) return Error{ErrorKind::unsupported, *std::move(problem)};
  BORNITE_TRY(QasmProgram program, read_qasm(text, "program"));
  if (program.circuit.qubits() > braket_qubits(arn))
    return Error{ErrorKind::unsupported, fmt::format("The program has {} qubits, the device {}.",
                                                     program.circuit.qubits(), braket_qubits(arn))};
  BraketProgram result{.source = source, .program = std::move(program)};
  for (std::size_t row = 0; row < rows_in(source); ++row) {
    BORNITE_TRY(result.rows.emplace_back(), input_row(source, result.program.inputs, row));
  }
  return result;
}

}  // namespace

Checked check_braket_request(const Json& body) {
  if (const auto key = unknown_key(body, {"clientToken", "deviceArn", "deviceParameters", "shots", "outputS3Bucket",
                                          "outputS3KeyPrefix", "action", "tags", "experimentalCapabilities"}))
    return refusal(fmt::format("{} is not known, or not emulated.", *key));
  BORNITE_CHECK(check_text(body, "clientToken", 1, 64));
  BORNITE_CHECK(check_text(body, "deviceArn", 1, 256));
  BORNITE_CHECK(check_text(body, "outputS3Bucket", 3, 63));
  BORNITE_CHECK(check_text(body, "outputS3KeyPrefix", 1, 1024));
  if (!body.contains("shots") || !is_count(body.at("shots"), 0, INT64_MAX))
    return refusal("shots must be a whole number.");
  if (body.at("shots") == 0) return refusal("The emulator runs no task of 0 shots.");
  if (!body.contains("action")) return refusal("action is missing.");
  BORNITE_CHECK(check_rest(body));
  return check_action(body);
}

bool is_program_set(const Json& action) { return schema_of(action) == set_schema; }

std::size_t count_executables(const Json& action) {
  if (!is_program_set(action)) return 1;
  const Json& programs = action.at("programs");
  return std::accumulate(programs.begin(), programs.end(), std::size_t{0},
                         [](std::size_t sum, const Json& program) { return sum + rows_in(program); });
}

Result<std::vector<BraketProgram>> read_braket_programs(const Json& body) {
  const std::string arn = body.at("deviceArn");
  const Json action = *parse_object(body.at("action").get<std::string>());
  std::vector<BraketProgram> programs;
  if (is_program_set(action)) {
    for (const Json& program : action.at("programs")) {
      BORNITE_TRY(programs.emplace_back(), read_program(program, arn));
    }
  } else {
    BORNITE_TRY(programs.emplace_back(), read_program(action, arn));
  }
  return programs;
}

}  // namespace bornite::emulator

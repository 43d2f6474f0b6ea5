#include "ibm_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numbers>

#include "fields.hpp"
#include "ibm_device.hpp"

namespace bornite::emulator {
namespace {

using Checked = IbmRead<void>;

constexpr int invalid = 3211;
constexpr int wrong_tags = 1204;
constexpr int not_native = 1517;
constexpr int not_parsed = 1506;
constexpr std::uint64_t most_executions = 10'000'000;
constexpr std::uint64_t default_shots = 4096;
constexpr std::size_t most_tags = 8;
constexpr std::size_t longest_tag = 86;

IbmComplaint refusal(std::string message) { return {invalid, std::move(message)}; }

Checked check_keys(const Json& object, std::string_view name, std::initializer_list<std::string_view> known) {
  if (!object.is_object()) return refusal(fmt::format("\"{}\" must be an object.", name));
  if (const auto key = unknown_key(object, known))
    return refusal(fmt::format("\"{}\" has the unknown field \"{}\".", name, *key));
  return {};
}

Checked check_tags(const Json& body) {
  const Json* tags = member(body, "tags");
  if (tags == nullptr) return {};
  const auto is_tag = [](const Json& tag) { return tag.is_string() && tag.get<std::string>().size() <= longest_tag; };
  if (!tags->is_array() || tags->size() > most_tags || !std::ranges::all_of(*tags, is_tag))
    return IbmComplaint{wrong_tags, "Tags are at most 8 strings of at most 86 characters."};
  return {};
}

Checked check_options(const Json& params) {
  const Json* options = member(params, "options");
  if (options == nullptr) return {};
  BORNITE_CHECK(check_keys(*options, "options",
                           {"default_shots", "dynamical_decoupling", "execution", "twirling", "experimental"}));
  if (const Json* group = member(*options, "dynamical_decoupling")) {
    BORNITE_CHECK(
        check_keys(*group, "dynamical_decoupling",
                   {"enable", "sequence_type", "extra_slack_distribution", "scheduling_method", "skip_reset_qubits"}));
    const std::string sequence = text_member(*group, "sequence_type");
    if (group->contains("sequence_type") && sequence != "XX" && sequence != "XpXm" && sequence != "XY4")
      return refusal("The sequence_type is XX, XpXm or XY4.");
  }
  if (const Json* group = member(*options, "execution"))
    BORNITE_CHECK(check_keys(*group, "execution", {"init_qubits", "rep_delay", "meas_type"}));
  if (const Json* group = member(*options, "twirling"))
    BORNITE_CHECK(
        check_keys(*group, "twirling",
                   {"enable_gates", "enable_measure", "num_randomizations", "shots_per_randomization", "strategy"}));
  if (const Json* shots = member(*options, "default_shots"); shots != nullptr && !is_count(*shots, 1, ibm_most_shots))
    return refusal("default_shots is not in range.");
  return {};
}

bool are_numbers(const Json& list) {
  return std::ranges::all_of(list, [](const Json& value) { return value.is_number(); });
}

bool is_matrix(const Json& list) {
  return std::ranges::all_of(list, [](const Json& row) { return row.is_array() && are_numbers(row); });
}

Checked check_pub(const Json& pub) {
  if (!pub.is_array() || pub.empty() || pub.size() > 3 || !pub[0].is_string())
    return refusal("A pub is a list of a program, its parameters and its shots.");
  if (pub.size() > 1) {
    const Json& values = pub[1];
    const bool good = values.is_null() || (values.is_object() && are_numbers(values)) ||
                      (values.is_array() && (are_numbers(values) || is_matrix(values)));
    if (!good) return refusal("Parameters are null, an object of numbers, a list of numbers or a list of such lists.");
  }
  if (pub.size() > 2 && !pub[2].is_null() && !is_count(pub[2], 1, ibm_most_shots))
    return refusal(fmt::format("Shots are from 1 to {}.", ibm_most_shots));
  return {};
}

Checked check_params(const Json& params) {
  BORNITE_CHECK(check_keys(params, "params", {"pubs", "options", "version", "support_qiskit", "shots"}));
  if (const Json* version = member(params, "version"); version == nullptr || *version != 2)
    return refusal("params.version must be 2.");
  const Json* qiskit = member(params, "support_qiskit");
  if (qiskit != nullptr && *qiskit != false) return refusal("The emulator answers only with support_qiskit false.");
  if (const Json* shots = member(params, "shots"); shots != nullptr && !is_count(*shots, 1, ibm_most_shots))
    return refusal("params.shots is not in range.");
  BORNITE_CHECK(check_options(params));
  const Json* pubs = member(params, "pubs");
  if (pubs == nullptr || !pubs->is_array() || pubs->empty()) return refusal("params.pubs must be a list of pubs.");
  for (const Json& pub : *pubs) BORNITE_CHECK(check_pub(pub));
  return {};
}

IbmPub read_pub(const Json& entry, std::uint64_t shots) {
  IbmPub pub{.text = entry[0], .shots = shots};
  if (entry.size() > 2 && !entry[2].is_null()) pub.shots = entry[2];
  const Json values = entry.size() > 1 ? entry[1] : Json(nullptr);
  if (values.is_object()) {
    pub.named = values.get<std::map<std::string, double>>();
  } else if (values.is_array() && !values.empty() && values[0].is_array()) {
    pub.rows = values.get<std::vector<std::vector<double>>>();
    pub.broadcast = true;
  } else {
    pub.rows.push_back(values.is_array() ? values.get<std::vector<double>>() : std::vector<double>());
  }
  return pub;
}

/// The values by name, from an object or from the positions of the sorted names.
IbmRead<std::map<std::string, double>> by_name(const IbmPub& pub, std::size_t row, std::vector<std::string> names) {
  std::ranges::sort(names);
  if (pub.rows.empty()) return pub.named;
  if (pub.rows[row].size() != names.size())
    return IbmComplaint{invalid, fmt::format("The program has {} parameters, but {} values were given.", names.size(),
                                             pub.rows[row].size())};
  std::map<std::string, double> values;
  for (std::size_t i = 0; i < names.size(); ++i) values[names[i]] = pub.rows[row][i];
  return values;
}

IbmRead<std::vector<double>> in_order(const std::map<std::string, double>& values,
                                      const std::vector<std::string>& names) {
  std::vector<double> row;
  for (const std::string& name : names) {
    const auto found = values.find(name);
    if (found == values.end()) return IbmComplaint{invalid, fmt::format("The parameter {} has no value.", name)};
    row.push_back(found->second);
  }
  if (values.size() != names.size()) return IbmComplaint{invalid, "A value is given for what is no parameter."};
  return row;
}

/// "0x1f": bit i of the number is character i.
std::string hexadecimal(std::string_view text) {
  std::string digits;
  for (std::size_t low = 0; low < text.size(); low += 4) {
    int digit = 0;
    for (std::size_t i = low; i < std::min(low + 4, text.size()); ++i) digit |= (text[i] - '0') << (i - low);
    digits.insert(digits.begin(), "0123456789abcdef"[digit]);
  }
  const std::size_t first = digits.find_first_not_of('0');
  return "0x" + (first == std::string::npos ? "0" : digits.substr(first));
}

Json samples(const Outcome& bits, std::size_t first, std::size_t size) {
  Json list = Json::array();
  for (std::size_t i = 0; i < bits.texts.size(); ++i)
    list.insert(list.end(), static_cast<std::size_t>(bits.weights[i]),
                Json(hexadecimal(std::string_view(bits.texts[i]).substr(first, size))));
  return list;
}

}  // namespace

IbmRead<void> check_ibm_request(const Json& body) {
  BORNITE_CHECK(check_keys(
      body, "body",
      {"program_id", "backend", "tags", "cost", "session_id", "private", "log_level", "calibration_id", "params"}));
  if (const Json* program = member(body, "program_id"); program == nullptr || *program != "sampler")
    return refusal("program_id must be \"sampler\".");
  if (const Json* backend = member(body, "backend"); backend == nullptr || *backend != ibm_device)
    return refusal("There is no such backend.");
  BORNITE_CHECK(check_tags(body));
  if (const Json* cost = member(body, "cost"); cost != nullptr && !is_count(*cost, 1, 10800))
    return refusal("cost is from 1 to 10800 seconds.");
  if (const Json* session = member(body, "session_id"); session != nullptr && !session->is_string())
    return refusal("session_id must be a string.");
  if (const Json* hidden = member(body, "private"); hidden != nullptr && *hidden != false)
    return refusal("The emulator has no private jobs.");
  const Json* params = member(body, "params");
  if (params == nullptr) return refusal("params is missing.");
  BORNITE_CHECK(check_params(*params));
  std::uint64_t executions = 0;
  for (const IbmPub& pub : read_ibm_pubs(body)) executions += pub.shots * std::max<std::size_t>(pub.rows.size(), 1);
  if (executions > most_executions)
    return refusal(fmt::format("The job has {} executions, more than 10 million.", executions));
  return {};
}

std::vector<IbmPub> read_ibm_pubs(const Json& body) {
  const Json& params = body.at("params");
  std::uint64_t shots = params.value("shots", default_shots);
  if (const Json* options = member(params, "options")) shots = options->value("default_shots", shots);
  std::vector<IbmPub> pubs;
  for (const Json& entry : params.at("pubs")) pubs.push_back(read_pub(entry, shots));
  return pubs;
}

IbmRead<IbmWork> prepare_ibm_pub(const IbmPub& pub) {
  auto program = read_qasm(pub.text, "program");
  if (!program) return IbmComplaint{not_parsed, program.error().message};
  const ProgramOutline statements = outline(pub.text);
  if (auto problem = find_foreign_gate(statements)) return IbmComplaint{not_native, *std::move(problem)};
  if (program->measured.empty()) return IbmComplaint{invalid, "The program measures nothing."};
  IbmWork work{*std::move(program), {}};
  for (std::size_t r = 0; r < std::max<std::size_t>(pub.rows.size(), 1); ++r) {
    BORNITE_TRY(const auto values, by_name(pub, r, work.program.inputs));
    if (auto problem = find_foreign_angle(statements, values)) return IbmComplaint{not_native, *std::move(problem)};
    BORNITE_TRY(work.rows.emplace_back(), in_order(values, work.program.inputs));
  }
  return work;
}

Result<Json> ibm_pub_result(const IbmPub& pub, std::uint64_t seed, Distortion distortion) {
  const auto work = prepare_ibm_pub(pub);
  if (!work) return Error{ErrorKind::job, work.error().message};
  BORNITE_TRY(const auto outcomes, sample_rows(measured_program(work->program), work->rows, pub.shots, seed));
  const auto& registers = work->program.bit_registers;
  const std::size_t bits = registers.empty() ? 0 : registers.back().first + registers.back().size;
  const std::size_t extra = distortion == Distortion::width ? 1 : 0;
  Json data = Json::object();
  for (const QasmRegister& one : registers)
    data[one.name] = {{"samples", Json::array()}, {"num_bits", one.size + extra}};
  for (const Outcome& outcome : outcomes) {
    const Outcome all = distorted(rearranged(outcome, work->program.measured_bits, bits), distortion);
    for (const QasmRegister& one : registers) {
      Json list = samples(all, one.first, one.size + extra);
      if (pub.broadcast)
        data[one.name]["samples"].push_back(std::move(list));
      else
        data[one.name]["samples"] = std::move(list);
    }
  }
  return Result<Json>(boost::system::in_place_value, std::move(data));
}

}  // namespace bornite::emulator

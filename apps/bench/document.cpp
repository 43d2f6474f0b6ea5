#include <nlohmann/json.hpp>

#include "report.hpp"

namespace bornite::bench {
namespace {

using Json = nlohmann::ordered_json;

Json ceilings_json(const Ceilings& ceilings) {
  Json list = Json::array();
  for (const Ceiling& ceiling : ceilings.all()) {
    Json entry{{"kind", to_string(ceiling.kind)}, {"threads", ceiling.threads}};
    if (ceiling.kind != CeilingKind::multiply_add) {
      entry["level"] = ceiling.level;
      entry["array_bytes"] = ceiling.bytes;
      entry["bytes_per_second"] = ceiling.per_second;
    } else {
      entry["multiply_adds_per_second"] = ceiling.per_second;
    }
    list.push_back(std::move(entry));
  }
  return list;
}

Json measurement_json(const Measurement& m, const Ceilings& ceilings) {
  Json entry{{"name", m.name}, {"group", m.group}, {"N", m.bits}, {"threads", m.threads}};
  if (!m.error.empty()) {
    entry["error"] = m.error;
    return entry;
  }
  entry.update({{"seconds", m.seconds},
                {"seconds_least", m.least},
                {"seconds_most", m.most},
                {"cpu_seconds", m.cpu},
                {"repetitions", m.repetitions},
                {"item", m.items.unit},
                {"items", m.items.count}});
  if (m.work.multiply_adds > 0) entry["multiply_adds"] = m.work.multiply_adds;
  if (m.work.bytes > 0) entry["bytes"] = m.work.bytes;
  if (const auto near = nearness(m, ceilings)) {
    entry["ceiling"] = near->ceiling;
    entry["ratio_to_ceiling"] = near->share;
  }
  if (const auto passes = most_passes(m, ceilings)) entry["most_passes"] = *passes;
  return entry;
}

}  // namespace

std::string to_json(const Machine& machine, const Options& options, const Ceilings& ceilings,
                    const std::vector<Measurement>& measurements) {
  Json document{
      {"version", machine.version},
      {"machine",
       {{"cpu", machine.cpu},
        {"cores", machine.cores},
        {"instruction_set", machine.instruction_set},
        {"compiler", machine.compiler}}},
      {"settings", {{"repetitions", options.repetitions}, {"min_time", options.min_time}, {"quick", options.quick}}},
      {"ceilings", ceilings_json(ceilings)},
      {"benchmarks", Json::array()}};
  for (const Measurement& measurement : measurements)
    document["benchmarks"].push_back(measurement_json(measurement, ceilings));
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace bornite::bench

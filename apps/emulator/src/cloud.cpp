#include "bornite/emulator/cloud.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "mischief.hpp"

namespace bornite::emulator {
namespace {

using MakeDialect = std::unique_ptr<ProviderDialect> (*)(std::string token);

struct Provider {
  std::string_view name;
  MakeDialect make;
};

constexpr std::array providers{Provider{"ionq", make_ionq_dialect}, Provider{"ibm", make_ibm_dialect},
                               Provider{"braket", make_braket_dialect}, Provider{"qbraid", make_qbraid_dialect}};

/// Braket's results lie behind a prefix of their own.
std::string provider_of(const HttpCall& call) {
  const std::vector<std::string> parts = path_parts(call.path());
  if (parts.empty()) return "";
  return parts[0] == "braket-s3" ? "braket" : parts[0];
}

HttpAnswer nothing_here(const HttpCall& call) {
  return json_answer({{"emulator", fmt::format("There is nothing at \"{}\".", call.path())}}, 404);
}

}  // namespace

std::vector<std::string> known_providers() {
  std::vector<std::string> names;
  for (const Provider& provider : providers) names.emplace_back(provider.name);
  return names;
}

Result<std::unique_ptr<Cloud>> Cloud::create(CloudOptions options, const Clock& clock) {
  const std::vector<std::string> known = known_providers();
  if (options.providers.empty()) options.providers = known;
  for (const std::string& name : options.providers)
    if (std::ranges::find(known, name) == known.end())
      return Error{ErrorKind::usage, fmt::format("There is no provider \"{}\" to emulate.", name),
                   fmt::format("Known are {}.", fmt::join(known, ", "))};
  BORNITE_TRY(JobStore store, JobStore::open(options.store));
  return std::unique_ptr<Cloud>(new Cloud(std::move(options), std::move(store), clock));
}

Cloud::Cloud(CloudOptions options, JobStore store, const Clock& clock)
    : options_(std::move(options)), store_(std::move(store)), clock_(clock) {
  for (const Provider& provider : providers)
    if (std::ranges::find(options_.providers, provider.name) != options_.providers.end())
      services_[std::string(provider.name)].dialect = provider.make(options_.token);
}

HttpAnswer Cloud::answer(const HttpCall& call) {
  const std::lock_guard lock(mutex_);
  if (call.path() == "/emulator/statistics") return json_answer(count());
  const std::string provider = provider_of(call);
  const auto found = services_.find(provider);
  return found == services_.end() ? nothing_here(call) : serve(provider, found->second, call);
}

HttpAnswer Cloud::serve(const std::string& provider, Service& service, const HttpCall& call) {
  const CallKind kind = service.dialect->kind(call);
  if (kind == CallKind::submit) ++service.submissions;
  const Fault* fault = options_.faults.next(provider, kind, clock_.now());
  if (fault != nullptr)
    if (auto refusal = refused_by(*fault, *service.dialect)) return *std::move(refusal);
  Situation situation(store_, options_.timing, clock_.now(), fault);
  HttpAnswer answer = service.dialect->answer(call, situation);
  if (fault != nullptr) spoil(*fault, answer);
  return answer;
}

Json Cloud::statistics() {
  const std::lock_guard lock(mutex_);
  return count();
}

Json Cloud::count() const {
  Json document = Json::object();
  for (const auto& [name, service] : services_) {
    const JobStore::Counts counts = store_.counts(name);
    document[name] = {
        {"accepted", counts.accepted}, {"submissions", service.submissions}, {"cancelled", counts.cancelled}};
  }
  return document;
}

std::map<std::string, Access> Cloud::accesses() const {
  std::map<std::string, Access> accesses;
  for (const auto& [name, service] : services_) accesses[name] = service.dialect->access();
  return accesses;
}

}  // namespace bornite::emulator

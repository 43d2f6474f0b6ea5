#include "bornite/backend/registry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "backend_name.hpp"

namespace bornite {

Result<void> BackendRegistry::add(BackendFactory factory) {
  BORNITE_CHECK(check_backend_name(factory.name));
  const auto place = std::ranges::lower_bound(factories_, factory.name, {}, &BackendFactory::name);
  if (place != factories_.end() && place->name == factory.name)
    return Error{ErrorKind::plugin,
                 fmt::format("The name {} is already taken by {}.", factory.name,
                             place->origin.built_in() ? std::string("a built-in engine") : place->origin.path.string()),
                 "Remove one of the two; the first one found is used."};
  factories_.insert(place, std::move(factory));
  return {};
}

std::vector<std::string> BackendRegistry::names() const {
  std::vector<std::string> names;
  for (const BackendFactory& factory : factories_) names.push_back(factory.name);
  return names;
}

const BackendFactory* BackendRegistry::find(std::string_view name) const {
  const auto place = std::ranges::lower_bound(factories_, name, {}, &BackendFactory::name);
  return place != factories_.end() && place->name == name ? &*place : nullptr;
}

Result<std::unique_ptr<QuantumBackend>> BackendRegistry::create(std::string_view specification,
                                                                const BackendOptions& options) const {
  const std::size_t colon = specification.find(':');
  const std::string_view name = specification.substr(0, colon);
  const std::string device(colon == std::string_view::npos ? "" : specification.substr(colon + 1));
  if (name.empty() || (colon != std::string_view::npos && device.empty()))
    return Error{ErrorKind::usage,
                 fmt::format("The backend '{}' is not of the form NAME or NAME:DEVICE.", specification),
                 fmt::format("Known backends: {}.", fmt::join(names(), ", "))};

  const BackendFactory* factory = find(name);
  if (!factory) return unknown(name);
  BORNITE_TRY(std::unique_ptr<QuantumBackend> backend, factory->create(device, options));
  if (!backend) return Error{ErrorKind::plugin, fmt::format("The factory of backend {} made nothing.", name)};
  return backend;
}

Error BackendRegistry::unknown(std::string_view name) const {
  std::string message =
      factories_.empty() ? fmt::format("There is no backend called {}; none is known at all.", name)
                         : fmt::format("There is no backend called {}; known are {}.", name, fmt::join(names(), ", "));
  for (const PluginReport& report : skipped_)
    message += fmt::format(" Plugin {} was skipped: {}", report.path.string(), report.reason);
  return Error{ErrorKind::usage, std::move(message),
               "Choose a known backend, or name the directory of its plugin in BORNITE_PLUGIN_PATH."};
}

}  // namespace bornite

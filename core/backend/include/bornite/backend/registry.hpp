#pragma once
// Which backends there are, by name, and how to make one.

#include "bornite/backend/backend.hpp"
#include "bornite/backend/plugin_report.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// Settings of a backend beyond its device, e.g. an endpoint. Keys and meanings are the backend's own; a backend
/// refuses keys that it does not know.
using BackendOptions = std::map<std::string, std::string>;

/// Where a backend's code comes from.
struct BackendOrigin {
  std::filesystem::path path{};  ///< the plugin's file; empty for an engine that is part of the program
  std::uint32_t abi = 0;
  std::string build_tag{};

  [[nodiscard]] bool built_in() const { return path.empty(); }
};

/// How to make one kind of backend.
struct BackendFactory {
  std::string name;  ///< lower-case letters, digits, '_' and '-', beginning with a letter
  std::string version;
  std::string description;  ///< one line for people
  /// `device` is empty when the user named none.
  std::function<Result<std::unique_ptr<QuantumBackend>>(const std::string& device, const BackendOptions& options)>
      create;
  BackendOrigin origin{};
};

/// The backends of one program. Filled at start-up by one thread; after that, any number may read.
class BackendRegistry {
 public:
  /// Refuses a name that is taken or malformed; the first to come keeps the name.
  Result<void> add(BackendFactory factory);
  /// Remembers a plugin that could not be used, so that a request for it can be answered with the reason.
  void add_skipped(PluginReport report) { skipped_.push_back(std::move(report)); }

  /// In alphabetical order of their names.
  [[nodiscard]] std::span<const BackendFactory> factories() const { return factories_; }
  [[nodiscard]] std::vector<std::string> names() const;
  /// nullptr if there is none of this name.
  [[nodiscard]] const BackendFactory* find(std::string_view name) const;
  [[nodiscard]] std::span<const PluginReport> skipped() const { return skipped_; }

  /// Makes the backend that `specification` = "NAME" or "NAME:DEVICE" names; the device may contain colons itself.
  /// An unknown name is refused with the known ones and with the reasons why plugins were skipped.
  [[nodiscard]] Result<std::unique_ptr<QuantumBackend>> create(std::string_view specification,
                                                               const BackendOptions& options = {}) const;

 private:
  [[nodiscard]] Error unknown(std::string_view name) const;

  std::vector<BackendFactory> factories_;
  std::vector<PluginReport> skipped_;
};

}  // namespace bornite

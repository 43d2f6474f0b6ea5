#pragma once
// The emulator in this process, and clients of it made from the plugins as they are built.

#include "bornite/backend/plugin_loader.hpp"
#include "bornite/builtin/builtin_backends.hpp"
#include "bornite/emulator/client_files.hpp"
#include "bornite/emulator/cloud.hpp"
#include "bornite/emulator/server.hpp"
#include "temporary_directory.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace bornite {

/// ionq, ibm, braket, qbraid.
inline const std::vector<std::string>& cloud_providers() {
  static const std::vector<std::string> providers{"ionq", "ibm", "braket", "qbraid"};
  return providers;
}

/// The device of each provider that tests use.
inline std::string cloud_device(const std::string& provider) {
  static const std::map<std::string, std::string> devices{
      {"ionq", "simulator"}, {"ibm", "ibm_emulated"}, {"braket", "sv1"}, {"qbraid", "qbraid:qbraid:sim:emulated-sv"}};
  return devices.at(provider);
}

/// What must never be seen outside of a request's headers.
inline const std::vector<std::string>& cloud_secrets() {
  static const std::vector<std::string> secrets{"ionq-emulator-key", "ibm-emulator-key", "qbraid-emulator-key",
                                                "wJalrXUtnFEMI"};
  return secrets;
}

/// Adds the plugins of the build, from a folder of the test's own: the loader refuses folders that are open to all.
inline void add_built_plugins(BackendRegistry& registry) {
  static const TemporaryDirectory folder;
  for (const auto& file : std::filesystem::directory_iterator(BORNITE_PLUGIN_FOLDER))
    std::filesystem::copy(file.path(), folder.path() / file.path().filename(),
                          std::filesystem::copy_options::skip_existing);
  for (const PluginReport& report : load_plugins(registry, std::array{PluginDirectory{folder.path(), "the test"}}))
    if (!report.loaded) throw std::runtime_error(report.reason);
}

class EmulatedCloud {
 public:
  explicit EmulatedCloud(const std::string& faults = "", emulator::Timing timing = {}, bool tls = true) {
    ::setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", 1);
    ::setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", 1);
    ::setenv("AWS_REGION", "us-east-1", 1);
    ::setenv("SSL_CERT_FILE", "/dev/null", 1);  // no client needs the system's hundreds of certificates here
    emulator::CloudOptions options{.store = folder_.path() / "store", .timing = timing};
    if (!faults.empty()) options.faults = emulator::FaultEngine::parse(faults, "the test's faults").value();
    cloud_ = emulator::Cloud::create(std::move(options), system_clock()).value();
    server_ = emulator::EmulatorServer::start({.tls = tls, .certificate_folder = folder_.path()},
                                              [this](const emulator::HttpCall& call) { return cloud_->answer(call); })
                  .value();
    std::filesystem::create_directory(folder_.path() / "client");
    if (!emulator::write_client_files(cloud_->accesses(), whereabouts(), folder_.path() / "client"))
      throw std::runtime_error("The files of the emulator's clients cannot be written.");
  }
  ~EmulatedCloud() { server_->stop(); }

  /// Everything but the backend's name that makes a client of this cloud; quick to try again, quick to give up.
  [[nodiscard]] BackendOptions options(const std::string& provider) const {
    BackendOptions options{{"retry_pause", "0.005"}};
    if (provider != "braket") options["token_file"] = token_file(provider).string();
    options.merge(emulator::client_options(cloud_->accesses().at(provider), whereabouts()));
    return options;
  }

  /// A client; `device` is the usual one if it is not given.
  [[nodiscard]] Result<std::unique_ptr<QuantumBackend>> connect(const std::string& provider, BackendOptions more = {},
                                                                std::string device = "") const {
    more.merge(options(provider));
    if (device.empty()) device = cloud_device(provider);
    return registry().create(provider + ":" + device, more);
  }

  /// Jobs that the provider has accepted, and so would have been paid for.
  [[nodiscard]] std::uint64_t accepted(const std::string& provider) const {
    return cloud_->statistics().at(provider).at("accepted").get<std::uint64_t>();
  }

  /// What the cloud says to a call that does not come over the network. It counts as one for the faults.
  [[nodiscard]] emulator::HttpAnswer answer(const emulator::HttpCall& call) const { return cloud_->answer(call); }

  /// No secret may lie in it, but in the folder `client` there.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path token_file(const std::string& provider) const {
    return folder_.path() / "client" / (provider + ".token");
  }

  static const BackendRegistry& registry() {
    static const BackendRegistry filled = [] {
      BackendRegistry registry;
      register_builtin_backends(registry);
      add_built_plugins(registry);
      return registry;
    }();
    return filled;
  }

 private:
  [[nodiscard]] emulator::Whereabouts whereabouts() const { return {server_->address(), server_->authority_file()}; }

  TemporaryDirectory folder_;
  std::unique_ptr<emulator::Cloud> cloud_;
  std::unique_ptr<emulator::EmulatorServer> server_;
};

}  // namespace bornite

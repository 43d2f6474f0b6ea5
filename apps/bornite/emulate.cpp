// bornite emulate

#include <fmt/format.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "bornite/emulator/client_files.hpp"
#include "bornite/emulator/cloud.hpp"
#include "bornite/emulator/server.hpp"
#include "command.hpp"

namespace bornite::cli {
namespace {

using emulator::Cloud;
using emulator::EmulatorServer;

struct Options {
  CommonOptions common;
  std::vector<std::string> providers;
  std::size_t port = 0;
  std::string address = "127.0.0.1";
  bool tls = false;
  std::string faults;
  std::string store;
  std::string token;
  std::size_t latency_ms = 0;
  double queue_seconds = 0;
};

constexpr const char* examples = R"(Examples:
  bornite emulate --provider ionq --port 8080
  bornite emulate --tls --store emulated --faults faults.toml --queue 2

The providers' APIs are made up for tests: jobs run on the local simulator. Tokens are made up as well. In the store it
writes client.sh, which makes bornite in a shell its client. Stop it with Ctrl-C.)";

/// The folder of the jobs; one that nobody named goes when the emulator does.
class StoreFolder {
 public:
  static Result<StoreFolder> make(const std::string& named) {
    if (!named.empty()) return StoreFolder(named, false);
    std::string pattern = (std::filesystem::temp_directory_path() / "bornite-emulator-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
      return Error{ErrorKind::io, fmt::format("The folder {} cannot be made.", pattern), "Name one with --store."};
    return StoreFolder(pattern, true);
  }
  StoreFolder(StoreFolder&& other) noexcept : path_(std::move(other.path_)), temporary_(other.temporary_) {
    other.temporary_ = false;
  }
  ~StoreFolder() {
    std::error_code ignored;
    if (temporary_) std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  StoreFolder(std::filesystem::path path, bool temporary) : path_(std::move(path)), temporary_(temporary) {}

  std::filesystem::path path_;
  bool temporary_;
};

/// Kept from all threads from here on, so that wait_for_end() gets them.
sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void wait_for_end(const sigset_t& signals) {
  int signal = 0;
  sigwait(&signals, &signal);
}

void print_json(const EmulatorServer& server, const std::map<std::string, emulator::Access>& accesses,
                const std::string& store, const std::string& client) {
  nlohmann::ordered_json document{{"emulator", true},
                                  {"address", server.address()},
                                  {"authority", server.authority_file().string()},
                                  {"store", store},
                                  {"client", client},
                                  {"providers", nlohmann::ordered_json::object()}};
  for (const auto& [provider, access] : accesses)
    document["providers"][provider] = {
        {"backend", fmt::format("{}:{}", provider, access.device)},
        {"options", emulator::client_options(access, {server.address(), server.authority_file()})},
        {"access_key", access.access_key},
        {"token", access.token}};
  print_document(document);
}

void print_text(const EmulatorServer& server, const std::map<std::string, emulator::Access>& accesses,
                const std::string& store, const std::string& client) {
  fmt::print(
      "This is an emulator, not a quantum computer. It listens on {}; jobs lie in {}\n\n"
      "In another shell, to use it instead of the true providers:\n\n  . {}\n",
      server.address(), store, client);
  for (const auto& [provider, access] : accesses)
    fmt::print("  bornite sample --qubits 3 --shots 100 --backend {}:{}\n", provider, access.device);
  fmt::print("\n");
}

Result<int> emulate(const Options& options) {
  const sigset_t signals = block_end_signals();
  BORNITE_TRY(const StoreFolder store, StoreFolder::make(options.store));
  emulator::CloudOptions settings{.providers = options.providers, .store = store.path(), .token = options.token};
  std::erase(settings.providers, "all");
  if (settings.providers.size() != options.providers.size()) settings.providers.clear();
  settings.timing.latency = std::chrono::milliseconds(options.latency_ms);
  settings.timing.queue = std::chrono::milliseconds(static_cast<std::int64_t>(options.queue_seconds * 1000));
  if (!options.faults.empty()) {
    BORNITE_TRY(settings.faults, emulator::FaultEngine::load(options.faults));
  }
  BORNITE_TRY(const auto cloud, Cloud::create(std::move(settings), system_clock()));
  BORNITE_TRY(const auto server, EmulatorServer::start({.address = options.address,
                                                        .port = static_cast<std::uint16_t>(options.port),
                                                        .tls = options.tls,
                                                        .certificate_folder = store.path()},
                                                       [&](const auto& call) { return cloud->answer(call); }));
  const auto accesses = cloud->accesses();
  BORNITE_TRY(const auto client,
              emulator::write_client_files(accesses, {server->address(), server->authority_file()}, store.path()));
  (options.common.json ? print_json : print_text)(*server, accesses, store.path().string(), client.string());
  std::fflush(stdout);
  wait_for_end(signals);
  server->stop();
  return 0;
}

}  // namespace

void add_emulate_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = add_command(app, "emulate", "Serve the providers' APIs on this machine, for tests", examples);
  add_texts(command, "--provider", options->providers, "NAME", "ionq, ibm, braket, qbraid or all; may be repeated");
  add_count(
      command, "--port", 0, 65535, [options](std::size_t n) { options->port = n; },
      "Default: 0, which takes any that is free");
  add_text(command, "--address", options->address, "IP", "Address of this machine to listen on; default: 127.0.0.1");
  add_flag(command, "--tls", options->tls, "Speak TLS, with a new authority whose certificate is ca.pem in the store");
  add_path(command, "--faults", options->faults, "FILE", "TOML file of what goes wrong");
  add_path(command, "--store", options->store, "FOLDER",
           "Where jobs are kept; default: a new one that goes at the end");
  add_text(command, "--token", options->token, "TEXT",
           "The made-up token that clients must show; default: see what it prints");
  add_count(
      command, "--latency", 0, 3'600'000, [options](std::size_t n) { options->latency_ms = n; },
      "Milliseconds that a job runs; default: 0");
  add_number(command, "--queue", options->queue_seconds, 0.0, 86400.0, "SECONDS",
             "Seconds that a job waits; default: 0");
  add_flag(command, "--json", options->common.json, "Print where it listens as one JSON document");
  set_callback(command,
               [options, &exit_code] { exit_code = run_command(options->common, [&] { return emulate(*options); }); });
}

}  // namespace bornite::cli

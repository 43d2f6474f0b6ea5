#pragma once
// The command as a user runs it on the emulator.

#include "emulated_cloud.hpp"
#include "process.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bornite {

/// A client of one provider, which works in the cloud's folder and has nothing of this process's environment but the
/// credentials of Amazon's.
class CloudCommand {
 public:
  explicit CloudCommand(const EmulatedCloud& cloud, std::string provider, const std::string& device = "")
      : folder_(cloud.folder()),
        backend_{"--backend", provider + ":" + (device.empty() ? cloud_device(provider) : device)} {
    for (const auto& [key, value] : cloud.options(provider)) {
      backend_.push_back("--backend-option");
      backend_.push_back(key + "=" + value);
    }
  }

  [[nodiscard]] std::unique_ptr<test::Process> start(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), backend_.begin(), backend_.end());
    return start_without_backend(std::move(arguments));
  }
  [[nodiscard]] std::unique_ptr<test::Process> start_without_backend(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), BORNITE_COMMAND);
    std::vector<std::string> environment{"HOME=" + folder_.string(), "PATH=/usr/bin", "SSL_CERT_FILE=/dev/null"};
    for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"})
      environment.push_back(std::string(name) + "=" + std::getenv(name));
    return std::make_unique<test::Process>(arguments, folder_, environment);
  }
  [[nodiscard]] test::Outcome run(std::vector<std::string> arguments) const {
    return start(std::move(arguments))->wait();
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::vector<std::string> backend_;
};

}  // namespace bornite

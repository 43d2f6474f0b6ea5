#include <thread>

#include "loopback_client.hpp"
#include "program.hpp"

namespace bornite::test {
namespace {

using Catch::Contains;
using Catch::StartsWith;

/// A running `bornite emulate` that has said where it listens.
class Emulator {
 public:
  Emulator(const Program& program, std::vector<std::string> arguments)
      : process_(program.command(with_json(std::move(arguments))), program.folder()) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!Json::accept(process_.read("stdout")) && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    banner_ = Json::parse(process_.read("stdout"));
  }

  [[nodiscard]] const Json& banner() const { return banner_; }
  [[nodiscard]] std::string exchange(const std::string& head, const std::string& body = "") const {
    const std::string address = banner_.at("address");
    const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
    const std::string request =
        head + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n" +
        "Authorization: apiKey ionq-emulator-key\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    return loopback_exchange(port, request, banner_.at("authority").get<std::string>());
  }
  Outcome end(int signal) {
    process_.send(signal);
    return process_.wait();
  }

 private:
  static std::vector<std::string> with_json(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "emulate");
    arguments.push_back("--json");
    return arguments;
  }

  Process process_;
  Json banner_;
};

TEST_CASE("the emulator that is killed goes on with its jobs, over TLS") {
  Program program, successor;
  const std::string store = (program.folder() / "store").string();
  const std::string job =
      R"({"type":"ionq.qasm3.v1","backend":"simulator","input":{"data":"OPENQASM 3.0; qubit[1] q; x q[0];"}})";
  {
    Emulator first(program, {"--provider", "ionq", "--tls", "--store", store});
    CHECK(first.banner().at("emulator") == true);
    CHECK(first.banner().at("providers").size() == 1);
    CHECK_THAT(first.banner().at("address").get<std::string>(), StartsWith("https://"));
    CHECK_THAT(first.exchange("POST /ionq/v0.4/jobs", job), StartsWith("HTTP/1.1 201"));
    CHECK(first.end(SIGKILL).exit_code == -SIGKILL);
  }
  Emulator second(successor, {"--provider", "ionq", "--tls", "--store", store});
  CHECK_THAT(second.exchange("GET /emulator/statistics"),
             Contains(R"({"ionq":{"accepted":1,"submissions":0,"cancelled":0}})"));
  CHECK_THAT(second.exchange("GET /ionq/v0.4/jobs"), Contains("\"completed\""));
  CHECK(second.end(SIGTERM).exit_code == 0);
}

TEST_CASE("without a store the emulator leaves nothing behind") {
  Program program;
  Emulator emulator(program, {});
  const std::filesystem::path store = emulator.banner().at("store").get<std::string>();
  CHECK(std::filesystem::exists(store / "jobs"));
  CHECK(emulator.banner().at("providers").size() == 4);
  CHECK(emulator.end(SIGINT).exit_code == 0);
  CHECK_FALSE(std::filesystem::exists(store));
}

TEST_CASE("emulate refuses providers and fault scripts that it cannot use") {
  Program program;
  program.write("faults.toml", "[[fault]]\naction = \"explode\"\nnth = 1\n");
  const Outcome unknown = program.run({"emulate", "--provider", "hal"});
  CHECK(unknown.exit_code == 2);
  CHECK_THAT(unknown.err, Contains("hal") && Contains("ionq"));
  const Outcome faults = program.run({"emulate", "--faults", "faults.toml"});
  CHECK(faults.exit_code == 2);
  CHECK_THAT(faults.err, Contains("faults.toml") && Contains("action"));
  CHECK(program.run({"emulate", "--faults", "none.toml"}).exit_code == 1);
  CHECK(program.run({"emulate", "--queue", "-1"}).exit_code == 2);
}

}  // namespace
}  // namespace bornite::test

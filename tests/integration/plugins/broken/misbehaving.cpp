// A plugin that loads well and then misbehaves; its device says how.
#include <stdexcept>

#include "bornite/backend/plugin.hpp"

namespace {

using namespace bornite;

[[noreturn]] void fail(const char* where) { throw std::runtime_error(std::string("deliberate failure in ") + where); }

class Thrower final : public ExactBackend {
 public:
  Thrower(std::string name, bool exact, bool shy, int* destroyed) : shy_(shy), destroyed_(destroyed) {
    capabilities_ = {.name = std::move(name), .device = "", .description = "throws", .max_qubits = 4, .exact = exact};
  }
  ~Thrower() override {
    if (destroyed_) ++*destroyed_;
  }
  Thrower(const Thrower&) = delete;
  Thrower& operator=(const Thrower&) = delete;

  const Capabilities& capabilities() const override {
    if (shy_) fail("capabilities");
    return capabilities_;
  }
  Result<JobId> submit(const SampleRequest&, const SubmissionToken&) override { fail("submit"); }
  Result<JobStatus> poll(const JobId&) override { fail("poll"); }
  Result<ShotTable> fetch(const JobId&, const JobShape&) override { fail("fetch"); }
  Result<void> cancel(const JobId&) override { throw 42; }
  void forget(const JobId&) override { fail("forget"); }
  Result<Distribution> probabilities(const Circuit&, Theta) override { fail("probabilities"); }
  Result<void> gradient(const Circuit&, Theta, const EffectiveCost& cost, std::span<double>) override {
    const std::vector<double> q{0.25, 0.75};
    std::vector<double> g(2);
    cost(q, g);
    fail("gradient");
  }

 private:
  bool shy_;
  int* destroyed_;
  Capabilities capabilities_;
};

Result<std::unique_ptr<QuantumBackend>> make(const std::string& device, const BackendOptions& options) {
  if (device == "throws") fail("create");
  if (device == "throws-number") throw 7;
  if (device == "refuses") return Error{ErrorKind::authentication, "There is no key.", "Get one.", true};
  if (device == "nothing") return std::unique_ptr<QuantumBackend>();
  // The address of the test's own counter: the test and this plugin are one process.
  int* destroyed = nullptr;
  if (const auto counter = options.find("counter"); counter != options.end())
    destroyed = reinterpret_cast<int*>(std::stoull(counter->second));
  return std::make_unique<Thrower>(device == "misnamed" ? "somebody" : "misbehaving", device != "inexact",
                                   device == "shy", destroyed);
}

}  // namespace

BORNITE_PLUGIN("misbehaving", "2.5", "throws from everywhere", make)

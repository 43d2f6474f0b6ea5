#include "bornite/backend/guarded_backend.hpp"

#include <fmt/format.h>

#include <exception>
#include <type_traits>
#include <utility>

namespace bornite {
namespace {

/// A backend together with the function that must end it.
using OwnedBackend = std::unique_ptr<QuantumBackend, void (*)(QuantumBackend*)>;

Error thrown(std::string_view origin, std::string_view call, std::string_view what) {
  return Error{ErrorKind::plugin, fmt::format("Plugin {} threw an exception from {}(): {}", origin, call, what),
               "This is a defect of the plugin; report it to its author or use another backend."};
}

/// Runs `call` and turns whatever it throws into an Error.
template <typename Call>
auto guarded(std::string_view origin, std::string_view name, Call&& call) -> std::invoke_result_t<Call> {
  try {
    return std::forward<Call>(call)();
  } catch (const std::exception& exception) {
    return thrown(origin, name, exception.what());
  } catch (...) {
    return thrown(origin, name, "not a std::exception.");
  }
}

/// The functions of QuantumBackend, forwarded. Base is QuantumBackend or ExactBackend.
template <typename Base>
class Guarded : public Base {
 public:
  Guarded(OwnedBackend backend, Capabilities capabilities, std::string origin)
      : backend_(std::move(backend)), capabilities_(std::move(capabilities)), origin_(std::move(origin)) {}

  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  [[nodiscard]] Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override {
    return guarded(origin_, "submit", [&] { return backend_->submit(request, token); });
  }
  [[nodiscard]] Result<JobStatus> poll(const JobId& job) override {
    return guarded(origin_, "poll", [&] { return backend_->poll(job); });
  }
  [[nodiscard]] std::vector<Result<JobStatus>> poll_all(std::span<const JobId> jobs) override {
    std::vector<Result<JobStatus>> all;
    auto done = guarded(origin_, "poll_all", [&]() -> Result<void> {
      all = backend_->poll_all(jobs);
      return {};
    });
    if (done && all.size() != jobs.size())
      done = thrown(origin_, "poll_all", fmt::format("{} answers about {} jobs.", all.size(), jobs.size()));
    if (!done) all.assign(jobs.size(), done.error());
    return all;
  }
  [[nodiscard]] Result<JobForecast> forecast(const SampleRequest& request) override {
    return guarded(origin_, "forecast", [&] { return backend_->forecast(request); });
  }
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token) override {
    return guarded(origin_, "find", [&] { return backend_->find(token); });
  }
  [[nodiscard]] Result<ShotTable> fetch(const JobId& job, const JobShape& shape) override {
    return guarded(origin_, "fetch", [&] { return backend_->fetch(job, shape); });
  }
  [[nodiscard]] Result<std::vector<DeviceSummary>> devices() override {
    return guarded(origin_, "devices", [&] { return backend_->devices(); });
  }
  [[nodiscard]] Result<DeviceDescription> describe() override {
    return guarded(origin_, "describe", [&] { return backend_->describe(); });
  }
  [[nodiscard]] Result<void> cancel(const JobId& job) override {
    return guarded(origin_, "cancel", [&] { return backend_->cancel(job); });
  }
  void forget(const JobId& job) override {
    // There is nobody to tell, and the worst outcome is a result kept too long.
    static_cast<void>(guarded(origin_, "forget", [&]() -> Result<void> {
      backend_->forget(job);
      return {};
    }));
  }

 protected:
  [[nodiscard]] std::string_view origin() const { return origin_; }

 private:
  OwnedBackend backend_;
  Capabilities capabilities_;
  std::string origin_;
};

using GuardedBackend = Guarded<QuantumBackend>;

class GuardedExactBackend final : public Guarded<ExactBackend> {
 public:
  GuardedExactBackend(OwnedBackend backend, ExactBackend& exact, Capabilities capabilities, std::string origin)
      : Guarded(std::move(backend), std::move(capabilities), std::move(origin)), exact_(exact) {}

  [[nodiscard]] Result<Distribution> probabilities(const Circuit& circuit, Theta theta) override {
    return guarded(origin(), "probabilities", [&] { return exact_.probabilities(circuit, theta); });
  }

  [[nodiscard]] Result<void> gradient(const Circuit& circuit, Theta theta, const EffectiveCost& cost,
                                      std::span<double> out) override {
    std::exception_ptr of_cost;
    const EffectiveCost watched = [&](std::span<const double> q, std::span<double> g) {
      try {
        cost(q, g);
      } catch (...) {
        of_cost = std::current_exception();
        throw;
      }
    };
    Result<void> done = guarded(origin(), "gradient", [&] { return exact_.gradient(circuit, theta, watched, out); });
    if (of_cost) std::rethrow_exception(of_cost);
    return done;
  }

 private:
  ExactBackend& exact_;
};

Result<void> check_capabilities(const Capabilities& capabilities, const PluginDescription& plugin, bool exact,
                                std::string_view origin) {
  const auto refuse = [&](std::string what) {
    return Error{ErrorKind::plugin, fmt::format("Plugin {} made a backend that contradicts itself: {}", origin, what),
                 "This is a defect of the plugin; report it to its author."};
  };
  if (capabilities.name != plugin.name)
    return refuse(fmt::format("it calls itself '{}' instead of '{}'.", capabilities.name, plugin.name));
  if (capabilities.exact != exact)
    return refuse(exact ? "it is an ExactBackend, but its capabilities say that it is not exact."
                        : "its capabilities say that it is exact, but it is not an ExactBackend.");
  return {};
}

}  // namespace

Result<std::unique_ptr<QuantumBackend>> guard_backend(PluginBackend made, const PluginDescription& plugin,
                                                      std::string origin) {
  OwnedBackend backend(made.backend, plugin.destroy);
  if (!backend) return Error{ErrorKind::plugin, fmt::format("Plugin {} made no backend.", origin)};
  BORNITE_TRY(Capabilities capabilities,
              guarded(origin, "capabilities", [&]() -> Result<Capabilities> { return backend->capabilities(); }));
  BORNITE_CHECK(check_capabilities(capabilities, plugin, made.exact != nullptr, origin));
  if (made.exact)
    return std::make_unique<GuardedExactBackend>(std::move(backend), *made.exact, std::move(capabilities),
                                                 std::move(origin));
  return std::make_unique<GuardedBackend>(std::move(backend), std::move(capabilities), std::move(origin));
}

}  // namespace bornite

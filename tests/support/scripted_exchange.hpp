#pragma once
// An exchange that answers from a script and remembers what it was asked.

#include "bornite/rest/exchange.hpp"

#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bornite::test {

class ScriptedExchange final : public Exchange {
 public:
  /// Given the request and how many there were before it.
  using Script = std::function<Result<HttpReply>(const HttpRequest&, std::size_t)>;

  explicit ScriptedExchange(Script script) : script_(std::move(script)) {}
  /// Replies of status 200 with these bodies, one after the other; throws std::out_of_range after the last.
  explicit ScriptedExchange(std::vector<std::string> bodies)
      : script_([bodies = std::move(bodies)](const HttpRequest&, std::size_t i) {
          return HttpReply{200, {}, bodies.at(i)};
        }) {}

  std::vector<Result<HttpReply>> send_all(std::span<const HttpRequest> requests, Repeat repeat) override {
    const std::lock_guard lock(mutex_);
    std::vector<Result<HttpReply>> replies;
    for (const HttpRequest& request : requests) {
      replies.push_back(script_(request, requests_.size()));
      requests_.push_back(request);
      repeats_.push_back(repeat);
    }
    return replies;
  }

  [[nodiscard]] const std::vector<HttpRequest>& requests() const { return requests_; }
  [[nodiscard]] const std::vector<Repeat>& repeats() const { return repeats_; }
  [[nodiscard]] std::vector<std::string> urls() const {
    std::vector<std::string> all;
    for (const HttpRequest& request : requests_) all.push_back(request.url);
    return all;
  }

 private:
  Script script_;
  std::mutex mutex_;
  std::vector<HttpRequest> requests_;
  std::vector<Repeat> repeats_;
};

}  // namespace bornite::test

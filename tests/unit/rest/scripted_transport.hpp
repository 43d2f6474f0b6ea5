#pragma once
// A transport that answers from a script and remembers what it was asked.

#include <functional>
#include <mutex>
#include <vector>

#include "bornite/rest/transport.hpp"

namespace bornite::test {

class ScriptedTransport final : public HttpTransport {
 public:
  /// Given the request and how many there were before it.
  using Script = std::function<Result<HttpReply>(const HttpRequest&, std::size_t)>;

  explicit ScriptedTransport(Script script) : script_(std::move(script)) {}

  std::vector<Result<HttpReply>> exchange(std::span<const HttpRequest> requests) override {
    const std::lock_guard lock(mutex_);
    batches_.push_back(requests.size());
    std::vector<Result<HttpReply>> replies;
    for (const HttpRequest& request : requests) {
      replies.push_back(script_(request, requests_.size()));
      requests_.push_back(request);
    }
    return replies;
  }

  [[nodiscard]] const std::vector<HttpRequest>& requests() const { return requests_; }
  /// The sizes of the batches, in order.
  [[nodiscard]] const std::vector<std::size_t>& batches() const { return batches_; }

 private:
  Script script_;
  std::mutex mutex_;
  std::vector<HttpRequest> requests_;
  std::vector<std::size_t> batches_;
};

}  // namespace bornite::test

#pragma once
// What providers send their requests through: signed, and repeated where that is safe.

#include <span>
#include <vector>

#include "bornite/rest/http.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

/// Whether a request may be sent again although the first one may have arrived.
enum class Repeat {
  safe,  ///< reading, cancelling, or a submission with a token by which the provider knows it again
  once,  ///< whatever may cost money twice
};

class Exchange {
 public:
  virtual ~Exchange() = default;

  /// Every request's final reply, of any status, or the error why there is none, in the order of the requests.
  /// `outcome_unknown` errors, for Repeat::once alone, mean that the provider may have done what was asked.
  [[nodiscard]] virtual std::vector<Result<HttpReply>> send_all(std::span<const HttpRequest> requests,
                                                                Repeat repeat) = 0;
  /// One request.
  [[nodiscard]] virtual Result<HttpReply> send(const HttpRequest& request, Repeat repeat);
};

}  // namespace bornite

#pragma once
// What a provider that runs jobs together must say.

#include "bornite/rest/http.hpp"
#include "bornite/util/error.hpp"

#include <string>
#include <string_view>

namespace bornite {

/// Translates between bornite and a provider's sessions: what jobs of one run share, so that they wait in the queue
/// once. To open one costs nothing before a job runs in it, and one that nobody closes ends by itself. Like the adapter
/// that it belongs to, it holds no state that changes.
class SessionAdapter {
 public:
  virtual ~SessionAdapter() = default;

  [[nodiscard]] virtual HttpRequest opening() const = 0;
  /// The session's id, from a reply with a status of success.
  [[nodiscard]] virtual Result<std::string> read_opening(const HttpReply& reply) const = 0;

  /// The request after which the session takes no more jobs; those that it has must still run.
  [[nodiscard]] virtual HttpRequest closing(const std::string& session) const = 0;

  /// Whether a job was refused, as this reply says, because its session is over. It must be certain that there is no
  /// such job: it is sent again, in another session.
  [[nodiscard]] virtual bool is_over(const HttpReply& refusal) const = 0;
};

}  // namespace bornite

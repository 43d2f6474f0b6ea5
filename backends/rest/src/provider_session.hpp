#pragma once
// The session that a backend's jobs run in.

#include "bornite/rest/adapter.hpp"
#include "bornite/rest/exchange.hpp"
#include "bornite/rest/session_adapter.hpp"

#include <mutex>
#include <string>

namespace bornite {

/// Opens a session when the first job needs one, and closes it at its own end. Any number of threads may use one; while
/// one of them opens the session, the others wait for it. Without sessions at the provider it does nothing.
class ProviderSession {
 public:
  /// Both must outlive it.
  ProviderSession(const RestAdapter& adapter, Exchange& exchange) : adapter_(adapter), exchange_(exchange) {}
  /// Whether the provider has closed it is not waited for beyond a few seconds: it ends by itself.
  ~ProviderSession() { close(); }
  ProviderSession(const ProviderSession&) = delete;
  ProviderSession& operator=(const ProviderSession&) = delete;

  /// The open session's id; opens one if there is none. Empty without sessions. An error whose answer was lost is
  /// `retryable`, not `outcome_unknown`: no job is lost with it.
  [[nodiscard]] Result<std::string> open();
  /// The open session's id, or another text of its length. Empty without sessions. Sends nothing.
  [[nodiscard]] std::string placeholder();
  /// Whether a job was refused because this session, which open() gave, is over. Then the next open() opens another
  /// one.
  [[nodiscard]] bool is_over(const std::string& session, const HttpReply& refusal);

 private:
  [[nodiscard]] Result<std::string> send_opening(const SessionAdapter& sessions);
  void close();

  const RestAdapter& adapter_;
  Exchange& exchange_;
  std::mutex mutex_;
  std::string id_;  // empty: none is open
};

}  // namespace bornite

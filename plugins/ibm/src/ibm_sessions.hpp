#pragma once
// IBM's sessions and batches.

#include "bornite/rest/adapter.hpp"
#include "bornite/rest/session_adapter.hpp"
#include "bornite/util/config.hpp"
#include "ibm_service.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bornite {

/// In which session jobs run.
struct IbmSession {
  std::string id{};                    ///< of one that is there and stays; empty: none, or one of our own
  std::string mode{};                  ///< "batch" or "dedicated": one is opened; else empty
  std::uint64_t max_seconds = 28'800;  ///< after which IBM ends the one that is opened
};

/// From the options `session` and `session_seconds`. Refuses a word that is neither a mode nor can be an id, and
/// seconds without a mode.
[[nodiscard]] Result<IbmSession> read_ibm_session(Config& options);

class IbmSessions final : public SessionAdapter {
 public:
  /// `adapter` must outlive it.
  IbmSessions(const RestAdapter& adapter, IbmService service, std::string device, IbmSession session)
      : adapter_(adapter), service_(std::move(service)), device_(std::move(device)), session_(std::move(session)) {}

  [[nodiscard]] HttpRequest opening() const override;
  [[nodiscard]] Result<std::string> read_opening(const HttpReply& reply) const override;
  /// Jobs that wait in the queue still run, unlike after DELETE /sessions/{id}/close.
  [[nodiscard]] HttpRequest closing(const std::string& session) const override;
  /// Any refusal that speaks of the session: that it has been closed (code 1217), or is not known any more.
  [[nodiscard]] bool is_over(const HttpReply& refusal) const override;

 private:
  const RestAdapter& adapter_;
  IbmService service_;
  std::string device_;
  IbmSession session_;
};

}  // namespace bornite

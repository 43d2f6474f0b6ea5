#pragma once
// The connections to one server: a limited number, kept for further requests.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "connection.hpp"

namespace bornite {

/// Used by the client's thread alone.
class ConnectionPool {
 public:
  /// The right to one connection; gives it back at its end.
  struct Lease {
    explicit Lease(ConnectionPool& owner) : pool(&owner) {}
    Lease(Lease&& other) noexcept : pool(std::exchange(other.pool, nullptr)), connection(std::move(other.connection)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (pool) pool->release(std::move(connection));
    }

    ConnectionPool* pool;
    std::unique_ptr<Connection> connection{};  ///< a kept one, or none: then a new one may be made
  };

  ConnectionPool(boost::asio::io_context& context, std::size_t limit) : context_(context), limit_(limit) {}

  /// In the order of asking; nothing if the deadline comes first.
  [[nodiscard]] boost::asio::awaitable<std::optional<Lease>> acquire(Moment deadline);

 private:
  struct Waiter {
    boost::asio::steady_timer timer;
    bool granted = false;
  };

  void release(std::unique_ptr<Connection> connection);
  [[nodiscard]] Lease lease();

  boost::asio::io_context& context_;
  std::size_t limit_;
  std::size_t leased_ = 0;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::deque<Waiter*> waiters_;
};

}  // namespace bornite

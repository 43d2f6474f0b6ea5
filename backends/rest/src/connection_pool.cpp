#include "connection_pool.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace bornite {

ConnectionPool::Lease ConnectionPool::lease() {
  Lease lease(*this);
  // The one used last is the least likely to have been closed.
  while (!idle_.empty() && !lease.connection) {
    lease.connection = std::move(idle_.back());
    idle_.pop_back();
    if (lease.connection->stale()) lease.connection.reset();
  }
  return lease;
}

boost::asio::awaitable<std::optional<ConnectionPool::Lease>> ConnectionPool::acquire(Moment deadline) {
  if (leased_ < limit_) {
    ++leased_;
    co_return std::optional<Lease>(lease());
  }
  Waiter waiter{boost::asio::steady_timer(context_, deadline)};
  waiters_.push_back(&waiter);
  boost::system::error_code ignored;
  co_await waiter.timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  if (!waiter.granted) {
    std::erase(waiters_, &waiter);
    co_return std::nullopt;
  }
  Lease granted = lease();
  if (std::chrono::steady_clock::now() >= deadline) co_return std::nullopt;  // too late: the next one gets it
  co_return std::optional<Lease>(std::move(granted));
}

void ConnectionPool::release(std::unique_ptr<Connection> connection) {
  if (connection && connection->reusable()) idle_.push_back(std::move(connection));
  if (waiters_.empty()) {
    --leased_;
    return;
  }
  // The right passes on; it never becomes free in between, so nobody overtakes.
  Waiter& next = *waiters_.front();
  waiters_.pop_front();
  next.granted = true;
  next.timer.cancel();
}

}  // namespace bornite

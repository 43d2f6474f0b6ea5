#include "bornite/rest/http_client.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "bornite/util/secret.hpp"
#include "bornite/util/version.hpp"
#include "connection.hpp"
#include "connection_pool.hpp"
#include "tls.hpp"
#include "wire.hpp"

namespace bornite {
namespace asio = boost::asio;
using asio::awaitable;

namespace {

/// The results of one exchange(), and the wait for the last of them.
class Batch {
 public:
  explicit Batch(std::size_t size) : missing_(size), results_(size, Error{ErrorKind::network, {}}) {}

  void put(std::size_t place, Result<HttpReply> result) {
    results_[place] = std::move(result);
    if (--missing_ != 0) return;
    // Under the lock to the end: who waits destroys the batch.
    const std::lock_guard lock(mutex_);
    complete_ = true;
    done_.notify_one();
  }
  std::vector<Result<HttpReply>> wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return complete_; });
    return std::move(results_);
  }

 private:
  std::size_t missing_;  // the client's thread alone counts down
  std::vector<Result<HttpReply>> results_;
  std::mutex mutex_;
  std::condition_variable done_;
  bool complete_ = false;
};

bool is_safe(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

Result<HttpReply> unexpected(std::string_view what) {
  return Error{
      ErrorKind::network, scrubbed(fmt::format("The request failed inside this program: {}.", what)), {}, false, true};
}

}  // namespace

class HttpClient::Implementation {
 public:
  explicit Implementation(HttpOptions options) : options_(std::move(options)) {}
  ~Implementation() {
    if (!thread_.joinable()) return;
    work_.reset();
    context_.stop();
    thread_.join();
  }

  Result<void> start() {
    BORNITE_CHECK(prepare_tls(tls_, options_.ca_file));
    BORNITE_TRY(proxy_, parse_proxy(options_.proxy));
    // Signals are for the program's own threads.
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { context_.run(); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return {};
  }

  std::vector<Result<HttpReply>> exchange(std::span<const HttpRequest> requests) {
    if (requests.empty()) return {};
    const Moment now = std::chrono::steady_clock::now();
    Batch batch(requests.size());
    asio::post(context_, [&] {
      for (std::size_t i = 0; i < requests.size(); ++i)
        asio::co_spawn(context_, perform(requests[i], now + allowed(requests[i])),
                       [&batch, i](std::exception_ptr failure, Result<HttpReply> reply) {
                         batch.put(i, failure ? unexpected(text_of(failure)) : std::move(reply));
                       });
    });
    return batch.wait();
  }

 private:
  [[nodiscard]] HttpOptions::Duration allowed(const HttpRequest& request) const {
    return std::min(options_.total_timeout, request.time_limit.value_or(options_.total_timeout));
  }

  static std::string text_of(const std::exception_ptr& failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
      return exception.what();
    } catch (...) {
      return "an unknown exception";
    }
  }

  [[nodiscard]] Result<Route> route_to(const HttpRequest& request) const {
    BORNITE_TRY(Route route, [&]() -> Result<Route> {
      BORNITE_TRY(Url url, parse_url(request.url));
      return Route{std::move(url)};
    }());
    if (!route.url.secure && !is_loopback(route.url.host))
      return Error{
          ErrorKind::configuration,
          fmt::format("{} would be reached without encryption, which only this machine may be.", route.url.host),
          "Use https://. Nothing was sent."};
    if (proxy_ && route.url.secure && !bypasses_proxy(route.url, options_.proxy.no_proxy)) route.proxy = proxy_;
    return route;
  }

  ConnectionPool& pool_of(const Route& route) {
    const std::string key = (route.url.secure ? "https://" : "http://") + route.url.address();
    const auto [place, ignored] = pools_.try_emplace(key, context_, options_.connections_per_host);
    return place->second;
  }

  awaitable<Delivery> deliver_fresh(const Route& route, std::string_view wire, bool bodyless, Moment deadline,
                                    ConnectionPool::Lease& lease) {
    Delivery delivery;
    lease.connection = std::make_unique<Connection>(context_, tls_, options_);
    auto opened = co_await lease.connection->open(route, deadline);
    if (opened)
      delivery = co_await lease.connection->exchange(wire, bodyless, deadline);
    else
      delivery.reply = std::move(opened).error();
    co_return delivery;
  }

  awaitable<Result<HttpReply>> perform(const HttpRequest& request, Moment deadline) {
    auto route = route_to(request);
    if (!route) co_return std::move(route).error();
    auto wire = wire_format(request, route->url, options_.user_agent);
    if (!wire) co_return std::move(wire).error();
    const bool bodyless = request.method == "HEAD";

    auto lease = co_await pool_of(*route).acquire(deadline);
    if (!lease)
      co_return Error{ErrorKind::network,
                      fmt::format("No connection to {} became free in time: all {} were in use.", route->url.address(),
                                  options_.connections_per_host),
                      "Try again, or ask for less at once. Nothing was sent.", true};
    if (lease->connection) {
      Delivery delivery = co_await lease->connection->exchange(*wire, bodyless, deadline);
      const bool closed_meanwhile = !delivery.reply && !delivery.answered && !delivery.timed_out;
      if (!closed_meanwhile || (delivery.written && !is_safe(request.method))) co_return std::move(delivery.reply);
    }
    Delivery delivery = co_await deliver_fresh(*route, *wire, bodyless, deadline, *lease);
    co_return std::move(delivery.reply);
  }

  HttpOptions options_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  std::optional<Proxy> proxy_;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};
  std::map<std::string, ConnectionPool> pools_;
  std::thread thread_;
};

std::string HttpOptions::default_user_agent() { return fmt::format("bornite/{}", version()); }

HttpClient::HttpClient(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::create(HttpOptions options) {
  auto implementation = std::make_unique<Implementation>(std::move(options));
  BORNITE_CHECK(implementation->start());
  return std::unique_ptr<HttpClient>(new HttpClient(std::move(implementation)));
}

std::vector<Result<HttpReply>> HttpClient::exchange(std::span<const HttpRequest> requests) {
  return implementation_->exchange(requests);
}

}  // namespace bornite

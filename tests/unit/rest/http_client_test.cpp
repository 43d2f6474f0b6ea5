#include "bornite/rest/http_client.hpp"

#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "bornite/util/secret.hpp"
#include "catch.hpp"
#include "loopback_server.hpp"
#include "packed.hpp"

using namespace bornite;
using namespace std::chrono_literals;
using test::LoopbackServer;
using test::Peer;

namespace {

std::unique_ptr<HttpClient> make_client(HttpOptions options = {}) {
  options.proxy = {};
  return HttpClient::create(std::move(options)).value();
}

/// Answers every request with the same bytes.
LoopbackServer::Script always(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    while (peer.read_request()) peer.write(bytes);
  };
}

/// Answers with the request line and the body.
void echo(Peer& peer) {
  while (const auto request = peer.read_request()) peer.reply(200, request->line() + "|" + request->body);
}

Result<HttpReply> get(HttpClient& client, const std::string& url) { return exchange_one(client, {.url = url}); }
Result<HttpReply> post(HttpClient& client, const std::string& url, std::string body = "{}") {
  return exchange_one(client, {.method = "POST", .url = url, .body = std::move(body)});
}

TEST_CASE("requests arrive as they were meant and connections are used again") {
  std::vector<std::string> heads;
  LoopbackServer server([&](Peer& peer) {
    while (const auto request = peer.read_request()) {
      heads.push_back(request->head);
      peer.reply(201, request->body, "X-One: 1\r\n");
    }
  });
  const auto client = make_client();
  for (int i = 0; i < 3; ++i) {
    const auto reply = exchange_one(*client, {.method = "PUT",
                                              .url = server.url("/p%20q?a=b"),
                                              .headers = {{"X-Test", "yes"}},
                                              .body = std::string(300'000, 'b')});
    REQUIRE(reply);
    CHECK(reply->status == 201);
    CHECK(reply->body == std::string(300'000, 'b'));
    CHECK(reply->header("x-one") == "1");
  }
  CHECK(server.connections() == 1);
  CHECK(heads.at(0) == "PUT /p%20q?a=b HTTP/1.1\r\nHost: localhost:" + std::to_string(server.port()) +
                           "\r\nUser-Agent: " + HttpOptions::default_user_agent() +
                           "\r\nAccept-Encoding: gzip, deflate\r\nX-Test: yes\r\nContent-Length: 300000\r\n");
}

TEST_CASE("a server that closes after a reply gets a new connection for the next request") {
  LoopbackServer server([](Peer& peer) {
    peer.read_request();
    peer.reply(200, "x", "Connection: close\r\n");
  });
  const auto client = make_client();
  for (int i = 0; i < 3; ++i) REQUIRE(post(*client, server.url()));
  CHECK(server.connections() == 3);
}

TEST_CASE("every status is a reply, and redirects are not followed") {
  std::atomic<int> served = 0;
  LoopbackServer server([&](Peer& peer) {
    for (const int status : {404, 500, 302}) {
      if (!peer.read_request()) return;
      ++served;
      peer.reply(status, "", "Location: /elsewhere\r\n");
    }
  });
  const auto client = make_client();
  for (const int status : {404, 500, 302}) {
    const auto reply = get(*client, server.url());
    REQUIRE(reply);
    CHECK(reply->status == status);
  }
  CHECK(served == 3);
}

TEST_CASE("chunked and packed replies come whole over the wire") {
  const std::string text(100'000, 'x');
  const std::string packed = test::pack(text, test::gzip_format);
  LoopbackServer server([&](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n");
    for (const char c : packed) peer.write("1\r\n" + std::string(1, c) + "\r\n");
    peer.write("0\r\n\r\n");
    peer.closed_within(10'000);
  });
  const auto client = make_client();
  const auto reply = get(*client, server.url());
  REQUIRE(reply);
  CHECK(reply->body == text);
}

TEST_CASE("a gzip bomb, a huge header and a huge body are refused") {
  const std::string bomb = test::pack(std::string(50 << 20, '\0'), test::gzip_format);
  const std::string replies[] = {
      fmt::format("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n{}", bomb.size(), bomb),
      "HTTP/1.1 200 OK\r\nA: " + std::string(100'000, 'a') + "\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" + std::string(2'000'000, 'b'),
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(2'000'000, 'b')};
  const auto client = make_client({.max_body_bytes = 1 << 20});
  for (const std::string& bytes : replies) {
    LoopbackServer server(always(bytes));
    const auto reply = get(*client, server.url());
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == ErrorKind::network);
    CHECK(reply.error().message.find("localhost:") != std::string::npos);
  }
}

TEST_CASE("connections that break at any moment are errors that tell whether the request may have arrived") {
  const std::vector<std::pair<std::string, LoopbackServer::Script>> scripts = {
      {"closed before reading", [](Peer&) {}},
      {"reset before reading", [](Peer& peer) { peer.reset(); }},
      {"closed after the request", [](Peer& peer) { peer.read_request(); }},
      {"reset after the request", [](Peer& peer) { peer.read_request(), peer.reset(); }},
      {"closed within the header", [](Peer& peer) { peer.read_request(), peer.write("HTTP/1.1 200 OK\r\nA: "); }},
      {"closed within the body",
       [](Peer& peer) { peer.read_request(), peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"); }},
      {"longer than announced",
       [](Peer& peer) { peer.read_request(), peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc"); }},
      {"not HTTP", [](Peer& peer) { peer.read_request(), peer.write("hello\r\n\r\n"); }}};
  for (const auto& [name, script] : scripts) {
    CAPTURE(name);
    LoopbackServer server(script);
    const auto client = make_client();
    const auto reply = post(*client, server.url());
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == ErrorKind::network);
    // A reset that is seen in time keeps the request from being written.
    CHECK((reply.error().outcome_unknown || name == "reset before reading"));
    CHECK(reply.error().message.find("localhost:" + std::to_string(server.port())) != std::string::npos);
    CHECK(server.connections() == 1);
  }
}

TEST_CASE("where nobody listens, nothing was sent") {
  int port = 0;
  { port = LoopbackServer(echo).port(); }
  const auto client = make_client();
  const auto reply = post(*client, fmt::format("http://127.0.0.1:{}/", port));
  REQUIRE_FALSE(reply);
  CHECK(reply.error().retryable);
  CHECK_FALSE(reply.error().outcome_unknown);
  CHECK(reply.error().message.find(std::to_string(port)) != std::string::npos);
}

TEST_CASE("a kept connection that was closed is replaced for a GET, and a POST that may have arrived is not repeated") {
  std::atomic<int> requests = 0;
  LoopbackServer server([&](Peer& peer) {
    peer.read_request();
    ++requests;
    peer.reply(200, "first");
    if (peer.read_request()) ++requests;
  });
  const auto client = make_client();
  REQUIRE(get(*client, server.url()));
  const auto again = get(*client, server.url());
  REQUIRE(again);
  CHECK(again->body == "first");
  CHECK(requests == 3);
  const auto posted = post(*client, server.url());
  REQUIRE_FALSE(posted);
  CHECK(posted.error().outcome_unknown);
  CHECK(requests == 4);
}

TEST_CASE("a kept connection that is seen to be closed is not used, not even for a POST") {
  std::atomic<bool> closed = false;
  LoopbackServer server([&](Peer& peer) {
    peer.read_request();
    peer.reply(200, "x");
    ::shutdown(peer.socket(), SHUT_RDWR);
    closed = true;
    closed.notify_all();
  });
  const auto client = make_client();
  REQUIRE(post(*client, server.url()));
  closed.wait(false);
  CHECK(post(*client, server.url()));
  CHECK(server.connections() == 2);
}

TEST_CASE("connections that idled for long are not used again") {
  LoopbackServer server(echo);
  const auto client = make_client({.reuse_timeout = 0ms});
  REQUIRE(get(*client, server.url()));
  REQUIRE(get(*client, server.url()));
  CHECK(server.connections() == 2);
}

TEST_CASE("a server that refuses a large request before it has read it is heard") {
  LoopbackServer server([](Peer& peer) {
    peer.reply(413, "too large", "Connection: close\r\n");
    peer.closed_within(10'000);
  });
  const auto client = make_client();
  const auto reply = post(*client, server.url(), std::string(100'000, 'x'));
  REQUIRE(reply);
  CHECK(reply->status == 413);
}

TEST_CASE("silence and trickling bytes end by the deadlines") {
  LoopbackServer silent([](Peer& peer) { peer.closed_within(10'000); });
  LoopbackServer trickling([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (!peer.closed_within(5) && peer.write("x")) {
    }
  });
  LoopbackServer trickling_header([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nA: ");
    while (!peer.closed_within(5) && peer.write("x")) {
    }
  });
  const auto impatient = make_client({.idle_timeout = 100ms});
  const auto reply = post(*impatient, silent.url());
  REQUIRE_FALSE(reply);
  CHECK(reply.error().message.find("was silent for 0.1 s") != std::string::npos);
  CHECK(reply.error().outcome_unknown);
  CHECK(reply.error().retryable);

  const auto limited = make_client({.idle_timeout = 10s, .total_timeout = 100ms});
  for (const LoopbackServer* server : {&silent, &trickling, &trickling_header}) {
    const auto slow = get(*limited, server->url());
    REQUIRE_FALSE(slow);
    CHECK(slow.error().message.find("before the time for the request was over") != std::string::npos);
  }
  const auto patient = make_client({.idle_timeout = 10s});
  const auto hasty = exchange_one(*patient, {.url = silent.url(), .time_limit = 100ms});
  REQUIRE_FALSE(hasty);
  CHECK(hasty.error().message.find("before the time for the request was over") != std::string::npos);
}

TEST_CASE("a request that waits for a free connection gives up in time, and was not sent") {
  LoopbackServer server([](Peer& peer) { peer.closed_within(10'000); });
  const auto client = make_client({.total_timeout = 100ms, .connections_per_host = 1});
  const std::vector<HttpRequest> requests(3, {.method = "POST", .url = server.url()});
  const auto replies = client->exchange(requests);
  REQUIRE(replies.size() == 3);
  int unsent = 0;
  for (const auto& reply : replies) {
    REQUIRE_FALSE(reply);
    unsent += !reply.error().outcome_unknown;
  }
  CHECK(unsent == 2);
}

TEST_CASE("plain HTTP beyond this machine is refused before anything is sent") {
  const auto client = make_client();
  for (const char* url : {"http://example.org/", "http://128.0.0.1/", "http://[2001:db8::1]/"}) {
    const auto reply = get(*client, url);
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == ErrorKind::configuration);
    CHECK_FALSE(reply.error().retryable);
    CHECK(reply.error().message.find("without encryption") != std::string::npos);
  }
}

TEST_CASE("IPv6 works where the machine has it") {
  std::optional<LoopbackServer> server;
  try {
    server.emplace(echo, test::ServerOptions{.ipv6 = true});
  } catch (const std::runtime_error&) {
    WARN("no IPv6 here");
    return;
  }
  const auto client = make_client();
  CHECK(get(*client, server->url("/", "[::1]")));
}

TEST_CASE("two hundred requests at once share sixteen connections and get each its own reply") {
  std::atomic<int> served = 0;
  LoopbackServer server([&](Peer& peer) {
    while (const auto request = peer.read_request()) {
      ++served;
      peer.reply(200, request->line() + "|" + request->body);
    }
  });
  const auto client = make_client();
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 200; ++i)
    requests.push_back({.method = "POST", .url = server.url(fmt::format("/{}", i)), .body = std::to_string(i * i)});
  const auto replies = client->exchange(requests);
  REQUIRE(replies.size() == 200);
  for (int i = 0; i < 200; ++i) {
    REQUIRE(replies[i]);
    CHECK(replies[i]->body == fmt::format("POST /{} HTTP/1.1|{}", i, i * i));
  }
  CHECK(server.connections() <= 16);
  CHECK(served == 200);
  CHECK(client->exchange({}).empty());
}

TEST_CASE("several threads use one client") {
  LoopbackServer server(echo);
  const auto client = make_client({.connections_per_host = 2});
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 25; ++i) {
          const auto reply = get(*client, server.url(fmt::format("/{}/{}", t, i)));
          right += reply && reply->body == fmt::format("GET /{}/{} HTTP/1.1|", t, i);
        }
      });
  }
  CHECK(right == 100);
  CHECK(server.connections() <= 2);
}

TEST_CASE("a token that a server sends back does not get into the error") {
  const Secret token("tok-0123456789");
  LoopbackServer server([](Peer& peer) {
    const auto request = peer.read_request();
    peer.reply(200, "x", "Content-Encoding: " + request->header("authorization") + "\r\n");
  });
  const auto client = make_client();
  const auto reply = exchange_one(
      *client, {.url = server.url(), .headers = {{"Authorization", "apiKey " + std::string(token.reveal())}}});
  REQUIRE_FALSE(reply);
  CHECK(describe(reply.error()).find("apiKey ***") != std::string::npos);
}

TEST_CASE("a CA file and a proxy that cannot be used are refused at once") {
  const auto no_file = HttpClient::create({.ca_file = "/nonexistent.pem", .proxy = {}});
  REQUIRE_FALSE(no_file);
  CHECK(no_file.error().message.find("/nonexistent.pem") != std::string::npos);
  const auto no_proxy = HttpClient::create({.proxy = {"https://proxy.example", ""}});
  REQUIRE_FALSE(no_proxy);
  CHECK(no_proxy.error().kind == ErrorKind::configuration);
}

}  // namespace

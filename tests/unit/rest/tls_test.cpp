#include <fmt/format.h>

#include <atomic>

#include "bornite/rest/http_client.hpp"
#include "bornite/util/secret.hpp"
#include "catch.hpp"
#include "loopback_server.hpp"
#include "temporary_directory.hpp"

using namespace bornite;
using test::LoopbackServer;
using test::Peer;

namespace {

/// An authority, a server's certificate, and a client that trusts the authority.
struct TlsWorld {
  TemporaryDirectory folder;
  test::CertificateAuthority authority;
  test::Identity identity;

  explicit TlsWorld(const std::string& names = "DNS:localhost,IP:127.0.0.1") : identity(authority.issue(names)) {
    authority.write(folder.path() / "ca.pem");
  }
  [[nodiscard]] std::unique_ptr<HttpClient> client(ProxySettings proxy = {}) const {
    return HttpClient::create({.ca_file = folder.path() / "ca.pem", .proxy = std::move(proxy)}).value();
  }
};

void echo(Peer& peer) {
  while (const auto request = peer.read_request()) peer.reply(200, request->line() + "|" + request->body);
}

Result<HttpReply> post(HttpClient& client, const std::string& url) {
  return exchange_one(client, {.method = "POST", .url = url, .body = std::string(100'000, 'x')});
}

/// That the server saw no request, and what the error says.
void check_refused(const Result<HttpReply>& reply, std::string_view reason) {
  REQUIRE_FALSE(reply);
  CHECK_FALSE(reply.error().outcome_unknown);
  CHECK_FALSE(reply.error().retryable);
  INFO(describe(reply.error()));
  CHECK(reply.error().message.find(reason) != std::string::npos);
}

TEST_CASE("TLS with a private authority works by name and by address, on kept connections") {
  const TlsWorld world;
  LoopbackServer server(echo, {&world.identity});
  const auto client = world.client();
  for (int i = 0; i < 3; ++i) {
    const auto reply = post(*client, server.url(fmt::format("/{}", i)));
    REQUIRE(reply);
    CHECK(reply->body == fmt::format("POST /{} HTTP/1.1|{}", i, std::string(100'000, 'x')));
  }
  CHECK(server.connections() == 1);
  CHECK(post(*client, server.url("/", "127.0.0.1")));
}

TEST_CASE("an authority that nobody vouched for is refused") {
  const TlsWorld world, other;
  std::atomic<int> requests = 0;
  LoopbackServer server([&](Peer& peer) { requests += peer.read_request().has_value(); }, {&world.identity});
  const auto strangers = HttpClient::create({.proxy = {}}).value();
  check_refused(post(*strangers, server.url()), "is not trusted");
  check_refused(post(*other.client(), server.url()), "is not trusted");
  CHECK(requests == 0);
}

TEST_CASE("a certificate for another host is refused") {
  for (const char* names : {"DNS:example.org", "DNS:*.localhost", "DNS:localhost.example.org,IP:127.0.0.2"}) {
    const TlsWorld world(names);
    LoopbackServer server(echo, {&world.identity});
    const auto client = world.client();
    check_refused(post(*client, server.url()), "for another host");
    check_refused(post(*client, server.url("/", "127.0.0.1")), "for another host");
  }
}

TEST_CASE("TLS 1.1 is refused and 1.2 is not") {
  const TlsWorld world;
  LoopbackServer old(echo, {&world.identity, TLS1_1_VERSION});
  LoopbackServer usual(echo, {&world.identity, TLS1_2_VERSION});
  check_refused(post(*world.client(), old.url()), "TLS 1.2");
  CHECK(post(*world.client(), usual.url()));
}

TEST_CASE("a server that does not speak TLS is told from one that fails") {
  LoopbackServer server([](Peer& peer) {
    peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    peer.closed_within(10'000);
  });
  const TlsWorld world;
  check_refused(post(*world.client(), fmt::format("https://localhost:{}/", server.port())), "does not speak TLS");
}

TEST_CASE("a handshake that hangs ends by its deadline") {
  LoopbackServer server([](Peer& peer) { peer.closed_within(10'000); });
  const auto client = HttpClient::create({.handshake_timeout = std::chrono::milliseconds(50), .proxy = {}}).value();
  const auto reply = post(*client, fmt::format("https://localhost:{}/", server.port()));
  REQUIRE_FALSE(reply);
  CHECK(reply.error().message.find("handshake") != std::string::npos);
  CHECK_FALSE(reply.error().outcome_unknown);
}

TEST_CASE("a reply without a length is whole only if TLS ends in order") {
  const TlsWorld world;
  for (const bool orderly : {true, false}) {
    LoopbackServer server(
        [&](Peer& peer) {
          peer.read_request();
          peer.write("HTTP/1.1 200 OK\r\n\r\nabc");
          if (!orderly) peer.cut();
        },
        {&world.identity});
    const auto reply = post(*world.client(), server.url());
    CHECK(reply.has_value() == orderly);
    if (!reply) CHECK(reply.error().outcome_unknown);
  }
}

TEST_CASE("a proxy's tunnel leads to hosts that only the proxy knows") {
  const TlsWorld world("DNS:cloud.test");
  LoopbackServer server(echo, {&world.identity});
  std::vector<std::string> asked;
  LoopbackServer proxy([&](Peer& peer) {
    const auto request = peer.read_request();
    asked.push_back(request->line() + "|" + request->header("proxy-authorization"));
    peer.write("HTTP/1.1 200 Connection established\r\n\r\n");
    peer.tunnel_to(server.port());
  });
  const auto client = world.client({fmt::format("http://me:pass-word@127.0.0.1:{}", proxy.port()), "other.test"});
  for (int i = 0; i < 2; ++i) {
    const auto reply = post(*client, fmt::format("https://cloud.test:{}/p", server.port()));
    REQUIRE(reply);
    CHECK(reply->status == 200);
  }
  REQUIRE(asked.size() == 1);
  CHECK(asked[0] == fmt::format("CONNECT cloud.test:{} HTTP/1.1|Basic bWU6cGFzcy13b3Jk", server.port()));
}

TEST_CASE("a proxy's refusals say what to do and keep the password") {
  for (const auto& [status, kind, retryable] :
       {std::tuple(407, ErrorKind::authentication, false), std::tuple(403, ErrorKind::network, false),
        std::tuple(502, ErrorKind::network, true)}) {
    LoopbackServer proxy([status = status](Peer& peer) {
      peer.read_request();
      peer.reply(status, "no");
    });
    const TlsWorld world;
    const auto client = world.client({fmt::format("http://me:pass-word@127.0.0.1:{}", proxy.port()), ""});
    const auto reply = post(*client, "https://cloud.test/");
    REQUIRE_FALSE(reply);
    CHECK(reply.error().kind == kind);
    CHECK(reply.error().retryable == retryable);
    CHECK_FALSE(reply.error().outcome_unknown);
    CHECK(reply.error().message.find("The proxy 127.0.0.1") != std::string::npos);
    CHECK(describe(reply.error()).find("pass-word") == std::string::npos);
  }
}

}  // namespace

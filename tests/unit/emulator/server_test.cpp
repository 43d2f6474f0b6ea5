#include "bornite/emulator/server.hpp"

#include "catch.hpp"
#include "cloud_fixture.hpp"
#include "loopback_client.hpp"

namespace bornite::emulator {
namespace {

using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

std::string request(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
}

std::unique_ptr<EmulatorServer> serve(HttpAnswer answer, const ServerOptions& options = {}) {
  return EmulatorServer::start(options, [answer](const HttpCall&) { return answer; }).value();
}

TEST_CASE("every reply says that it comes from an emulator") {
  CloudFixture cloud;
  const auto server = EmulatorServer::start({}, [&](const HttpCall& call) { return cloud.send(call); }).value();
  const std::string reply = loopback_exchange(server->port(), request("/ionq/v0.4/backends"));
  CHECK_THAT(reply, StartsWith("HTTP/1.1 200 OK\r\n") && Contains("X-Bornite-Emulator: true\r\n") &&
                        Contains("Server: bornite-emulator\r\n") && Contains("qpu.emulated"));
  CHECK_THAT(loopback_exchange(server->port(), request("/nowhere")),
             StartsWith("HTTP/1.1 404") && Contains("X-Bornite-Emulator: true"));
  CHECK(server->address() == "http://127.0.0.1:" + std::to_string(server->port()));
}

TEST_CASE("the server hands on the request as it came") {
  HttpCall seen;
  const auto server = EmulatorServer::start({}, [&](const HttpCall& call) {
                        seen = call;
                        return HttpAnswer{.status = 204};
                      }).value();
  const std::string reply = loopback_exchange(
      server->port(),
      "POST /a%2Fb?x=1 HTTP/1.1\r\nHost: h\r\nX-Odd: Value\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
  CHECK_THAT(reply, StartsWith("HTTP/1.1 204") && EndsWith("\r\n\r\n"));
  CHECK(seen.method == "POST");
  CHECK(seen.target == "/a%2Fb?x=1");
  CHECK(seen.path() == "/a%2Fb");
  CHECK(seen.query() == "x=1");
  CHECK(seen.header("x-odd") == "Value");
  CHECK(seen.body == "hello");
}

TEST_CASE("with TLS the server shows a certificate of the authority that it wrote") {
  TemporaryDirectory folder, elsewhere;
  const ServerOptions options{.tls = true, .certificate_folder = folder.path()};
  const auto server = serve({.body = "{}"}, options);
  CHECK(server->authority_file() == folder.path() / "ca.pem");
  CHECK_THAT(loopback_exchange(server->port(), request("/"), server->authority_file()), StartsWith("HTTP/1.1 200"));
  const auto other = serve({}, {.tls = true, .certificate_folder = elsewhere.path()});
  CHECK_THROWS(loopback_exchange(server->port(), request("/"), other->authority_file()));
}

TEST_CASE("deliveries are dropped, cut, late and slow on the wire") {
  const std::string whole = loopback_exchange(serve({.body = "0123456789"})->port(), request("/"));
  CHECK_THAT(whole, EndsWith("\r\n\r\n0123456789"));
  CHECK(loopback_exchange(serve({.delivery = {.drop = true}})->port(), request("/")).empty());
  const std::string cut =
      loopback_exchange(serve({.body = "0123456789", .delivery = {.truncate = true}})->port(), request("/"));
  CHECK_THAT(cut, EndsWith("\r\n\r\n01234") && Contains("Content-Length: 10"));
  const HttpAnswer slow{.body = "01",
                        .delivery = {.delay = std::chrono::milliseconds(1), .per_byte = std::chrono::milliseconds(1)}};
  CHECK_THAT(loopback_exchange(serve(slow)->port(), request("/")), EndsWith("\r\n\r\n01"));
}

TEST_CASE("a bug of the emulator is a status 500") {
  const auto server =
      EmulatorServer::start({}, [](const HttpCall&) -> HttpAnswer { throw std::logic_error("oh"); }).value();
  CHECK_THAT(loopback_exchange(server->port(), request("/")), StartsWith("HTTP/1.1 500") && Contains("oh"));
}

TEST_CASE("a port that is taken is refused") {
  const auto first = serve({});
  const auto second = EmulatorServer::start({.port = first->port()}, [](const HttpCall&) { return HttpAnswer{}; });
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().kind == ErrorKind::network);
}

}  // namespace
}  // namespace bornite::emulator

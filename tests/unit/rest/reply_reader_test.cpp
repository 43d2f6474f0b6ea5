#include "reply_reader.hpp"

#include <fmt/format.h>

#include "catch.hpp"
#include "packed.hpp"

using namespace bornite;

namespace {

constexpr ReplyLimits small{.max_header_bytes = 1024, .max_body_bytes = 4096};

/// Feeds the text in pieces of this size; the reply, or the error at the piece that brings it.
Result<HttpReply> read_in_pieces(std::string_view text, std::size_t size, bool ends = false, bool bodyless = false) {
  ReplyReader reader("a.example:443", small, bodyless);
  for (std::size_t i = 0; i < text.size(); i += size) {
    BORNITE_TRY(const bool whole, reader.read(text.substr(i, size)));
    if (whole) {
      CHECK(i + size >= text.size());
      return reader.take();
    }
  }
  if (!ends) return Error{ErrorKind::network, "not whole"};
  BORNITE_CHECK(reader.end(true));
  CHECK_FALSE(reader.keep_alive());
  return reader.take();
}

TEST_CASE("a reply is the same in whatever pieces it comes") {
  const std::string text =
      "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
      "HTTP/1.1 201 Created\r\nA: 1\r\nTransfer-Encoding: chunked\r\na: 2\r\n\r\n"
      "4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: z\r\n\r\n";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    CAPTURE(size);
    const auto reply = read_in_pieces(text, size);
    REQUIRE(reply);
    CHECK(reply->status == 201);
    CHECK(reply->body == "Wikipedia");
    CHECK(reply->header("a") == "1");
  }
}

TEST_CASE("replies end by length, by chunks, by the end of the connection, or have no body") {
  CHECK(read_in_pieces("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 7)->body == "abc");
  CHECK(read_in_pieces("HTTP/1.1 200 OK\r\n\r\nabc", 7, true)->body == "abc");
  CHECK(read_in_pieces("HTTP/1.1 204 No Content\r\n\r\n", 7)->body.empty());
  CHECK(read_in_pieces("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", 7, false, true)->body.empty());
}

TEST_CASE("replies that are cut short, too long or not HTTP are errors that name the server") {
  const std::string long_header = "HTTP/1.1 200 OK\r\nA: " + std::string(2000, 'a') + "\r\n\r\n";
  const std::string long_chunk_header =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;" + std::string(3000, 'x');
  const std::string long_body = "HTTP/1.1 200 OK\r\n\r\n" + std::string(5000, 'x');
  const std::string long_chunks =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n" + std::string(5000, 'x') + "\r\n0\r\n\r\n";
  for (const std::string& text : std::vector<std::string>{
           "", "HTTP/1.1 200 OK\r\nA: b", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
           "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWi",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "SSH-2.0-OpenSSH_9.2\r\n",
           "\x15\x03\x01", long_header, long_chunk_header, long_body, long_chunks}) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{37}, text.size() + 1}) {
      CAPTURE(text.substr(0, 100), size);
      const auto reply = read_in_pieces(text, size, true);
      REQUIRE_FALSE(reply);
      CHECK(reply.error().kind == ErrorKind::network);
      CHECK(reply.error().message.find("a.example:443") != std::string::npos);
    }
  }
}

TEST_CASE("a reply says whether its connection lives on, also once it has been taken") {
  for (const auto& [head, lives] : {std::pair("HTTP/1.1 200 OK\r\n", true),
                                    {"HTTP/1.1 200 OK\r\nConnection: close\r\n", false},
                                    {"HTTP/1.0 200 OK\r\n", false},
                                    {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n", true}}) {
    CAPTURE(head);
    ReplyReader reader("a.example:443", small, false);
    REQUIRE(reader.read(std::string(head) + "Content-Length: 1\r\n\r\nx").value());
    REQUIRE(reader.take());
    CHECK(reader.keep_alive() == lives);
  }
}

TEST_CASE("bytes after the reply are an error, and after a reply without a body the end of the connection's use") {
  const std::string text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc";
  CHECK_FALSE(read_in_pieces(text, text.size()));
  ReplyReader reader("a.example:443", small, true);
  REQUIRE(reader.read(text));
  CHECK_FALSE(reader.keep_alive());
  CHECK(reader.take()->body.empty());
}

TEST_CASE("a body that ends with the connection needs an orderly end") {
  ReplyReader reader("a.example:443", small, false);
  REQUIRE(reader.read("HTTP/1.1 200 OK\r\n\r\nabc"));
  CHECK_FALSE(reader.end(false));
}

TEST_CASE("packed replies are unpacked, and lose the headers that told of it") {
  const std::string text = "{\"text\": \"" + std::string(1000, 'a') + "\"}";
  const std::pair<const char*, std::string> codings[] = {
      {"gzip", test::pack(text, test::gzip_format)},
      {"X-GZip", test::pack(text, test::gzip_format)},
      {"deflate", test::pack(text, test::zlib_format)},
      {"deflate", test::pack(text, test::raw_format)},
      {"identity", text},
      {"gzip", test::pack(text.substr(0, 5), test::gzip_format) + test::pack(text.substr(5), test::gzip_format)}};
  for (const auto& [coding, packed] : codings) {
    CAPTURE(coding);
    const auto reply =
        read_in_pieces(fmt::format("HTTP/1.1 200 OK\r\nContent-Encoding: {}\r\nContent-Length: {}\r\n\r\n{}", coding,
                                   packed.size(), packed),
                       100);
    REQUIRE(reply);
    CHECK(reply->body == text);
    CHECK_FALSE(reply->header("Content-Encoding").has_value());
    CHECK_FALSE(reply->header("Content-Length").has_value());
  }
}

TEST_CASE("damaged, cut, unknown and bursting packings are errors") {
  const std::string packed = test::pack("{\"text\": 1}", test::gzip_format);
  std::string damaged = packed;
  damaged[12] = static_cast<char>(damaged[12] ^ 0x55);
  const std::pair<const char*, std::string> codings[] = {
      {"gzip", damaged},
      {"gzip", packed.substr(0, packed.size() - 3)},
      {"gzip", packed + "rest"},
      {"gzip, gzip", packed},
      {"br", packed},
      {"gzip", test::pack(std::string(1 << 20, 0), test::gzip_format)}};
  for (const auto& [coding, bytes] : codings) {
    CAPTURE(coding, bytes.size());
    CHECK_FALSE(read_in_pieces(fmt::format("HTTP/1.1 200 OK\r\nContent-Encoding: {}\r\nContent-Length: {}\r\n\r\n{}",
                                           coding, bytes.size(), bytes),
                               100));
  }
}

}  // namespace

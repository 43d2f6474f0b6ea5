#include "reply_reader.hpp"

#include <fmt/format.h>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

#include "bornite/util/secret.hpp"
#include "unpack.hpp"

namespace bornite {
namespace http = boost::beast::http;
using boost::beast::error_code;

struct ReplyReader::Parser : http::response_parser<http::string_body> {};

ReplyReader::ReplyReader(std::string server, const ReplyLimits& limits, bool bodyless)
    : server_(std::move(server)), limits_(limits), bodyless_(bodyless) {
  restart();
}
ReplyReader::~ReplyReader() = default;

void ReplyReader::restart() {
  parser_ = std::make_unique<Parser>();
  parser_->eager(true);
  parser_->skip(bodyless_);
  parser_->header_limit(static_cast<std::uint32_t>(limits_.max_header_bytes));
  parser_->body_limit(limits_.max_body_bytes);
}

Error ReplyReader::unusable(std::string_view reason) const {
  return {ErrorKind::network, scrubbed(fmt::format("The reply of {} {}.", server_, reason)),
          "Try again; if it stays, something between here and there damages replies.", true};
}

Result<bool> ReplyReader::read(std::string_view bytes) {
  started_ = started_ || !bytes.empty();
  if (!pending_.empty()) bytes = pending_.append(bytes);
  std::size_t taken = 0;
  while (taken < bytes.size()) {
    error_code error;
    const std::size_t used = parser_->put({bytes.data() + taken, bytes.size() - taken}, error);
    taken += used;
    if (error == http::error::need_more) break;
    if (error == http::error::header_limit)
      return unusable(fmt::format("has a header of more than {} bytes", limits_.max_header_bytes));
    if (error == http::error::body_limit)
      return unusable(fmt::format("has more than the {} bytes that are allowed", limits_.max_body_bytes));
    if (error) return unusable(fmt::format("is not HTTP ({})", error.message()));
    if (!parser_->is_done()) continue;
    const unsigned status = parser_->get().result_int();
    if (status >= 200 || status == 101) break;
    restart();
  }
  pending_ = std::string(bytes.substr(taken));  // bytes may lie in pending_ itself
  if (!parser_->is_done()) {
    if (pending_.size() > limits_.max_header_bytes)
      return unusable(fmt::format("has a header of more than {} bytes", limits_.max_header_bytes));
    return false;
  }
  if (!pending_.empty() && !bodyless_) return unusable("is longer than its header says");
  keep_alive_ = pending_.empty() && parser_->get().keep_alive();
  return true;
}

Result<void> ReplyReader::end(bool orderly) {
  error_code error;
  if (started_ && parser_->got_some()) parser_->put_eof(error);
  if (!started_ || !parser_->got_some() || error || !orderly) return unusable("was cut off");
  return {};
}

Result<HttpReply> ReplyReader::take() {
  auto message = parser_->release();
  HttpReply reply{.status = static_cast<int>(message.result_int())};
  std::string coding;
  for (const auto& field : message)
    if (field.name() == http::field::content_encoding) {
      coding += coding.empty() ? "" : ", ";
      coding.append(field.value().data(), field.value().size());
    }
  for (const auto& field : message) {
    if (!coding.empty() &&
        (field.name() == http::field::content_encoding || field.name() == http::field::content_length))
      continue;
    reply.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  auto body = unpack(coding, std::move(message.body()), limits_.max_body_bytes);
  if (!body) return unusable(body.error().message);
  reply.body = std::move(*body);
  return reply;
}

}  // namespace bornite

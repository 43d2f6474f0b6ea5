#include "aws_signature.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <ctime>

#include "digest.hpp"

namespace bornite::emulator {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::chrono::minutes allowed_skew{5};
constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) c == separator ? static_cast<void>(parts.emplace_back()) : parts.back().push_back(c);
  return parts;
}

/// Without blanks at the ends, and one blank for many.
std::string squeezed(std::string_view value) {
  std::string result;
  for (const char c : value) {
    const bool blank = c == ' ' || c == '\t';
    if (!blank || (!result.empty() && result.back() != ' ')) result += blank ? ' ' : c;
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

std::string canonical_path(std::string_view path, std::string_view service) {
  if (path.empty()) return "/";
  return service == "s3" ? percent_encode(percent_decode(path), true) : percent_encode(path, true);
}

std::string canonical_query(std::string_view query) {
  if (query.empty()) return "";
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const std::string& part : split(query, '&')) {
    const std::size_t equals = part.find('=');
    const std::string value = equals == std::string::npos ? "" : part.substr(equals + 1);
    pairs.emplace_back(percent_encode(percent_decode(part.substr(0, equals))), percent_encode(percent_decode(value)));
  }
  std::ranges::sort(pairs);
  std::string text;
  for (const auto& [name, value] : pairs) text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, value);
  return text;
}

std::string payload_digest(const HttpCall& call) {
  if (const auto header = call.header("X-Amz-Content-Sha256")) return std::string(*header);
  return to_hexadecimal(sha256(call.body));
}

std::string canonical_request(const HttpCall& call, std::string_view service, std::string_view signed_headers) {
  std::string headers;
  for (const std::string& name : split(signed_headers, ';'))
    headers += fmt::format("{}:{}\n", name, squeezed(call.header(name).value_or("")));
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", call.method, canonical_path(call.path(), service),
                     canonical_query(call.query()), headers, signed_headers, payload_digest(call));
}

/// "KEY=VALUE" of the header Authorization.
std::optional<std::string> part(std::string_view authorization, std::string_view key) {
  for (const std::string& one : split(authorization.substr(algorithm.size()), ',')) {
    const std::string text = squeezed(one);
    if (text.starts_with(key) && text.size() > key.size() && text[key.size()] == '=')
      return text.substr(key.size() + 1);
  }
  return std::nullopt;
}

std::optional<Clock::Instant> read_date(const std::string& text) {
  std::tm time{};
  const char* end = ::strptime(text.c_str(), "%Y%m%dT%H%M%SZ", &time);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return Clock::Instant(std::chrono::seconds(::timegm(&time)));
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The first header that must be signed and is not.
std::optional<std::string> unsigned_header(const HttpCall& call, const std::vector<std::string>& names) {
  const auto is_signed = [&](const std::string& name) { return std::ranges::find(names, name) != names.end(); };
  if (!is_signed("host")) return "host";
  for (const HttpHeader& header : call.headers)
    if (const std::string name = lower(header.name); name.starts_with("x-amz-") && !is_signed(name)) return name;
  return std::nullopt;
}

AwsRefusal incomplete(std::string_view what) {
  return {"IncompleteSignatureException", fmt::format("The request's signature is incomplete: {}.", what)};
}

std::optional<AwsRefusal> check_payload(const HttpCall& call, std::string_view service) {
  const auto header = call.header("X-Amz-Content-Sha256");
  if (!header) return service == "s3" ? std::optional(incomplete("X-Amz-Content-Sha256 is missing")) : std::nullopt;
  if (*header == to_hexadecimal(sha256(call.body)) || (service == "s3" && *header == unsigned_payload))
    return std::nullopt;
  return AwsRefusal{"XAmzContentSHA256Mismatch", "X-Amz-Content-Sha256 is not the digest of the body."};
}

}  // namespace

std::string aws_signature(const HttpCall& call, const AwsScope& scope, std::string_view signed_headers,
                          std::string_view secret_key) {
  const std::string text = fmt::format("{}\n{}\n{}/{}/{}/aws4_request\n{}", algorithm,
                                       call.header("X-Amz-Date").value_or(""), scope.date, scope.region, scope.service,
                                       to_hexadecimal(sha256(canonical_request(call, scope.service, signed_headers))));
  std::string key = hmac_sha256(fmt::format("AWS4{}", secret_key), scope.date);
  for (const std::string_view word :
       {std::string_view(scope.region), std::string_view(scope.service), std::string_view("aws4_request")})
    key = hmac_sha256(key, word);
  return to_hexadecimal(hmac_sha256(key, text));
}

std::optional<AwsRefusal> check_aws_signature(const HttpCall& call, const AwsCredentials& credentials,
                                              std::string_view service, Clock::Instant now) {
  const std::string_view authorization = call.header("Authorization").value_or("");
  if (!authorization.starts_with(algorithm))
    return AwsRefusal{"MissingAuthenticationTokenException", "The request is not signed with Signature Version 4."};
  const auto credential = part(authorization, "Credential");
  const auto headers = part(authorization, "SignedHeaders");
  const auto signature = part(authorization, "Signature");
  if (!credential || !headers || !signature) return incomplete("Credential, SignedHeaders and Signature are needed");
  const std::vector<std::string> fields = split(*credential, '/');
  if (fields.size() != 5 || fields[4] != "aws4_request") return incomplete("the scope has not five parts");
  if (fields[0] != credentials.access_key)
    return AwsRefusal{"UnrecognizedClientException", "The access key is not known."};
  const std::string date(call.header("X-Amz-Date").value_or(""));
  const auto time = read_date(date);
  if (!time || date.substr(0, 8) != fields[1]) return incomplete("X-Amz-Date does not fit");
  if (*time > now + allowed_skew || *time < now - allowed_skew)
    return AwsRefusal{"RequestTimeTooSkewed",
                      fmt::format("{} is too far from the time of the server, {}.", date, iso_time(now))};
  if (fields[3] != service)
    return AwsRefusal{"InvalidSignatureException", fmt::format("The scope must be {}.", service)};
  const std::vector<std::string> names = split(*headers, ';');
  if (!std::ranges::is_sorted(names)) return incomplete("SignedHeaders are not sorted");
  if (const auto name = unsigned_header(call, names)) return incomplete(fmt::format("{} is not signed", *name));
  if (auto refusal = check_payload(call, service)) return refusal;
  if (!same_secret(*signature,
                   aws_signature(call, {fields[1], fields[2], fields[3]}, *headers, credentials.secret_key)))
    return AwsRefusal{"InvalidSignatureException", "The signature is not the one that the secret key gives."};
  const auto session = call.header("X-Amz-Security-Token");
  if (session && *session != credentials.session_token)
    return AwsRefusal{"ExpiredTokenException", "The security token has run out."};
  return std::nullopt;
}

}  // namespace bornite::emulator

#include "bornite/rest/aws_signature.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include "url.hpp"

namespace bornite {
namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(c));
  return text;
}

std::string sha256_hex(std::string_view text) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  ::EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, ::EVP_sha256(),
               nullptr);
  return hex(std::string_view(digest).substr(0, size));
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  ::HMAC(::EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), reinterpret_cast<unsigned char*>(digest.data()), &size);
  digest.resize(size);
  return digest;
}

std::string percent_decode(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : (c | 32) - 'a' + 10; };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() &&
                        std::isxdigit(static_cast<unsigned char>(text[i + 1])) &&
                        std::isxdigit(static_cast<unsigned char>(text[i + 2]));
    decoded += escape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return decoded;
}

std::string encoded_path(std::string_view path) {
  std::string encoded;
  for (;;) {
    const std::size_t slash = path.find('/');
    encoded += percent_encode(path.substr(0, slash));
    if (slash == std::string_view::npos) return encoded;
    encoded += '/';
    path.remove_prefix(slash + 1);
  }
}

std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (!query.empty()) {
    const std::string_view parameter = query.substr(0, query.find('&'));
    const std::size_t equals = parameter.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : parameter.substr(equals + 1);
    if (!parameter.empty())
      parameters.emplace_back(percent_encode(percent_decode(parameter.substr(0, equals))),
                              percent_encode(percent_decode(value)));
    query.remove_prefix(std::min(parameter.size() + 1, query.size()));
  }
  std::ranges::sort(parameters);
  std::string text;
  for (const auto& [name, value] : parameters) text += (text.empty() ? "" : "&") + name + '=' + value;
  return text;
}

/// Spaces around go, several within become one.
std::string trimmed(std::string_view value) {
  std::string text;
  for (const char c : value) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

/// Lower-case names in order, with all values of each.
std::map<std::string, std::string> canonical_headers(const HttpRequest& request) {
  std::map<std::string, std::string> headers;
  for (const HttpHeader& header : request.headers) {
    std::string name = header.name;
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto [place, is_new] = headers.try_emplace(std::move(name), trimmed(header.value));
    if (!is_new) place->second += ',' + trimmed(header.value);
  }
  return headers;
}

std::string signed_names(const HttpRequest& request) {
  std::string names;
  for (const auto& [name, ignored] : canonical_headers(request)) names += (names.empty() ? "" : ";") + name;
  return names;
}

std::string scope_text(const AwsScope& scope, std::string_view time) {
  return fmt::format("{}/{}/{}/aws4_request", time.substr(0, 8), scope.region, scope.service);
}

std::string time_text(Clock::Instant now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(second - day);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

/// In place of what an earlier signature may have left.
void set_header(HttpRequest& request, std::string name, std::string value) {
  std::erase_if(request.headers, [&](const HttpHeader& h) { return same_header_name(h.name, name); });
  request.headers.push_back({std::move(name), std::move(value)});
}

}  // namespace

Result<std::string> aws_canonical_request(const HttpRequest& request, std::string_view service) {
  BORNITE_TRY(const Url url, parse_url(request.url));
  std::string text = request.method + '\n';
  text += service == "s3" ? std::string(url.path()) : encoded_path(url.path());
  text += '\n' + canonical_query(url.query()) + '\n';
  for (const auto& [name, value] : canonical_headers(request)) text += name + ':' + value + '\n';
  text += '\n' + signed_names(request) + '\n';
  return text + sha256_hex(request.body);
}

std::string aws_string_to_sign(std::string_view canonical_request, const AwsScope& scope, std::string_view time) {
  return fmt::format("AWS4-HMAC-SHA256\n{}\n{}\n{}", time, scope_text(scope, time), sha256_hex(canonical_request));
}

std::string aws_signature(std::string_view string_to_sign, const Secret& secret_access_key, const AwsScope& scope,
                          std::string_view time) {
  std::string key = "AWS4" + std::string(secret_access_key.reveal());
  for (const std::string_view part : {time.substr(0, 8), std::string_view(scope.region),
                                      std::string_view(scope.service), std::string_view("aws4_request")})
    key = hmac_sha256(key, part);
  return hex(hmac_sha256(key, string_to_sign));
}

Result<void> aws_sign(HttpRequest& request, const AwsCredentials& credentials, const AwsScope& scope,
                      Clock::Instant now) {
  BORNITE_TRY(const Url url, parse_url(request.url));
  const std::string time = time_text(now);
  std::erase_if(request.headers, [](const HttpHeader& h) { return same_header_name(h.name, "Authorization"); });
  set_header(request, "Host", url.authority());
  set_header(request, "X-Amz-Date", time);
  if (!credentials.session_token.empty())
    set_header(request, "X-Amz-Security-Token", std::string(credentials.session_token.reveal()));
  if (scope.service == "s3") set_header(request, "X-Amz-Content-Sha256", sha256_hex(request.body));
  BORNITE_TRY(const std::string canonical, aws_canonical_request(request, scope.service));
  const std::string signature =
      aws_signature(aws_string_to_sign(canonical, scope, time), credentials.secret_access_key, scope, time);
  set_header(request, "Authorization",
             fmt::format("AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}", credentials.access_key_id,
                         scope_text(scope, time), signed_names(request), signature));
  return {};
}

}  // namespace bornite

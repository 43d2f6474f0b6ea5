#include "ibm_service.hpp"

#include <fmt/format.h>

namespace bornite {
namespace {

constexpr std::string_view api_version = "2026-04-15";
constexpr int region_field = 5;

}  // namespace

HttpRequest IbmService::request(std::string method, std::string_view path, std::string body) const {
  HttpRequest request{.method = std::move(method),
                      .url = fmt::format("{}{}", endpoint, path),
                      .headers = {{"Accept", "application/json"},
                                  {"Service-CRN", instance},
                                  {"IBM-API-Version", std::string(api_version)}},
                      .body = std::move(body)};
  if (!request.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
  return request;
}

Result<std::string> ibm_endpoint(std::string_view instance) {
  std::string_view rest = instance;
  for (int field = 0; field < region_field && !rest.empty(); ++field) {
    const std::size_t colon = rest.find(':');
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  const std::string_view region = rest.substr(0, rest.find(':'));
  if (!instance.starts_with("crn:") || region.empty())
    return Error{ErrorKind::configuration, fmt::format("The IBM instance '{}' is not a CRN with a region.", instance),
                 "Copy it from quantum.cloud.ibm.com/instances; it begins with crn:v1:."};
  if (region == "us-east") return std::string("https://quantum.cloud.ibm.com/api/v1");
  return fmt::format("https://{}.quantum.cloud.ibm.com/api/v1", region);
}

}  // namespace bornite

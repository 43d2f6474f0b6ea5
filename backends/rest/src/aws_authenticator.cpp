#include "bornite/rest/aws_authenticator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "url.hpp"

namespace bornite {
namespace {

std::vector<std::string> labels_of(std::string_view host) {
  std::vector<std::string> labels;
  for (;;) {
    const std::size_t dot = host.find('.');
    labels.emplace_back(host.substr(0, dot));
    if (dot == std::string_view::npos) return labels;
    host.remove_prefix(dot + 1);
  }
}

/// What the first scope leaves open, from the second.
AwsScope filled(AwsScope scope, const AwsScope& otherwise) {
  if (scope.service.empty()) scope.service = otherwise.service;
  if (scope.region.empty()) scope.region = otherwise.region;
  return scope;
}

AwsScope scope_of_audience(std::string_view audience) {
  const std::size_t slash = audience.find('/');
  return {slash == std::string_view::npos ? std::string() : std::string(audience.substr(slash + 1)),
          std::string(audience.substr(0, slash))};
}

}  // namespace

AwsScope aws_scope_of_host(std::string_view host) {
  std::string_view suffix = ".amazonaws.com";
  if (host.ends_with(".cn")) suffix = ".amazonaws.com.cn";
  if (!host.ends_with(suffix)) return {};
  const auto labels = labels_of(host.substr(0, host.size() - suffix.size()));
  // The last s3 counts: a bucket's name comes before it and may have dots.
  const auto last_s3 = std::find(labels.rbegin(), labels.rend(), "s3");
  if (last_s3 != labels.rend() && std::distance(labels.rbegin(), last_s3) <= 1)
    return {last_s3 == labels.rbegin() ? "us-east-1" : labels.back(), "s3"};
  if (labels.size() < 2) return {{}, labels.front()};
  return {labels.back(), labels[labels.size() - 2]};
}

AwsAuthenticator::AwsAuthenticator(Clock& clock, AwsScope usual, Load load)
    : clock_(clock), usual_(std::move(usual)), load_(std::move(load)) {}

Result<AwsProfile> AwsAuthenticator::profile() {
  const std::lock_guard lock(mutex_);
  if (!profile_) {
    BORNITE_TRY(profile_, load_());
  }
  return *profile_;
}

Result<void> AwsAuthenticator::sign(HttpRequest& request) {
  BORNITE_TRY(const AwsProfile credentials, profile());
  BORNITE_TRY(const Url url, parse_url(request.url));
  AwsScope scope = filled(scope_of_audience(request.audience), aws_scope_of_host(url.host));
  scope = filled(filled(std::move(scope), usual_), {credentials.region, {}});
  if (scope.region.empty() || scope.service.empty())
    return Error{ErrorKind::configuration, fmt::format("The AWS region of a request to {} is not known.", url.host),
                 "Set AWS_REGION, or `region` in the profile."};
  return aws_sign(request, credentials.credentials, scope, clock_.now());
}

bool AwsAuthenticator::refresh() {
  auto loaded = load_();
  const std::lock_guard lock(mutex_);
  if (!loaded) return false;
  const auto parts = [](const AwsProfile& p) {
    return std::tuple(std::string_view(p.credentials.access_key_id), p.credentials.secret_access_key.reveal(),
                      p.credentials.session_token.reveal());
  };
  const bool changed = !profile_ || parts(*profile_) != parts(*loaded);
  profile_ = std::move(*loaded);
  return changed;
}

}  // namespace bornite

#include <barrier>
#include <mutex>
#include <thread>

#include "catch.hpp"
#include "plain_provider.hpp"

using namespace bornite;
using namespace bornite::test;
using Catch::Contains;

namespace {

class PlainSessions final : public SessionAdapter {
 public:
  HttpRequest opening() const override { return {.method = "POST", .url = "open"}; }
  Result<std::string> read_opening(const HttpReply& reply) const override {
    BORNITE_TRY(const JsonValue json, JsonValue::parse(reply.body, "the reply about the session"));
    BORNITE_TRY(const JsonValue id, json["id"]);
    return id.name();
  }
  HttpRequest closing(const std::string& session) const override {
    return {.method = "PATCH", .url = "close/" + session};
  }
  bool is_over(const HttpReply& refusal) const override { return refusal.body.find("over") != std::string::npos; }
};

/// Writes the session's id into its submissions.
class SessionedAdapter final : public PlainAdapter {
 public:
  SessionedAdapter() : PlainAdapter(device_of(3)) {}
  const SessionAdapter* sessions() const override { return &sessions_; }
  Result<HttpRequest> submission(const Submission& submission) const override {
    return HttpRequest{.method = "POST", .url = "submit/" + std::string(submission.session), .body = "program"};
  }

 private:
  PlainSessions sessions_;
};

/// A provider that numbers its sessions and jobs from 1, and whose replies can be replaced.
struct Provider {
  using Replacement = std::function<std::optional<Result<HttpReply>>(const HttpRequest&)>;

  explicit Provider(
      Replacement replace = [](const HttpRequest&) { return std::nullopt; }, bool limited = false) {
    const auto script = [this, replace](const HttpRequest& request, std::size_t) -> Result<HttpReply> {
      asked.push_back(request.url);
      time_limits.push_back(request.time_limit);
      if (auto replaced = replace(request)) return *std::move(replaced);
      if (request.url == "open") return reply(200, R"({"id": "s)" + std::to_string(++sessions) + "\"}");
      if (request.url.starts_with("close/")) return reply(204);
      return reply(201, R"({"id": "j)" + std::to_string(++jobs) + "\"}");
    };
    auto made = std::make_unique<ScriptedExchange>(script);
    exchange = made.get();
    RestParts parts = parts_of("d", std::make_unique<SessionedAdapter>(), std::move(made));
    if (limited) parts.capabilities.max_payload_bytes = 1000;
    backend = make_rest_backend(std::move(parts)).value();
  }

  /// How often it was asked for this.
  [[nodiscard]] std::size_t count(const std::string& url) const {
    return static_cast<std::size_t>(std::count(asked.begin(), asked.end(), url));
  }

  int sessions = 0;
  int jobs = 0;
  std::vector<std::string> asked{};
  std::vector<std::optional<std::chrono::milliseconds>> time_limits{};
  ScriptedExchange* exchange = nullptr;  // as long as the backend
  std::unique_ptr<QuantumBackend> backend{};
};

using Urls = std::vector<std::string>;

}  // namespace

TEST_CASE("a session is opened once, at the first submission, and closed with the backend") {
  Provider provider;
  CHECK(provider.backend->submit(bell(), "t1").has_value());
  CHECK(provider.backend->submit(bell(), "t2").has_value());
  CHECK(provider.backend->submit(bell(), "t2").has_value());
  CHECK(provider.asked == Urls{"open", "submit/s1", "submit/s1"});
  CHECK(provider.exchange->repeats()[0] == Repeat::once);
  provider.backend.reset();
  CHECK(provider.asked == Urls{"open", "submit/s1", "submit/s1", "close/s1"});
  CHECK(provider.time_limits.back() == std::chrono::seconds(10));
  CHECK_FALSE(provider.time_limits.front().has_value());
}

TEST_CASE("what is no submission opens no session") {
  Provider provider([](const HttpRequest&) { return std::nullopt; }, true);
  const JobForecast forecast = provider.backend->forecast(bell()).value();
  CHECK(forecast.payload_bytes == std::string("program").size());
  CHECK(provider.backend->find("t").has_value());
  CHECK(provider.backend->poll("j").has_value());
  CHECK(provider.backend->devices().has_value());
  CHECK(provider.backend->describe().has_value());
  CHECK_FALSE(provider.backend->submit(bell(), "").has_value());
  CHECK_FALSE(provider.backend->submit({Circuit(4), ParameterRows(1, 0, {}), Shots(1), StreamKey{}}, "t").has_value());
  provider.backend.reset();
  CHECK(provider.asked == Urls{"status/j"});
}

TEST_CASE("a job that is refused because its session is over is sent again in another one, once") {
  const auto refuses = [](std::vector<std::string> over) {
    return [over](const HttpRequest& request) -> std::optional<Result<HttpReply>> {
      for (const std::string& session : over)
        if (request.url == "submit/" + session) return reply(400, R"({"message": "The session is over."})");
      return {};
    };
  };
  Provider provider(refuses({"s1"}));
  CHECK(provider.backend->submit(bell(), "t1").value() == "j1");
  CHECK(provider.backend->submit(bell(), "t2").value() == "j2");
  CHECK(provider.asked == Urls{"open", "submit/s1", "close/s1", "open", "submit/s2", "submit/s2"});
  provider.backend.reset();
  CHECK(provider.count("close/s2") == 1);

  Provider hopeless(refuses({"s1", "s2"}));
  const auto job = hopeless.backend->submit(bell(), "t");
  REQUIRE_FALSE(job.has_value());
  CHECK_FALSE(job.error().retryable);
  CHECK_FALSE(job.error().outcome_unknown);
  CHECK_THAT(job.error().message, Contains("The session is over."));
  CHECK(hopeless.asked == Urls{"open", "submit/s1", "close/s1", "open", "submit/s2"});
}

TEST_CASE("a job that is refused for another reason, or may have been accepted, is not sent again") {
  for (const int status : {400, 404, 500, 503}) {
    CAPTURE(status);
    Provider provider([&](const HttpRequest& request) -> std::optional<Result<HttpReply>> {
      if (request.url == "submit/s1") return reply(status, R"({"message": "The program is wrong."})");
      return {};
    });
    const auto job = provider.backend->submit(bell(), "t");
    REQUIRE_FALSE(job.has_value());
    CHECK(job.error().outcome_unknown == (status >= 500));
    CHECK(provider.asked == Urls{"open", "submit/s1"});
  }
}

TEST_CASE("an opening whose answer was lost is told of, and tried again only when the job is") {
  bool lost = false;
  Provider provider([&](const HttpRequest& request) -> std::optional<Result<HttpReply>> {
    if (request.url != "open" || std::exchange(lost, true)) return {};
    return Error{ErrorKind::network, "The line broke.", "Try again.", true, true};
  });
  const auto job = provider.backend->submit(bell(), "t");
  REQUIRE_FALSE(job.has_value());
  CHECK(job.error().retryable);
  CHECK_FALSE(job.error().outcome_unknown);  // there certainly is no job
  CHECK_THAT(job.error().message, Contains("opening of a session") && Contains("The line broke."));
  CHECK_THAT(job.error().hint, Contains("ends by itself"));
  CHECK(provider.asked == Urls{"open"});
  CHECK(provider.backend->submit(bell(), "t").value() == "j1");
  CHECK(provider.asked == Urls{"open", "open", "submit/s1"});
}

TEST_CASE("a session that the provider does not open is an error of the job with the provider's words") {
  struct Case {
    HttpReply reply;
    ErrorKind kind;
    bool retryable;
  };
  for (const Case& one : {Case{reply(403, R"({"message": "Not on this plan."})"), ErrorKind::authentication, false},
                          Case{reply(400, R"({"message": "Not on this plan."})"), ErrorKind::job, false},
                          Case{reply(401, R"({"message": "Not on this plan."})"), ErrorKind::authentication, false},
                          Case{reply(429, R"({"message": "Not on this plan."})"), ErrorKind::network, true},
                          Case{reply(503, R"({"message": "Not on this plan."})"), ErrorKind::network, true}}) {
    CAPTURE(one.reply.status);
    Provider provider([&](const HttpRequest& request) -> std::optional<Result<HttpReply>> {
      if (request.url == "open") return one.reply;
      return {};
    });
    const auto job = provider.backend->submit(bell(), "t");
    REQUIRE_FALSE(job.has_value());
    CHECK_THAT(job.error().message, Contains("to open a session") && Contains("Not on this plan."));
    CHECK(job.error().kind == one.kind);
    CHECK(job.error().retryable == one.retryable);
    CHECK_FALSE(job.error().outcome_unknown);
    provider.backend.reset();
    CHECK(provider.asked == Urls{"open"});
  }
  Provider nameless([&](const HttpRequest& request) -> std::optional<Result<HttpReply>> {
    if (request.url == "open") return reply(200, "{}");
    return {};
  });
  const auto job = nameless.backend->submit(bell(), "t");
  CHECK_THAT(job.error().message, Contains("'id'"));
  CHECK_FALSE(job.error().outcome_unknown);
}

TEST_CASE("that a session cannot be closed troubles nobody") {
  for (const bool answered : {true, false}) {
    Provider provider([&](const HttpRequest& request) -> std::optional<Result<HttpReply>> {
      if (request.url != "close/s1") return {};
      if (answered) return reply(500);
      return Error{ErrorKind::network, "The line broke.", "", true, true};
    });
    CHECK(provider.backend->submit(bell(), "t").has_value());
    provider.backend.reset();
    CHECK(provider.count("close/s1") == 1);
  }
}

TEST_CASE("many threads share one session, and open one other when it is over") {
  constexpr int threads = 8;
  std::barrier together(threads);
  std::atomic<int> arrived = 0;
  Provider provider([&](const HttpRequest& request) -> std::optional<Result<HttpReply>> {
    // Whoever opens gives all others the time to try it too.
    for (int i = 0; request.url == "open" && i < 100'000 && arrived < threads; ++i) std::this_thread::yield();
    if (request.url == "submit/s1") return reply(400, "over");
    return {};
  });
  std::atomic<int> accepted = 0;
  std::vector<std::thread> crew;
  for (int i = 0; i < threads; ++i)
    crew.emplace_back([&, i] {
      together.arrive_and_wait();
      ++arrived;
      if (provider.backend->submit(bell(), "t" + std::to_string(i))) ++accepted;
    });
  for (std::thread& thread : crew) thread.join();
  CHECK(accepted == threads);
  CHECK(provider.count("open") == 2);
  CHECK(provider.count("close/s1") == 1);
  CHECK(provider.count("submit/s2") == threads);
  CHECK(provider.jobs == threads);
}

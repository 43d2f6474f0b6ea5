#include "bornite/job/journal.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "bornite/job/digest.hpp"
#include "bornite/job/shot_codec.hpp"
#include "catch.hpp"
#include "manual_clock.hpp"
#include "temporary_directory.hpp"

namespace bornite {
namespace {

using Catch::Contains;

ShotRow row_of(std::size_t bits, std::vector<std::uint64_t> counts, RandomStream& random) {
  BitstringList strings(bits);
  std::uint64_t shots = 0;
  for (const std::uint64_t count : counts) {
    Bitstring string(bits);
    for (std::size_t i = 0; i < bits; ++i) string.set(i, random() % 2 == 1);
    strings.push_back(string);
    shots += count;
  }
  return ShotRow::create(std::move(strings), std::move(counts), shots).value();
}

ShotTable table_of(std::size_t bits, std::size_t rows) {
  RandomStream random({.seed = bits, .purpose = StreamPurpose::test});
  std::vector<ShotRow> all;
  for (std::size_t r = 0; r < rows; ++r) all.push_back(row_of(bits, {1, 300, std::uint64_t{1} << 40, 7}, random));
  return ShotTable::create(std::move(all)).value();
}

JobRecord record_of(const ShotTable& table, const std::string& unit = "unit") {
  JobRecord record{.run = "run", .unit = unit, .digest = "d", .purpose = "p", .backend = "b:x", .token = fresh_token()};
  record.part.rows = table.rows();
  record.shape.qubits = table[0].bits();
  record.shape.note = "note";
  for (std::size_t r = 0; r < table.rows(); ++r) record.shape.shots.push_back(table[r].shots());
  return record;
}

void check_same(const ShotTable& a, const ShotTable& b) {
  REQUIRE(a.rows() == b.rows());
  for (std::size_t r = 0; r < a.rows(); ++r) {
    CHECK(std::ranges::equal(a[r].counts(), b[r].counts()));
    CHECK(std::ranges::equal(a[r].strings().words(), b[r].strings().words()));
  }
}

TEST_CASE("shots of any width come back from bytes as they were") {
  for (const std::size_t bits : {1, 7, 8, 63, 64, 65, 127, 128, 156, 1000}) {
    CAPTURE(bits);
    const ShotTable table = table_of(bits, 3);
    check_same(decode_shots(encode_shots(table)).value(), table);
  }
}

TEST_CASE("shots in journals of old are read") {
  // Made by another writer: bits 3, rows 1; shots 5, strings 2: 100 and 011, counts 2 and 3.
  const std::string bytes(
      "\x42\x53\x48\x31\x08\x00\x00\x00\x00\x00\x00\x00\x78\x9c\x63\x66\x64\x65\x62\x64\x63\x62\x06\x00\x00\x6c\x00"
      "\x18",
      28);
  const ShotTable table = decode_shots(bytes).value();
  REQUIRE(table.rows() == 1);
  CHECK(table[0].strings()[0].to_text() == "100");
  CHECK(table[0].strings()[1].to_text() == "011");
  CHECK(table[0].counts()[0] == 2);
  CHECK(table[0].counts()[1] == 3);
}

TEST_CASE("shots of few bits take about a byte for the string and less for the count") {
  std::vector<std::uint64_t> words(1024);
  RandomStream random({.seed = 5, .purpose = StreamPurpose::test});
  for (std::uint64_t& word : words) word = random() % (1 << 17);
  const ShotRow row = ShotRow::create(BitstringList(17, words), std::vector<std::uint64_t>(1024, 1), 1024).value();
  CHECK(encode_shots(ShotTable::create({row}).value()).size() < 1024 * 7 / 4);
}

TEST_CASE("every byte of stored shots that is changed or cut off is noticed or harmless, and never a crash") {
  for (const std::size_t bits : {20, 70}) {
    const ShotTable table = table_of(bits, 2);
    const std::string bytes = encode_shots(table);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
      CHECK_FALSE(decode_shots(damaged).has_value());
      CHECK_FALSE(decode_shots(bytes.substr(0, i)).has_value());
    }
  }
}

TEST_CASE("a million shots of 156 bits are stored in about their own size") {
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test});
  const ShotTable table = ShotTable::create({row_of(156, std::vector<std::uint64_t>(100'000, 10), random)}).value();
  CHECK(encode_shots(table).size() < 100'000 * 22);
}

TEST_CASE("a record keeps everything through its life") {
  const TemporaryDirectory folder;
  ManualClock clock;
  const ShotTable table = table_of(90, 2);
  JobRecord record = record_of(table);
  record.price = {.usd = 1.5, .qpu_seconds = {}};
  {
    Journal journal = Journal::open(folder.path() / "j", clock).value();
    const auto lock = journal.lock("run");
    REQUIRE(journal.intend(std::span(&record, 1)).has_value());
    clock.sleep(std::chrono::seconds(1));
    REQUIRE(journal.mark_sent(record).has_value());
    REQUIRE(journal.mark_accepted(record, "their-id").has_value());
    REQUIRE(journal.mark_done(record, table, {.usd = 1.25, .qpu_seconds = 2.0}).has_value());
  }
  const Journal journal = Journal::open(folder.path() / "j", clock).value();
  const JobRecord again = journal.find("their-id").value();
  CHECK(again.run == "run");
  CHECK(again.unit == "unit");
  CHECK(again.part == record.part);
  CHECK(again.digest == "d");
  CHECK(again.token == record.token);
  CHECK(again.shape.qubits == 90);
  CHECK(again.shape.shots == record.shape.shots);
  CHECK(again.shape.note == "note");
  CHECK(again.state == RecordState::done);
  CHECK(again.price.usd == 1.25);
  CHECK(again.price.qpu_seconds == 2.0);
  CHECK(again.changed - again.created == std::chrono::seconds(1));
  check_same(journal.outcomes(again).value(), table);
  CHECK(journal.find(again.token).value().number == again.number);
  CHECK(journal.find(std::to_string(again.number)).value().token == again.token);
  CHECK_THAT(journal.find("nothing").error().message, Contains("nothing"));
}

TEST_CASE("a state is changed from the expected one only") {
  const TemporaryDirectory folder;
  Journal journal = Journal::open(folder.path() / "j").value();
  const auto lock = journal.lock("run");
  const ShotTable table = table_of(3, 1);
  JobRecord record = record_of(table);
  REQUIRE(journal.intend(std::span(&record, 1)).has_value());
  JobRecord stale = record;
  REQUIRE(journal.mark_sent(record).has_value());
  const auto refused = journal.mark_sent(stale);
  REQUIRE_FALSE(refused.has_value());
  CHECK_THAT(refused.error().message, Contains("not 'intended' any more"));
}

TEST_CASE("a second try of a part takes the place of the first in lists, and both count if they cost") {
  const TemporaryDirectory folder;
  Journal journal = Journal::open(folder.path() / "j").value();
  const auto lock = journal.lock("run");
  const ShotTable table = table_of(3, 1);
  JobRecord first = record_of(table);
  first.price.usd = 2.0;
  REQUIRE(journal.intend(std::span(&first, 1)).has_value());
  REQUIRE(journal.mark_sent(first).has_value());
  REQUIRE(journal.mark_ended(first, RecordState::failed, "broken", {.usd = 0.5, .qpu_seconds = {}}).has_value());
  JobRecord second = record_of(table);
  second.price.usd = 2.0;
  REQUIRE(journal.intend(std::span(&second, 1)).has_value());
  REQUIRE(journal.records("run").value().size() == 1);
  CHECK(journal.records("run").value()[0].token == second.token);
  CHECK(journal.spending("run").value().usd == 2.5);
  CHECK(journal.spending("run").value().jobs == 2);
  CHECK(journal.spending("other").value() == Spending{});
}

TEST_CASE("a file that is not a journal, a newer one and an impossible place are refused by name") {
  const TemporaryDirectory folder;
  std::ofstream(folder.path() / "text") << std::string(5000, 'x');
  CHECK_THAT(Journal::open(folder.path() / "text").error().message, Contains("text"));
  CHECK_THAT(Journal::open(folder.path() / "no" / "such").error().message, Contains("such"));
}

TEST_CASE("a process that is killed gives its run back and its records stay") {
  const TemporaryDirectory folder;
  const auto path = folder.path() / "j";
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    Journal journal = Journal::open(path).value();
    const auto lock = journal.lock("run");
    JobRecord record = record_of(table_of(3, 1));
    static_cast<void>(journal.intend(std::span(&record, 1)));
    static_cast<void>(!::write(ready[1], "x", 1));
    for (;;) ::pause();
  }
  char byte;
  REQUIRE(::read(ready[0], &byte, 1) == 1);
  Journal journal = Journal::open(path).value();
  CHECK_FALSE(journal.lock("run").has_value());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  CHECK(journal.lock("run").has_value());
  CHECK(journal.records("run").value().size() == 1);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("a digest differs with everything that makes a request, and with nothing else") {
  const auto request = [](double angle, std::uint64_t shots, std::uint64_t seed, double scale) {
    return SampleRequest{
        Circuit(2).h(0).ry(1, Angle::of(0, scale)), ParameterRows(1, 1, {angle}), Shots(shots), {.seed = seed}};
  };
  const std::string reference = digest(request(0.1, 10, 1, 1.0));
  CHECK(reference == digest(request(0.1, 10, 1, 1.0)));
  // The same bytes through Python's hashlib: journals of earlier versions must keep their meaning.
  CHECK(reference == "306c089c-fb4a-57c9-87cc-7185bbec5fbe");
  CHECK(reference != digest(request(0.2, 10, 1, 1.0)));
  CHECK(reference != digest(request(0.1, 11, 1, 1.0)));
  CHECK(reference != digest(request(0.1, 10, 2, 1.0)));
  CHECK(reference != digest(request(0.1, 10, 1, 2.0)));
  SampleRequest shared = request(0.1, 10, 1, 1.0);
  shared.stream_rows = {0};
  CHECK(reference != digest(shared));
  CHECK(digest(request(0.0, 10, 1, 1.0)) == digest(request(-0.0, 10, 1, 1.0)));
  CHECK(fresh_token() != fresh_token());
}

}  // namespace
}  // namespace bornite

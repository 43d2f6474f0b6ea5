// Jobs of local backends end with the object that made them.
#include "backends_under_test.hpp"
#include "catch.hpp"

namespace bornite {
namespace {

SampleRequest some_shots(std::uint64_t shots, std::uint64_t seed = 1) {
  return one_row(Circuit(3).h(0).h(1).ry(2, Angle::of(0)), shots, seed, {0.5});
}

TEST_CASE("jobs of a local backend differ by their streams") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  if (backend->capabilities().remote) return;
  const JobId one = backend->submit(some_shots(100, 1), "stream-1").value();
  const JobId other = backend->submit(some_shots(100, 2), "stream-2").value();
  const JobShape shape = shape_of(some_shots(100));
  CHECK_FALSE(same_row(backend->fetch(one, shape).value()[0], backend->fetch(other, shape).value()[0]));
}

TEST_CASE("a forgotten job of a local backend is gone, and others stay") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  if (backend->capabilities().remote) return;
  const JobShape shape = shape_of(some_shots(10));
  const JobId gone = backend->submit(some_shots(10), "gone").value();
  const JobId kept = backend->submit(some_shots(10), "kept").value();
  backend->forget(gone);
  CHECK_FALSE(backend->poll(gone).has_value());
  CHECK_FALSE(backend->fetch(gone, shape).has_value());
  CHECK(backend->find("gone").value().answer == JobLookup::Answer::absent);
  CHECK(backend->fetch(kept, shape).has_value());
  const JobId again = backend->submit(some_shots(10), "gone").value();
  CHECK(same_row(backend->fetch(again, shape).value()[0], backend->fetch(kept, shape).value()[0]));
}

TEST_CASE("jobs of a local backend are unknown to a second object") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto first = make_backend(name);
  if (first->capabilities().remote) return;
  const JobId job = first->submit(some_shots(10), "mine").value();
  const auto second = make_backend(name);
  CHECK_FALSE(second->poll(job).has_value());
  CHECK(second->find("mine").value().answer == JobLookup::Answer::absent);
  CHECK(first->find("mine").value().job == job);
}

}  // namespace
}  // namespace bornite

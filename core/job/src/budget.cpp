#include "bornite/job/budget.hpp"

#include <fmt/format.h>

namespace bornite {
namespace {

template <typename Number>
Error over(std::string_view what, Number limit, Number spent, Number wanted) {
  return {ErrorKind::budget,
          fmt::format("The budget of {} {} does not suffice: {} {} spent or reserved, and {} more {} needed.", limit,
                      what, spent, spent == Number{1} ? "is" : "are", wanted, wanted == Number{1} ? "is" : "are"),
          "Nothing was sent. Raise the budget, or ask for less."};
}

Error unknown(std::string_view what, std::string_view backend) {
  return {ErrorKind::budget,
          fmt::format("A budget in {} cannot be kept: backend {} does not say what its jobs take.", what, backend),
          "Nothing was sent. Set a budget in shots or jobs instead."};
}

}  // namespace

Spending& Spending::operator+=(const Spending& other) {
  jobs += other.jobs;
  shots += other.shots;
  usd += other.usd;
  qpu_seconds += other.qpu_seconds;
  jobs_without_usd += other.jobs_without_usd;
  jobs_without_seconds += other.jobs_without_seconds;
  return *this;
}

Spending spending_of(const JobShape& shape, const Price& price) {
  return {.jobs = 1,
          .shots = shape.total_shots(),
          .usd = price.usd.value_or(0),
          .qpu_seconds = price.qpu_seconds.value_or(0),
          .jobs_without_usd = price.usd ? std::uint64_t{0} : std::uint64_t{1},
          .jobs_without_seconds = price.qpu_seconds ? std::uint64_t{0} : std::uint64_t{1}};
}

Result<void> Budget::admit(const Spending& spent, const Spending& wanted, std::string_view backend) const {
  if (jobs && spent.jobs + wanted.jobs > *jobs) return over("jobs", *jobs, spent.jobs, wanted.jobs);
  if (shots && spent.shots + wanted.shots > *shots) return over("shots", *shots, spent.shots, wanted.shots);
  if (usd && spent.jobs_without_usd + wanted.jobs_without_usd > 0) return unknown("US dollars", backend);
  if (usd && spent.usd + wanted.usd > *usd) return over("US dollars", *usd, spent.usd, wanted.usd);
  if (qpu_seconds && spent.jobs_without_seconds + wanted.jobs_without_seconds > 0) return unknown("seconds", backend);
  if (qpu_seconds && spent.qpu_seconds + wanted.qpu_seconds > *qpu_seconds)
    return over("seconds", *qpu_seconds, spent.qpu_seconds, wanted.qpu_seconds);
  return {};
}

}  // namespace bornite

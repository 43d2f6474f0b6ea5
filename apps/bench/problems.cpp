#include "problems.hpp"

#include "bornite/util/config.hpp"

namespace bornite::bench {

Result<Problem> builtin_problem(const std::string& name, bool quick) {
  Config config;
  BORNITE_CHECK(config.set("problem", name, "benchmark"));
  if (name == "mnist01") BORNITE_CHECK(config.set("network.values", "[-3, 1]", "benchmark"));
  if (quick) BORNITE_CHECK(config.set("data.train_rows", "50", "benchmark"));
  return make_problem(config);
}

}  // namespace bornite::bench

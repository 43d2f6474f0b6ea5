#pragma once
// CTest runs some test programs once per instruction set, forced by BORNITE_SIMD. Where the processor lacks it, the run
// ends at once with a line that CTest takes for a skipped test. Include this once per program, before other headers.

#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include "bornite/util/processor.hpp"
#include "catch.hpp"

#include <cstdlib>
#include <iostream>

namespace bornite::test {

class SkipWithoutSimdLevel : public Catch::TestEventListenerBase {
 public:
  using TestEventListenerBase::TestEventListenerBase;

  void testRunStarting(const Catch::TestRunInfo&) override {
    const auto level = choose_simd_level(std::getenv("BORNITE_SIMD"));
    if (level.has_value() || level.error().kind != ErrorKind::unsupported) return;
    std::cout << "Skipped: " << level.error().message << std::endl;
    std::exit(EXIT_SUCCESS);
  }
};

CATCH_REGISTER_LISTENER(SkipWithoutSimdLevel)

}  // namespace bornite::test

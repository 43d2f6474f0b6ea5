#include "bornite/util/processor.hpp"

#include "catch.hpp"

using namespace bornite;

TEST_CASE("the best SIMD level is taken where none is named") {
  const SimdLevel best = choose_simd_level(nullptr).value();
  REQUIRE(choose_simd_level("").value() == best);
  REQUIRE(choose_simd_level("baseline").value() == SimdLevel::baseline);
  for (const char* const name : {"avx2", "avx512"}) {
    const auto level = choose_simd_level(name);
    if (level) {
      REQUIRE(*level <= best);
      continue;
    }
    REQUIRE(level.error().kind == ErrorKind::unsupported);
    REQUIRE_THAT(level.error().message, Catch::Contains(name) && Catch::Contains("this processor lacks"));
  }
}

TEST_CASE("a SIMD level of another name is refused, with the names there are") {
  const auto level = choose_simd_level("avx1024");
  REQUIRE(level.error().kind == ErrorKind::configuration);
  REQUIRE_THAT(describe(level.error()), Catch::Contains("BORNITE_SIMD is \"avx1024\"") && Catch::Contains("baseline"));
}

#include "bornite/util/memory.hpp"

#include <unistd.h>

#include "catch.hpp"

TEST_CASE("free memory is more than nothing and no more than the machine has") {
  const auto machine =
      static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  CHECK(bornite::free_memory() > 1024 * 1024);
  CHECK(bornite::free_memory() <= machine);
}

#include "bornite/data/check.hpp"

#include "catch.hpp"
#include "files.hpp"

#include <cmath>

using namespace bornite;
using namespace bornite_test;

TEST_CASE("data of finite numbers pass the check") {
  require_success(check_finite({.features = 1, .inputs = {1e308, -5e-324}, .targets = {0, 1}}, "x", "y"));
  require_success(check_finite({}, "x", "y"));
}

TEST_CASE("the first number that is not finite is named with its source") {
  Dataset data{.features = 2, .inputs = {1, 2, 3, INFINITY, NAN, 6}, .targets = {0, 1, NAN}};
  require_refusal(check_finite(data, "x.bin", "y.bin"), "x.bin: feature 1 of row 1 (both counted from 0) is inf");
  data.inputs = {1, 2, 3, 4, 5, 6};
  require_refusal(check_finite(data, "x.bin", "y.bin"), "y.bin: the target of row 2 (counted from 0) is nan");
}

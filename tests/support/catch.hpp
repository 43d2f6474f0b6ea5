#pragma once
// The one place that names the test framework's header: moving to Catch2 v3 changes this file alone.

#include <catch2/catch.hpp>

#include "bornite/util/error.hpp"

namespace Catch {

/// A failed REQUIRE(result) prints the error, whatever the type of the value.
template <typename T>
struct StringMaker<boost::system::result<T, bornite::Error>> {
  static std::string convert(const boost::system::result<T, bornite::Error>& result) {
    return result ? "a value" : "the error: " + bornite::describe(result.error());
  }
};

}  // namespace Catch

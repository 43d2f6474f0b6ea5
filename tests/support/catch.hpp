#pragma once
// The one place that names the test framework's header: moving to Catch2 v3 changes this file alone.

#include <catch2/catch.hpp>

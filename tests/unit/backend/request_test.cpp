// ParameterRows, Shots, Distribution and validate().
#include <rapidcheck/catch.h>

#include <cmath>
#include <limits>
#include <memory>
#include <stdexcept>

#include "bornite/backend/exact_backend.hpp"
#include "catch.hpp"

namespace bornite {
namespace {

using Catch::Contains;

TEST_CASE("rows of parameters are read back as they were given") {
  rc::prop("", [](std::uint8_t rows, std::uint8_t columns, const std::vector<double>& seed) {
    const std::size_t size = std::size_t{rows} * columns;
    std::vector<double> values(size);
    for (std::size_t i = 0; i < size; ++i)
      values[i] = static_cast<double>(i) + (seed.empty() ? 0 : seed[i % seed.size()]);
    const ParameterRows matrix(rows, columns, values);
    RC_ASSERT(matrix.rows() == rows);
    RC_ASSERT(matrix.columns() == columns);
    for (std::size_t r = 0; r < rows; ++r) {
      RC_ASSERT(matrix[r].size() == columns);
      for (std::size_t c = 0; c < columns; ++c) RC_ASSERT(matrix[r][c] == values[r * columns + c]);
    }
  });
}

TEST_CASE("rows whose sizes disagree throw, also where the product overflows") {
  CHECK_THROWS_AS(ParameterRows(2, 3, {1, 2, 3, 4, 5}), std::invalid_argument);
  CHECK_THROWS_AS(ParameterRows(0, 3, {1}), std::invalid_argument);
  CHECK_THROWS_AS(ParameterRows(std::size_t{1} << 63, 2, {}), std::invalid_argument);
  CHECK_NOTHROW(ParameterRows(5, 0, {}));
}

TEST_CASE("shots are one number for every row, or one number per row") {
  CHECK(Shots(7).of_row(3) == 7);
  CHECK(Shots({1, 2, 3}).of_row(2) == 3);
  CHECK_THROWS_AS(Shots({1, 2}).of_row(2), std::out_of_range);
}

TEST_CASE("a distribution has a probability for every outcome") {
  CHECK(Distribution(2, {0.1, 0.2, 0.3, 0.4}).probabilities()[3] == 0.4);
  CHECK_THROWS_AS(Distribution(2, {0.5, 0.5}), std::invalid_argument);
  CHECK_THROWS_AS(Distribution(64, {}), std::invalid_argument);

  const std::shared_ptr<double[]> numbers(new double[2]{0.25, 0.75});
  const Distribution shared = Distribution::shared(1, numbers);
  CHECK(shared.probabilities().data() == numbers.get());
  CHECK(shared.probabilities().size() == 2);
}

/// A good request on limits that it fits exactly: 2 qubits, 2 parameters, 3 rows, 10 shots.
struct Example {
  Capabilities limits{.name = "toy", .device = "", .description = "", .max_qubits = 2, .max_rows = 3, .max_shots = 10};
  Circuit circuit = Circuit(2).ry(0, Angle::of(0)).ry(1, Angle::of(1));
  ParameterRows rows{3, 2, {1, 2, 3, 4, 5, 6}};
  Shots shots{10};

  [[nodiscard]] Result<void> check() const { return validate({circuit, rows, shots, StreamKey{}}, limits); }
  [[nodiscard]] std::string message() const {
    const Result<void> result = check();
    REQUIRE(result.has_error());
    CHECK(result.error().kind == ErrorKind::unsupported);
    CHECK_FALSE(result.error().hint.empty());
    return result.error().message;
  }
};

TEST_CASE("a request that just fits is accepted") {
  Example example;
  CHECK(example.check().has_value());
  example.shots = Shots({1, 10, 3});
  CHECK(example.check().has_value());
}

TEST_CASE("a circuit without parameters takes rows of no columns") {
  Example example;
  example.circuit = Circuit(2).h(0);
  example.rows = ParameterRows(3, 0, {});
  CHECK(example.check().has_value());
}

TEST_CASE("every rule that a request breaks is named with its values") {
  Example example;
  SECTION("qubits") {
    example.limits.max_qubits = 1;
    CHECK(example.message() == "Backend toy cannot run this request: the circuit has 2 qubits, the limit is 1.");
  }
  SECTION("connected qubits") {
    example.circuit.cx(0, 1);
    example.limits.max_connected_qubits = 1;
    const std::string limit = "gates connect 2 of the circuit's 2 qubits, the limit is 1.";
    CHECK(example.message() == "Backend toy cannot run this request: " + limit);
    example.limits.bytes_per_amplitude = std::uint64_t{1} << 30;
    CHECK(example.message() == "Backend toy cannot run this request: " + limit + " A state of 2 qubits takes 4 GiB.");
  }
  SECTION("columns") {
    example.rows = ParameterRows(3, 1, {1, 2, 3});
    CHECK_THAT(example.message(), Contains("the circuit has 2 parameters, the rows have 1"));
  }
  SECTION("no rows") {
    example.rows = ParameterRows(0, 2, {});
    CHECK_THAT(example.message(), Contains("no rows"));
  }
  SECTION("rows") {
    example.limits.max_rows = 2;
    CHECK_THAT(example.message(), Contains("3 rows, the limit of one job is 2"));
  }
  SECTION("lengths of shots") {
    example.shots = Shots({1, 2});
    CHECK_THAT(example.message(), Contains("3 rows but 2 numbers of shots"));
    example.shots = Shots(std::vector<std::uint64_t>{});
    CHECK_THAT(example.message(), Contains("3 rows but 0 numbers of shots"));
  }
  SECTION("no shots") {
    example.shots = Shots({1, 0, 1});
    CHECK_THAT(example.message(), Contains("row 1 asks for no shots"));
  }
  SECTION("shots") {
    example.shots = Shots({1, 1, 11});
    CHECK_THAT(example.message(), Contains("row 2 asks for 11 shots, the limit is 10"));
  }
  SECTION("parameters that are not finite") {
    example.rows = ParameterRows(3, 2, {1, 2, 3, std::nan(""), 5, 6});
    CHECK_THAT(example.message(), Contains("parameter 1 of row 1 is nan"));
    example.rows = ParameterRows(3, 2, {1, 2, 3, 4, -std::numeric_limits<double>::infinity(), 6});
    CHECK_THAT(example.message(), Contains("parameter 0 of row 2 is -inf"));
  }
}

}  // namespace
}  // namespace bornite

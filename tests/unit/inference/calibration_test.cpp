#include "bornite/inference/calibration.hpp"

#include "catch.hpp"
#include "support.hpp"

using namespace bornite;

TEST_CASE("predictions of two classes are judged as computed by hand") {
  const std::vector<double> p = {0.9, 0.59, 0.21, 0.55}, targets = {1, 0, 0, 1};
  const Calibration judged = calibration(p, 1, targets).value();
  REQUIRE(judged.accuracy == 0.75);
  REQUIRE(judged.negative_log_likelihood ==
          Approx(-(std::log(0.9) + std::log(0.41) + std::log(0.79) + std::log(0.55)) / 4).epsilon(1e-14));
  REQUIRE(judged.brier == Approx((0.01 + 0.3481 + 0.0441 + 0.2025) / 4).epsilon(1e-14));
  // Bins of confidence: 0.9 | 0.59 and 0.55 share (8/15, 9/15] | 0.79.
  REQUIRE(judged.expected_calibration_error == Approx((0.1 + std::abs(1 - 1.14) + 0.21) / 4).epsilon(1e-14));
}

TEST_CASE("the bins of confidence are fifteenths") {
  const std::vector<double> hit_and_miss = {1, 0};
  const std::vector<double> one_bin = {0.61, 0.66};   // both in (9/15, 10/15], apart in bins of twentieths
  const std::vector<double> two_bins = {0.61, 0.68};  // on two sides of 10/15, together in bins of tenths
  REQUIRE(calibration(one_bin, 1, hit_and_miss).value().expected_calibration_error == Approx(std::abs(1 - 1.27) / 2));
  REQUIRE(calibration(two_bins, 1, hit_and_miss).value().expected_calibration_error == Approx((0.39 + 0.68) / 2));
}

TEST_CASE("predictions of three classes are judged as computed by hand") {
  const std::vector<double> p = {0.7, 0.2, 0.1, 0.3, 0.41, 0.29}, targets = {0, 2};
  const Calibration judged = calibration(p, 3, targets).value();
  REQUIRE(judged.accuracy == 0.5);
  REQUIRE(judged.negative_log_likelihood == Approx(-(std::log(0.7) + std::log(0.29)) / 2).epsilon(1e-14));
  REQUIRE(judged.brier == Approx((0.09 + 0.04 + 0.01 + 0.09 + 0.1681 + 0.5041) / 2).epsilon(1e-14));
  REQUIRE(judged.expected_calibration_error == Approx((0.3 + 0.41) / 2).epsilon(1e-14));
}

TEST_CASE("two columns of two classes agree with one, but for the Brier score, which counts both classes") {
  const std::vector<double> one = {0.9, 0.3, 0.7}, two = {0.1, 0.9, 0.7, 0.3, 0.3, 0.7}, targets = {1, 1, 0};
  const Calibration a = calibration(one, 1, targets).value(), b = calibration(two, 2, targets).value();
  REQUIRE(a.accuracy == b.accuracy);
  REQUIRE(a.negative_log_likelihood == Approx(b.negative_log_likelihood).epsilon(1e-14));
  REQUIRE(2 * a.brier == Approx(b.brier).epsilon(1e-14));
  REQUIRE(a.expected_calibration_error == Approx(b.expected_calibration_error).epsilon(1e-14));
}

TEST_CASE("certain predictions are right for nothing and wrong at a finite price") {
  const std::vector<double> p = {1, 0}, right = {1, 0}, wrong = {0, 1};
  const Calibration good = calibration(p, 1, right).value(), bad = calibration(p, 1, wrong).value();
  REQUIRE(good.accuracy == 1);
  REQUIRE(good.negative_log_likelihood == 0);
  REQUIRE(good.brier == 0);
  REQUIRE(good.expected_calibration_error == 0);
  REQUIRE(bad.accuracy == 0);
  REQUIRE(bad.negative_log_likelihood == Approx(-std::log(1e-15)));
  REQUIRE(bad.brier == 1);
  REQUIRE(bad.expected_calibration_error == 1);
}

TEST_CASE("a tie predicts the first class, and so does one half up to rounding") {
  const std::vector<double> half = {0.5}, tie = {0.4, 0.4, 0.2}, zero = {0}, one = {1};
  const std::vector<double> almost = {0.5 + 1e-12}, above = {0.5 + 1e-9};
  REQUIRE(calibration(half, 1, zero).value().accuracy == 1);
  REQUIRE(calibration(almost, 1, zero).value().accuracy == 1);
  REQUIRE(calibration(above, 1, one).value().accuracy == 1);
  REQUIRE(calibration(tie, 3, zero).value().accuracy == 1);
}

TEST_CASE("probabilities that match their frequencies have no calibration error") {
  std::vector<double> p(1000, 0.8), targets(1000, 1.0);
  for (std::size_t i = 0; i < 200; ++i) targets[5 * i] = 0;
  REQUIRE(calibration(p, 1, targets).value().expected_calibration_error < 1e-12);
}

TEST_CASE("predictions that make no sense are refused with the row") {
  const std::vector<double> none, y = {0, 1}, fraction = {0, 0.5}, third = {0, 2}, negative = {0, -1};
  const std::vector<double> p = {0.1, 0.9}, above = {0.1, 1.1}, missing = {0.1, std::nan("")},
                            sum = {0.5, 0.5, 0.5, 0.6};
  const auto message = [](const auto& probabilities, std::size_t outputs, const auto& targets) {
    return calibration(probabilities, outputs, targets).error().message;
  };
  REQUIRE_THAT(message(none, 1, none), Catch::Contains("without rows"));
  REQUIRE_THAT(message(p, 2, y), Catch::Contains("2 predicted probabilities do not make 2 rows of 2"));
  REQUIRE_THAT(message(p, 0, y), Catch::Contains("rows of 0"));
  REQUIRE_THAT(message(above, 1, y), Catch::Contains("row 1 is 1.1"));
  REQUIRE_THAT(message(missing, 1, y), Catch::Contains("row 1 is nan"));
  REQUIRE_THAT(message(sum, 2, y), Catch::Contains("row 1 sum to 1.1"));
  REQUIRE_THAT(message(p, 1, fraction), Catch::Contains("target of row 1 is 0.5"));
  REQUIRE_THAT(message(p, 1, third), Catch::Contains("target of row 1 is 2"));
  REQUIRE_THAT(message(p, 1, negative), Catch::Contains("target of row 1 is -1"));
}

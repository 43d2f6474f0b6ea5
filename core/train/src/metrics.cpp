#include <cmath>
#include <nlohmann/json.hpp>

#include "bornite/train/run_directory.hpp"

namespace bornite {

std::string metrics_line(std::size_t restart, std::size_t step, const RecordedEvaluation& evaluation) {
  const ObjectiveTerms& terms = evaluation.estimate.terms;
  nlohmann::ordered_json line{{"restart", restart},
                              {"stage", evaluation.stage},
                              {"step", step},
                              {"objective", terms.value},
                              {"expected_cost", terms.expected_cost}};
  if (terms.kl) line["kl"] = *terms.kl;
  if (terms.mmd2) line["mmd2"] = *terms.mmd2;
  if (terms.standard_errors) {
    line["objective_standard_error"] = terms.standard_errors->value;
    line["expected_cost_standard_error"] = terms.standard_errors->expected_cost;
    if (terms.standard_errors->mmd2) line["mmd2_standard_error"] = *terms.standard_errors->mmd2;
  }
  if (!evaluation.gradient.empty()) {
    double squares = 0;
    for (const double component : evaluation.gradient) squares += component * component;
    line["grad_norm"] = std::sqrt(squares);
    if (evaluation.estimate.gradient_norm_error)
      line["grad_norm_standard_error"] = *evaluation.estimate.gradient_norm_error;
  }
  line["seconds"] = evaluation.seconds;
  line["jobs"] = evaluation.estimate.jobs;
  line["shots"] = evaluation.estimate.shots;
  return line.dump();
}

}  // namespace bornite

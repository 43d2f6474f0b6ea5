#include "bornite/network/network_spec.hpp"

#include <fmt/format.h>

namespace bornite {
namespace {

template <typename Choices>
auto parse_choice(std::string_view what, std::string_view name, const Choices& choices)
    -> Result<typename Choices::value_type> {
  std::string known;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (to_string(choices[i]) == name) return choices[i];
    known += fmt::format("{}{}", i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ", to_string(choices[i]));
  }
  return Error{ErrorKind::configuration, fmt::format("There is no {} named \"{}\".", what, name),
               fmt::format("Choose {}.", known)};
}

}  // namespace

std::string_view to_string(Activation activation) {
  switch (activation) {
    case Activation::sign: return "sign";
    case Activation::step: return "step";
    case Activation::relu: return "relu";
    case Activation::sigmoid: return "sigmoid";
    case Activation::tanh: return "tanh";
  }
  return "?";
}

std::string_view to_string(OutputKind output) {
  switch (output) {
    case OutputKind::binary: return "binary";
    case OutputKind::softmax: return "softmax";
    case OutputKind::regression: return "regression";
  }
  return "?";
}

std::string_view to_string(Loss loss) {
  switch (loss) {
    case Loss::cross_entropy: return "cross_entropy";
    case Loss::squared_error: return "squared_error";
    case Loss::zero_one: return "zero_one";
  }
  return "?";
}

Result<Activation> parse_activation(std::string_view name) {
  return parse_choice("activation", name, activation_kinds);
}
Result<OutputKind> parse_output_kind(std::string_view name) { return parse_choice("output kind", name, output_kinds); }
Result<Loss> parse_loss(std::string_view name) { return parse_choice("loss", name, loss_kinds); }

}  // namespace bornite

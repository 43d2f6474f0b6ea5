#include "bornite/compile/compile.hpp"

#include "bornite/compile/emit.hpp"
#include "bornite/compile/route.hpp"

namespace bornite {
namespace {

Result<Routed> place_or_route(const ZzCircuit& circuit, const Target& target, const CompileOptions& options) {
  BORNITE_TRY(const Layout layout, find_layout(circuit, target, options.layout));
  if (layout.exact) return Routed{place(circuit, layout, target), layout.qubits, layout.qubits, 0};
  BORNITE_TRY(Routed routed, route(circuit, target, options.layout));
  routed.circuit = simplify(routed.circuit, options.simplifications);  // swaps merge with what stands beside them
  return routed;
}

}  // namespace

Result<Compiled> compile(const Circuit& circuit, const Target& target, const CompileOptions& options) {
  const ZzCircuit logical = simplify(to_zz_circuit(circuit), options.simplifications);
  BORNITE_TRY(Routed routed, place_or_route(logical, target, options));
  BORNITE_TRY(NativeCircuit native, emit(routed.circuit, target, options.simplifications.measured_at_the_end));
  native.measured = routed.final_layout;
  BORNITE_CHECK(check(native, target));
  CompileReport report{figures_of(circuit), figures_of(native), routed.swaps, success_probability(native, target),
                       duration(native, target)};
  return Compiled{std::move(native), std::move(routed.initial_layout), std::move(routed.final_layout),
                  options.simplifications, std::move(report)};
}

}  // namespace bornite

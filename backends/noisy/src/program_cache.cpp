#include "program_cache.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "device_program.hpp"

namespace bornite::noisy {
namespace {

constexpr std::size_t most_entries = 16;

}  // namespace

Result<std::shared_ptr<const ShotPlan>> ProgramCache::get(const Circuit& circuit) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(entries_, circuit, &Entry::circuit);
  if (found != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, found);
    return entries_.front().plan;
  }
  BORNITE_TRY(NoiseProgram program, make(circuit));
  entries_.push_front({circuit, std::make_shared<const ShotPlan>(std::move(program))});
  if (entries_.size() > most_entries) entries_.pop_back();
  return entries_.front().plan;
}

Result<NoiseProgram> ProgramCache::make(const Circuit& circuit) const {
  if (!options_.target) return without_last_phases(depolarising_program(circuit, options_));
  BORNITE_TRY(const Compiled compiled, compile(circuit, *options_.target));
  const std::size_t used = used_qubits(compiled.circuit).size();
  if (used > most_qubits_)
    return Error{ErrorKind::unsupported,
                 fmt::format("The circuit of {} qubits takes {} of {}; the backend noisy can do {}.", circuit.qubits(),
                             used, options_.target->name, most_qubits_),
                 "Use fewer qubits, or a circuit that needs no swaps there."};
  return without_last_phases(device_program(compiled.circuit, *options_.target, options_.f));
}

}  // namespace bornite::noisy

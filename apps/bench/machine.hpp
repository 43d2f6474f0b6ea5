#pragma once
// Which machine and build the numbers belong to.

#include <cstddef>
#include <string>

namespace bornite::bench {

struct Machine {
  std::string cpu;              ///< as the system names it
  std::string instruction_set;  ///< the widest vectors it offers
  std::size_t cores = 1;        ///< that the system offers to this process
  std::string compiler;
  std::string version;  ///< of Bornite
};

[[nodiscard]] Machine describe_machine();

}  // namespace bornite::bench

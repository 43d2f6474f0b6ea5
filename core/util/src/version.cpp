#include "bornite/util/version.hpp"

namespace bornite {

std::string_view version() { return BORNITE_VERSION; }

}  // namespace bornite

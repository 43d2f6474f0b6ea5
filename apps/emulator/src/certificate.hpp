#pragma once
// A certificate authority for one machine, made anew.

#include "bornite/util/error.hpp"

#include <string>

namespace bornite::emulator {

/// All in PEM.
struct Certificates {
  std::string authority;    ///< certificate of the authority
  std::string certificate;  ///< for localhost, 127.0.0.1 and ::1, good for a day before and a year after now
  std::string key;          ///< of that certificate
};

[[nodiscard]] Result<Certificates> make_certificates();

}  // namespace bornite::emulator

#include "bornite/util/error.hpp"

#include <ostream>
#include <utility>

namespace bornite {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return "usage";
    case ErrorKind::configuration: return "configuration";
    case ErrorKind::input: return "input";
    case ErrorKind::io: return "io";
    case ErrorKind::unsupported: return "unsupported";
    case ErrorKind::resource: return "resource";
    case ErrorKind::numeric: return "numeric";
    case ErrorKind::job: return "job";
    case ErrorKind::plugin: return "plugin";
    case ErrorKind::network: return "network";
    case ErrorKind::authentication: return "authentication";
    case ErrorKind::budget: return "budget";
    case ErrorKind::cancelled: return "cancelled";
  }
  return "unknown";
}

std::string describe(const Error& error) {
  return error.hint.empty() ? error.message : error.message + ' ' + error.hint;
}

std::ostream& operator<<(std::ostream& stream, const Error& error) { return stream << describe(error); }

ErrorException::ErrorException(Error error) : std::runtime_error(describe(error)), error_(std::move(error)) {}

void throw_exception_from_error(const Error& error, const boost::source_location&) { throw ErrorException(error); }

}  // namespace bornite

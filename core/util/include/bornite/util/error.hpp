#pragma once
// Errors from outside the program (files, configuration, users, plugins, networks) as values.

#include <boost/system/result.hpp>

#include <iosfwd>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bornite {

enum class ErrorKind {
  usage,          ///< a wrong command line
  configuration,  ///< a wrong key or value in a configuration
  input,          ///< a data, angle or cost file with wrong contents
  io,             ///< a file or folder that cannot be read or written
  unsupported,    ///< a request that this backend or problem cannot fulfil
  resource,       ///< more memory or disk than there is
  numeric,        ///< a computation that left the finite numbers
  job,            ///< a job that a backend could not finish
  plugin,         ///< a plugin that cannot be loaded or misbehaves
  network,
  authentication,
  budget,
  cancelled,
};

/// One failure, told in whole sentences.
struct Error {
  ErrorKind kind;
  std::string message;     ///< what is wrong, which value, where it came from
  std::string hint{};      ///< what to do about it; may be empty
  bool retryable = false;  ///< whether the same call may succeed later
  /// Whether what was asked for may have been done all the same, because the answer was lost. What costs money must
  /// then be looked for, not asked for again.
  bool outcome_unknown = false;

  friend bool operator==(const Error&, const Error&) = default;
};

/// Either a value or an Error.
template <typename T>
using Result = boost::system::result<T, Error>;

[[nodiscard]] std::string_view to_string(ErrorKind kind);

/// Message and hint in one line of text.
[[nodiscard]] std::string describe(const Error& error);
/// Writes what describe() says.
std::ostream& operator<<(std::ostream& stream, const Error& error);

/// What Result<T>::value() throws when there is no value.
class ErrorException : public std::runtime_error {
 public:
  explicit ErrorException(Error error);
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_;
};

[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

}  // namespace bornite

#define BORNITE_CONCATENATE_(a, b) a##b
#define BORNITE_CONCATENATE(a, b) BORNITE_CONCATENATE_(a, b)

/// `BORNITE_TRY(auto x, f());` declares x from f()'s value, or returns f()'s error from this function.
#define BORNITE_TRY(declaration, ...) \
  BORNITE_TRY_(BORNITE_CONCATENATE(bornite_result_, __LINE__), declaration, __VA_ARGS__)
#define BORNITE_TRY_(result, declaration, ...)   \
  auto result = (__VA_ARGS__);                   \
  if (!result) return std::move(result).error(); \
  declaration = *std::move(result)

/// `BORNITE_CHECK(f());` returns f()'s error from this function if there is one.
#define BORNITE_CHECK(...)                                         \
  do {                                                             \
    auto bornite_result = (__VA_ARGS__);                           \
    if (!bornite_result) return std::move(bornite_result).error(); \
  } while (false)

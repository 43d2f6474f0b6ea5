#pragma once
// What clients ask IBM to run: jobs of the program "sampler".

#include "runner.hpp"

#include <map>
#include <string>
#include <vector>

namespace bornite::emulator {

/// A refusal or a failure, with IBM's number for it.
struct IbmComplaint {
  int code;
  std::string message;
};
template <typename T>
using IbmRead = boost::system::result<T, IbmComplaint>;

/// A program and the rows of parameters that it is run with.
struct IbmPub {
  std::string text;
  std::vector<std::vector<double>>
      rows{};                             ///< values in the order of the sorted names; one empty row without parameters
  bool broadcast = false;                 ///< whether results have an axis for the rows
  std::map<std::string, double> named{};  ///< instead of rows, where the client gave names
  std::uint64_t shots = 0;
};

/// A pub that was checked against the processor and can be run. Rows hold the inputs in the order of their declaration.
struct IbmWork {
  QasmProgram program;
  std::vector<std::vector<double>> rows;
};

/// Checks the body of POST /jobs: everything that is refused at once.
[[nodiscard]] IbmRead<void> check_ibm_request(const Json& body);
/// The pubs of a body that passed.
[[nodiscard]] std::vector<IbmPub> read_ibm_pubs(const Json& body);
/// What the real service finds only when the job runs: programs that do not parse, foreign gates, wrong parameters.
[[nodiscard]] IbmRead<IbmWork> prepare_ibm_pub(const IbmPub& pub);

/// The registers of a sampled pub as "data" of its result.
[[nodiscard]] Result<Json> ibm_pub_result(const IbmPub& pub, std::uint64_t seed, Distortion distortion);

}  // namespace bornite::emulator

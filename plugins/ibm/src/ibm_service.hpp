#pragma once
// Where IBM's service is and what all its requests carry.

#include "bornite/rest/http.hpp"
#include "bornite/util/error.hpp"

#include <string>
#include <string_view>

namespace bornite {

struct IbmService {
  std::string endpoint;  ///< "https://quantum.cloud.ibm.com/api/v1"
  std::string instance;  ///< the CRN of the user's instance

  /// A request with the instance and the version of the API.
  [[nodiscard]] HttpRequest request(std::string method, std::string_view path, std::string body = "") const;
};

/// The endpoint of the region that a CRN names: crn:v1:bluemix:public:quantum-computing:REGION:... Refuses what is no
/// CRN.
[[nodiscard]] Result<std::string> ibm_endpoint(std::string_view instance);

}  // namespace bornite

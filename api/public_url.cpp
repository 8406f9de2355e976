#include "api/public_url.hpp"

namespace gatehouse::api {

std::string public_url(const Services& services, const http::Request& request) {
  if (!services.public_url.empty())
    return services.public_url;
  const auto host = request.headers.find("Host");
  return (request.secure ? "https://" : "http://") + std::string(host.value_or("localhost"));
}

}  // namespace gatehouse::api

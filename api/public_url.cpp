#include "api/public_url.hpp"

namespace gatehouse::api {

std::string public_url(const Services& services, const http::Request& request) {
  if (!services.public_url.empty())
    return services.public_url;
  const auto host = request.headers.find("Host");
  return (request.secure ? "https://" : "http://") + std::string(host.value_or("localhost"));
}

std::string path_of_url(std::string_view url) {
  constexpr std::string_view scheme_end = "://";
  const auto scheme = url.find(scheme_end);
  const auto path = scheme == std::string_view::npos ? scheme : url.find('/', scheme + scheme_end.size());
  return path == std::string_view::npos ? std::string() : std::string(url.substr(path));
}

}  // namespace gatehouse::api

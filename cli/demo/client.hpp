// The demonstration's HTTP client: of one server, one request at a time. Throws std::runtime_error when the server cannot be reached or does not
// answer in JSON.
#pragma once
#include <boost/json/value.hpp>
#include <string>

namespace gatehouse::demo {

struct Answer {
  unsigned status{};
  boost::json::value body;  // null when there is none
};

class Client {
 public:
  // http://host:port or https://host:port
  explicit Client(std::string url);

  Answer get(const std::string& token, const std::string& target);
  Answer post(const std::string& token, const std::string& target, const boost::json::value& body);

 private:
  Answer exchange(const std::string& token, const std::string& target, std::string body);

  std::string url_;
};

}  // namespace gatehouse::demo

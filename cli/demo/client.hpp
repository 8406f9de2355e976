// The demonstration's HTTP client: one keep-alive connection to one server, one request at a time. Throws std::runtime_error when the
// server cannot be reached or does not speak HTTP.
#pragma once
#include <boost/json/value.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::demo {

struct Answer {
  unsigned status{};
  boost::json::value body;  // null when there is none
  std::string etag;
};

class Client {
 public:
  // http://host:port, without a path.
  explicit Client(std::string_view url);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Answer get(const std::string& token, const std::string& target);
  Answer post(const std::string& token, const std::string& target, const boost::json::value& body);

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace gatehouse::demo

// What the tools ask a running server as its operator, with a token by the key in its data folder.
#pragma once
#include <boost/json/object.hpp>
#include <string>

namespace gatehouse::cli {

class OperationsClient {
 public:
  // Throws std::runtime_error, here as below, with what the server answered.
  OperationsClient(const std::string& data, std::string url);

  // Paths below /v1/ops.
  [[nodiscard]] boost::json::object get(const std::string& path) const;
  boost::json::object post(const std::string& path) const;

 private:
  [[nodiscard]] boost::json::object call(const std::string& path, const std::string& body) const;

  std::string url_;
  std::string token_;
};

}  // namespace gatehouse::cli

// What the tools ask a running server as its operator, with a token by the key in its data folder.
#pragma once
#include <boost/json/object.hpp>
#include <string>

namespace gatehouse::cli {

class OperationsClient {
 public:
  // Throws std::runtime_error, here as below, with what the server answered.
  OperationsClient(const std::string& data, std::string url);

  [[nodiscard]] boost::json::object backups() const;
  void begin_backup() const;

 private:
  [[nodiscard]] boost::json::object call(const std::string& path, const std::string& body, long expected) const;

  std::string url_;
  std::string token_;
};

}  // namespace gatehouse::cli

// Names for requests that no other request has, on this thread, another or after a restart: a random prefix and a count.
#pragma once
#include <cstdint>
#include <string>

namespace gatehouse::http {

class RequestIds {
 public:
  RequestIds();
  std::string next();

 private:
  std::string prefix_;
  std::uint64_t count_ = 0;
};

}  // namespace gatehouse::http

// The time as an HTTP date (RFC 9110 section 5.6.7), formatted once a second however often it is asked for.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace gatehouse::http {

class DateText {
 public:
  // Valid until the next call.
  std::string_view at(std::chrono::system_clock::time_point now);

 private:
  std::chrono::sys_seconds second_{std::chrono::seconds{-1}};
  std::string text_;
};

}  // namespace gatehouse::http

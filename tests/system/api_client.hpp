// A caller of the API: one keep-alive connection, a bearer token for each request. Nothing throws: a connection that ends before
// the whole answer came gives status 0, and the next request opens a new one.
#pragma once
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/http/raw_client.hpp"

namespace gatehouse::system_test {

using http::Answer;

class ApiClient {
 public:
  explicit ApiClient(std::uint16_t port) : port_(port) {}

  Answer get(std::string_view token, std::string_view target);
  // With an Idempotency-Key unless `key` is empty.
  Answer post(std::string_view token, std::string_view target, std::string_view body, std::string_view key = "");
  Answer put(std::string_view token, std::string_view target, std::string_view body);

 private:
  Answer send(std::string request, std::string_view body);
  Answer exchange(const std::string& request);

  std::uint16_t port_;
  std::optional<http::RawClient> connection_;
};

// The answer's JSON; null where there is none.
[[nodiscard]] boost::json::value json_of(const Answer& answer);

}  // namespace gatehouse::system_test

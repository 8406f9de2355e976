// What a client asks the token endpoint for, read from its form and its Authorization header, and the refusals of RFC 6749 section 5.2.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "http/message.hpp"

namespace gatehouse::api::oauth {

// `number` is what the vendor prints beside the RFC's word.
struct Refusal {
  std::string_view error;
  std::uint64_t number{};
  std::string_view description;
  bool challenge = false;  // the client tried HTTP authentication
};
[[nodiscard]] http::Response to_response(const Refusal& refusal);

struct TokenRequest {
  enum class Grant : std::uint8_t { client_credentials, account_credentials };

  Grant grant{};
  std::string client_id;
  std::string client_secret;
  bool by_header{};
  std::optional<std::string> account_id;
  std::vector<std::string> scopes;  // asked for; none: all that the app has
};
[[nodiscard]] tl::expected<TokenRequest, Refusal> read_token_request(const http::Request& request);

}  // namespace gatehouse::api::oauth

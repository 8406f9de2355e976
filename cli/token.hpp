// `gatehouse token`: mints an access token with the server's own key. Works while the server runs.
#pragma once
#include <optional>
#include <string>

namespace gatehouse::cli {

struct TokenRequest {
  std::string data = "./data";
  std::string user;
  std::optional<std::string> account;
  std::string scope;     // names divided by spaces
  std::string ttl = "1h";  // a number with s, m, h or d
};

// Throws std::runtime_error with what is wrong.
[[nodiscard]] std::string mint_token(const TokenRequest& request);
// Prints the token alone on the last line. The process's exit code.
int run_token(const TokenRequest& request);

}  // namespace gatehouse::cli

// The scene of the tests against a running server: two published apps, and the account "acme" with its owner, an admin, a viewer and
// eight users.
#pragma once
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "tests/system/api_client.hpp"
#include "tests/system/server_process.hpp"

namespace gatehouse::system_test {

inline constexpr std::string_view account_commands = "/v1/accounts/acme/commands";
inline constexpr std::string_view platform_commands = "/v1/platform/commands";
inline constexpr std::array<std::string_view, 2> apps{"notes", "calendar"};
inline constexpr std::array<std::string_view, 8> users{"u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7"};

// Tokens of everybody in the scene, by user id; of the services "platform", "directory", "auditor" and "ops" by their scope.
using Tokens = std::map<std::string, std::string, std::less<>>;

// A sample manifest as JSON.
[[nodiscard]] std::string sample_manifest(std::string_view name);

// Throws std::runtime_error with the first answer that is not 200.
[[nodiscard]] Tokens open_marketplace(const ServerProcess& server);

}  // namespace gatehouse::system_test

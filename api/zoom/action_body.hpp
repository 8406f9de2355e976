// The bodies of the vendor's governance operations: an action and lists of ids. Members that we do not know are left alone, as the
// vendor does.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "api/problem.hpp"
#include "events/ids.hpp"

namespace gatehouse::api::zoom {

// Z3 takes 20 users and 20 groups; the other lists take what a native command takes.
inline constexpr std::size_t pre_approval_ids_max = 20;

struct ActionBody {
  std::string action;
  std::vector<UserId> user_ids;
  std::vector<GroupId> group_ids;
};

struct ActionForm {
  std::span<const std::string_view> actions;  // one of these
  std::string_view users = "user_ids";        // the member that lists users
  std::size_t ids_max{};
};

[[nodiscard]] tl::expected<ActionBody, Problem> read_action(std::string_view body, const ActionForm& form);

}  // namespace gatehouse::api::zoom

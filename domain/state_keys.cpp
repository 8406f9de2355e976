#include "domain/state_keys.hpp"

namespace gatehouse::state_keys {

std::string entry_of_user(const UserId& user) { return "u:" + user.value; }
std::string entry_of_group(const GroupId& group) { return "g:" + group.value; }
std::string entry_of_email(std::string_view found_by) { return "e:" + std::string(found_by); }

}  // namespace gatehouse::state_keys

// Rules between the members of one command that need no state: which of them exclude or need each other.
#pragma once
#include "api/json/field_errors.hpp"
#include "domain/commands.hpp"

namespace gatehouse::api {

void check_members(const Command& command, const Place& place, FieldErrors& errors);

}  // namespace gatehouse::api

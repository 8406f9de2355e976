// A command as the contract has it in JSON, for people: its type and what it was given, without a confirmation.
#pragma once
#include <string>

#include "domain/commands.hpp"

namespace gatehouse::api {

// Commands whose members do not all stand in their events (the catalogue's) have their type alone.
void append_command(std::string& out, const Command& command);

}  // namespace gatehouse::api

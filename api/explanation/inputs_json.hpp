// The rows of the state that a decision looked at, for people: what each is, its value, and which events had set which of its members.
#pragma once
#include <span>
#include <string>

#include "events/personal_reader.hpp"
#include "replay/decision_inputs.hpp"
#include "store/event_log.hpp"

namespace gatehouse::api {

// A list. Rows that are neither the account's nor the catalogue's scopes and the apps that the account could see are left out, and so are what clients' secrets
// are known by and who makes somebody else's app.
void append_inputs(std::string& out, const EventLog& log, const AccountId& account, const PersonalReader* reader,
                   std::span<const DecisionInput> inputs);

}  // namespace gatehouse::api

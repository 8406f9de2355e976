// Gatehouse's own answers: subjects are users of the token's account, resources apps (their properties: account_id, credentials) and the
// account itself. What a user may do is what the command would answer; what stands in the way is told in full, for the user and for the admin.
#pragma once
#include "api/authzen/policy.hpp"

namespace gatehouse::api::authzen {

[[nodiscard]] const Policy& marketplace_policy();

}  // namespace gatehouse::api::authzen

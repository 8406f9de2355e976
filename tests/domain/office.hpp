// An account as most tests of governance need it: an admin, four members of whom bob and cid are in the group "sales", and apps that need approval.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "domain/subscription.hpp"
#include "tests/domain/scenario.hpp"

namespace gatehouse::test {

inline const AppId notes{"notes"};  // public, user-level, somebody else's
inline const AppId tool{"tool"};    // the account's own, activated, not published
inline const AppId rooms{"rooms"};  // public, account-level
inline const Caller admin = as("admin");
inline const Caller ann = as("ann");
inline const Caller bob = as("bob");

inline std::vector<UserId> users(std::initializer_list<const char*> ids) { return {ids.begin(), ids.end()}; }

[[nodiscard]] Scenario office();

// Switches the requirement of approval off again, for tests in which everybody may install at once.
void require_approval(Scenario& scenario, bool required);

// The request's id.
RequestId given_request(Scenario& scenario, const Caller& caller, const AppId& app = notes,
                        Credentials credentials = Credentials::production);
void given_installed(Scenario& scenario, const std::vector<std::string>& user_ids, const AppId& app = notes);
void given_grant(Scenario& scenario, Audience audience, std::vector<UserId> user_ids = {}, const AppId& app = notes);
void given_disabled(Scenario& scenario, const AppId& app = notes);

[[nodiscard]] RequestStatus status_of(const Scenario& scenario, const RequestId& request);
[[nodiscard]] RequestRow request_of(const Scenario& scenario, const RequestId& request);
[[nodiscard]] std::string state_of(const Scenario& scenario, const std::string& user_id, const AppId& app = notes);
[[nodiscard]] std::vector<GateCode> unmet(const Scenario& scenario, const std::string& user_id,
                                          const AppId& app = notes, Credentials credentials = Credentials::production);
// "/user_ids/1 request_not_found", in the order of the refusal.
[[nodiscard]] std::vector<std::string> errors_of(const Rejection& rejection);
// Whether an accepted command's result tells of something the admin may not have expected.
[[nodiscard]] bool has_warnings(const Outcome& outcome);

}  // namespace gatehouse::test

// Why a command was refused: a value, with what the caller needs to act on it. The codes are the contract's machine codes; api/problem
// turns each into a status and a page.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/gate.hpp"
#include "events/envelope.hpp"
#include "events/ids.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// X(code), by status: 403, 404, 409, 412, 422, then the gate's own (a refused installation).
#define GATEHOUSE_REJECTION_CODES(X) \
  X(privilege_required) \
  X(insufficient_scope) \
  X(not_a_member) \
  X(account_not_found) \
  X(app_not_found) \
  X(user_not_found) \
  X(role_not_found) X(group_not_found) X(request_not_found) X(webhook_not_found) X(entry_not_found) X(not_installed) \
      X(account_exists) X(app_exists) X(member_exists) X(subject_present) X(subject_erased) X(texts_not_sealed) \
          X(email_in_use) X(role_in_use) X(app_withdrawn) X(request_already_pending) X(request_not_pending) \
              X(install_request_pending) X(already_installed) X(already_pre_approved) X(already_granted) \
                  X(approval_not_required) X(pre_approval_off) X(app_not_activated_or_installed) X(app_restricted) \
                      X(user_installs_blocked) X(app_not_available) X(credentials_not_available) \
                          X(subscription_disabled) X(subscription_suspended) X(client_exists) X(no_client_credentials) \
                              X(webhook_disabled) X(owner_required) X(confirmation_required) X(confirmation_stale) \
                                  X(stale_version) X(account_level_app) X(user_level_app) X(invalid_email) \
                                      X(duplicate_entry) X(too_many_recipients) X(recipient_not_eligible) \
                                          X(builtin_role) X(unknown_privilege) X(invalid_value) X(too_many_items) \
                                              X(too_many_secret_changes) X(secret_expiry_invalid) X(unknown_scope) \
                                                  X(manifest_invalid) X(developer_mismatch) X(audience_too_large) \
                                                      X(admin_may_install) X(admin_install_required) \
                                                          X(pre_approval_required) X(request_pending) \
                                                              X(not_in_allow_list) X(missing_scopes)

enum class RejectionCode : std::uint8_t {
#define GATEHOUSE_REJECTION_CODE(code) code,
  GATEHOUSE_REJECTION_CODES(GATEHOUSE_REJECTION_CODE)
#undef GATEHOUSE_REJECTION_CODE
};
[[nodiscard]] std::string_view to_text(RejectionCode code);

// One member of the command that is wrong; pointer is RFC 6901 into the command.
struct FieldError {
  std::string pointer{};
  std::string code{};
  std::string detail{};
};

// What a destructive command would hit.
struct Impact {
  std::vector<std::pair<std::string, std::uint64_t>> counts{};  // for example {"subscriptions", 120}
};

struct Rejection {
  RejectionCode code{};
  std::string detail{};
  std::string privilege{};  // privilege_required
  std::vector<FieldError> errors{};
  std::vector<Unmet> unmet{};  // a refused installation
  std::string next_action{};
  std::optional<RequestId> request_id{};  // the open request, or the one that is not pending
  std::optional<RequestStatus> status{};  // request_not_pending
  std::optional<UserId> decided_by{};
  std::optional<Timestamp> decided_at{};
  std::optional<UserId> user_id{};  // recipient_not_eligible
  std::optional<Impact> impact{};   // confirmation_required
  std::string confirmation_token{};
  Timestamp confirmation_expires_at{};
};

}  // namespace gatehouse

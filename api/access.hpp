// Who is asking, and what they may see in one account: the token says who, the directory at this moment says what. An
// account of another token, and one that does not exist, are the same to every caller: 404 with the same bytes.
#pragma once
#include <array>
#include <memory>
#include <string_view>
#include <tl/expected.hpp>

#include "api/problem.hpp"
#include "domain/decide.hpp"
#include "domain/state.hpp"
#include "http/headers.hpp"
#include "identity/verifier.hpp"

namespace gatehouse::api {

class Exchange;

// The scopes of tokens that open a door; whoever has none of them acts as a member alone.
inline constexpr std::array<std::string_view, 4> service_scopes{"platform", "directory", "auditor", "ops"};

enum class Who : std::uint8_t;

using ClaimsPointer = std::shared_ptr<const identity::Claims>;

// RFC 6750: the bearer token of the Authorization header; 401 when there is none or it is not valid.
[[nodiscard]] tl::expected<ClaimsPointer, Problem> authenticate(identity::Verifier& verifier,
                                                                const http::Headers& headers, Timestamp now);

// The right to look into one account. Only a token gives it: nothing reads or writes an account without one.
class AccountScope {
 public:
  // The token must be of the account, or of the platform without an account of its own.
  [[nodiscard]] static tl::expected<AccountScope, Problem> enter(const identity::Claims& claims,
                                                                 std::string_view account_id);
  // The platform's door: the catalogue and the opening of accounts.
  [[nodiscard]] static tl::expected<AccountScope, Problem> enter_platform(const identity::Claims& claims);

  [[nodiscard]] const AccountId& id() const { return id_; }

 private:
  explicit AccountScope(AccountId id) : id_(std::move(id)) {}
  AccountId id_;
};

struct Access {
  AccountScope account;
  Caller caller;
  bool member{};     // an active member of the account
  bool view{};       // holds MarketPlace:Read, or is an auditor who asks about a moment
  bool edit{};       // holds MarketPlace:Edit
  bool directory{};  // service scope
  bool auditor{};    // service scope

  [[nodiscard]] bool is_self(const UserId& user) const { return member && caller.user_id() == user; }
  [[nodiscard]] bool may_see(const UserId& user) const { return view || is_self(user); }
};

// Whoever may read all events may read what they came to.
void admit_to_past(Access& access);

// What the caller is in the account now. Nothing but account_not_found when the account does not exist.
[[nodiscard]] tl::expected<Access, Problem> look_up_access(const identity::Claims& claims, AccountScope account,
                                                           const State& state);
// For the platform's door, where there is no directory.
[[nodiscard]] Access platform_access(const identity::Claims& claims, AccountScope platform);

// What whoever asks a query is, at its door; a question about the past is for auditors too.
[[nodiscard]] tl::expected<Access, Problem> access_for_query(const Exchange& exchange, const State& present);

// Whether the caller may call a path of the account: 403 with what is missing otherwise.
[[nodiscard]] tl::expected<void, Problem> check_access(const Access& access, Who who);

}  // namespace gatehouse::api

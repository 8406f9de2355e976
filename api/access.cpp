#include "api/access.hpp"

#include <algorithm>
#include <array>

#include "api/as_of.hpp"
#include "api/route.hpp"
#include "domain/privileges.hpp"
#include "events/ids.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view scheme = "bearer ";

bool has_service_scope(const identity::Claims& claims) {
  return std::ranges::any_of(service_scopes, [&](std::string_view service) { return claims.has_scope(service); });
}

Problem no_such_account() { return make_problem("account_not_found", "There is no such account for this token."); }
Problem not_a_member(const Access& access) {
  return make_problem("not_a_member", access.auditor ? "You are not an active member of this account. With as_of an "
                                                       "auditor's token may ask what the history came to."
                                                     : "You are not an active member of this account.");
}

// RFC 9068 section 2.2: a client that acts for itself is its own subject. Any other subject is a user where the directory
// knows one of that name.
ActorType actor_type(const identity::Claims& claims, bool member) {
  if (claims.subject == claims.client_id)
    return ActorType::service;
  if (member || !has_service_scope(claims))
    return ActorType::user;
  return ActorType::service;
}

Caller caller_of(const identity::Claims& claims, ActorType type) {
  return {.type = type,
          .id = claims.subject,
          .platform = claims.has_scope("platform"),
          .directory = claims.has_scope("directory")};
}

char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

}  // namespace

tl::expected<ClaimsPointer, Problem> authenticate(identity::Verifier& verifier, const http::Headers& headers,
                                                  Timestamp now) {
  const auto field = headers.find("Authorization");
  const bool is_bearer =
      field && field->size() > scheme.size() && std::ranges::equal(field->substr(0, scheme.size()), scheme, {}, lower);
  if (!is_bearer)
    return tl::unexpected(make_problem("authentication_required", "The request needs a bearer token."));
  auto token = field->substr(scheme.size());
  token.remove_prefix(std::min(token.find_first_not_of(' '), token.size()));
  const identity::UnixSeconds seconds{std::chrono::seconds{now.unix_ms / 1'000}};
  const auto claims = verifier.verify(token, seconds);
  if (claims)
    return *claims;
  return tl::unexpected(
      make_problem("invalid_token", "The token was refused: " + std::string(claims.error().detail) + "."));
}

tl::expected<AccountScope, Problem> AccountScope::enter(const identity::Claims& claims, std::string_view account_id) {
  const bool may_enter = claims.account_id ? *claims.account_id == account_id : claims.has_scope("platform");
  if (!may_enter || !is_valid_id(account_id) || is_platform_stream(AccountId(account_id))) {
    return tl::unexpected(no_such_account());
  }
  return AccountScope(AccountId(account_id));
}

tl::expected<AccountScope, Problem> AccountScope::enter_platform(const identity::Claims& claims) {
  if (!claims.has_scope("platform"))
    return tl::unexpected(insufficient_scope("platform"));
  return AccountScope(catalogue_stream);
}

tl::expected<Access, Problem> look_up_access(const identity::Claims& claims, AccountScope account, const State& state) {
  if (!state.account())
    return tl::unexpected(no_such_account());
  const UserId user(claims.subject);
  const auto entry = claims.subject == claims.client_id ? std::nullopt : state.active_member(user);
  const bool member = entry.has_value();
  return Access{.account = std::move(account),
                .caller = caller_of(claims, actor_type(claims, member)),
                .member = member,
                .view = member && role_grants(state, entry->role_id, marketplace_view),
                .edit = member && role_grants(state, entry->role_id, marketplace_edit),
                .directory = claims.has_scope("directory"),
                .auditor = claims.has_scope("auditor")};
}

void admit_to_past(Access& access) { access.view = access.view || access.auditor; }

Access platform_access(const identity::Claims& claims, AccountScope platform) {
  return {.account = std::move(platform), .caller = caller_of(claims, ActorType::service)};
}

tl::expected<void, Problem> check_access(const Access& access, Who who) {
  const auto needs_view = [&]() -> tl::expected<void, Problem> {
    if (access.view)
      return {};
    return tl::unexpected(access.member ? privilege_required(marketplace_view) : not_a_member(access));
  };
  switch (who) {
  case Who::member:
  case Who::self_or_view:
    if (access.member || access.view)
      return {};
    return tl::unexpected(not_a_member(access));
  case Who::decisions:
    if (access.member || access.auditor)
      return {};
    return tl::unexpected(not_a_member(access));
  case Who::view:
    return needs_view();
  case Who::edit:
    if (access.edit)
      return {};
    return tl::unexpected(access.member ? privilege_required(marketplace_edit) : not_a_member(access));
  case Who::directory_or_view:
    return access.directory ? tl::expected<void, Problem>() : needs_view();
  case Who::auditor_or_view:
    return access.auditor ? tl::expected<void, Problem>() : needs_view();
  case Who::command:
  case Who::platform:  // its token was looked at
    return {};
  case Who::open:
  case Who::ops_or_loopback:
  case Who::ops:
    break;
  }
  return tl::unexpected(make_problem("internal_error", "The path is not one of an account."));
}

tl::expected<Access, Problem> access_for_query(const Exchange& exchange, const State& present) {
  const auto& entry = exchange.entry();
  if (entry.route->who == Who::platform)
    return platform_access(*entry.claims, *entry.account);
  auto access = look_up_access(*entry.claims, *entry.account, present);
  if (access && asks_about_past(exchange))
    admit_to_past(*access);
  return access;
}

}  // namespace gatehouse::api

// Members: add, change, deactivate, remove. E-mail addresses are unique among the members who were not removed.
#include "domain/email.hpp"
#include "domain/limits.hpp"
#include "domain/member_departure.hpp"
#include "domain/privileges.hpp"
#include "domain/refusals.hpp"
#include "domain/role_giving.hpp"
#include "domain/rules.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

tl::unexpected<Rejection> refuse_email(RejectionCode code, std::string detail) {
  auto refusal = refuse(code, std::move(detail));
  refusal.value().errors.push_back({"/email", std::string(to_text(code)), refusal.value().detail});
  return refusal;
}

// The normalised address, if the user may have it.
tl::expected<PersonalText, Rejection> free_email(const State& state, const UserId& user, std::string_view text) {
  auto email = normalise_email(text);
  if (!email)
    return refuse_email(RejectionCode::invalid_email, "This is no e-mail address.");
  auto address = state.address(user.value, std::move(*email));
  const auto holder = state.member_found_by(address.found_by());
  if (holder && *holder != user)
    return refuse_email(RejectionCode::email_in_use, "Another member has this e-mail address.");
  return address;
}

// Entries that were made for the address before anybody had it become the member's own (D6). What does not fit into one commit stays an e-mail
// entry, which the gate honours as well.
void bind_entries(const State& state, const UserId& user, const PersonalText& email, Decision& decision) {
  if (!state.rows().get(state_keys::lists_addresses(state.account_id())))
    return;  // a scan costs more than all the rest
  const auto entry = state_keys::entry_of_email(email.found_by());
  state.rows().scan(state_keys::listed_apps(state.account_id(), entry), [&](std::string_view key, std::string_view) {
    KeyParts parts(key);
    parts.text();
    parts.text();
    const AppId app{parts.text()};
    if (const auto row = state.allow_list_entry(app, entry)) {
      decision.events.push_back({state.account_id(), AllowListEntryBound{app, row->entry_id, user}});
    }
    return decision.events.size() < limits::events_per_commit_max;
  });
}

bool unchanged(const State& state, const std::optional<std::string>& wanted, const PersonalText& current) {
  return !wanted || *wanted == state.text_of(current);
}

Decided add_again(const State& state, const AddMember& command, const MemberRow& member) {
  const auto email = normalise_email(command.email);
  const bool same = email && state.address({}, *email).found_by() == member.email.found_by() &&
                    unchanged(state, command.name, member.name) &&
                    unchanged(state, command.department, member.department) &&
                    (!command.role || *command.role == member.role_id);
  if (same)
    return Decision{};
  return refuse(RejectionCode::member_exists, "There is a member with this user_id; ChangeMember changes it.");
}

tl::expected<MemberRow, Rejection> present_member(const State& state, const UserId& user) {
  auto member = state.member(user);
  if (!member || member->status == MemberStatus::removed)
    return refuse(RejectionCode::user_not_found, "There is no such member.");
  return std::move(*member);
}

tl::unexpected<Rejection> owner_stays() {
  return refuse(RejectionCode::owner_required, "An account always has an owner; make another member the owner first.");
}

tl::expected<void, Rejection> change_email(const State& state, const ChangeMember& command, const MemberRow& member,
                                           Decision& decision) {
  if (!command.email)
    return {};
  const auto email = free_email(state, command.user_id, *command.email);
  if (!email)
    return tl::unexpected(email.error());
  if (email->found_by() == member.email.found_by())
    return {};
  decision.events.push_back({state.account_id(), MemberEmailChanged{command.user_id, *email}});
  bind_entries(state, command.user_id, *email, decision);
  return {};
}

void change_profile(const State& state, const ChangeMember& command, const MemberRow& member, Decision& decision) {
  if (unchanged(state, command.name, member.name) && unchanged(state, command.department, member.department))
    return;
  const auto& user = command.user_id;
  const auto chosen = [&](const std::optional<std::string>& wanted, const PersonalText& current) {
    return wanted ? personal(user, *wanted) : current;
  };
  decision.events.push_back({state.account_id(), MemberProfileChanged{user, chosen(command.name, member.name),
                                                                      chosen(command.department, member.department)}});
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const AddMember& command) {
  const auto earlier = state.member(command.user_id);
  if (earlier && earlier->status == MemberStatus::active)
    return add_again(state, command, *earlier);
  if (state.erasure(command.user_id.value))
    return refuse(RejectionCode::subject_erased,
                  "What was recorded of this user is erased; a new member needs another user_id.");
  const auto email = free_email(state, command.user_id, command.email);
  if (!email)
    return tl::unexpected(email.error());
  const auto role = command.role.value_or(member_role);
  if (auto refusal = refuse_new_role(state, context, role))
    return tl::unexpected(std::move(*refusal));

  const auto& user = command.user_id;
  Decision decision;
  decision.result = {{"user_id", user.value}};
  decision.events.push_back(
      {state.account_id(), MemberAdded{user, role, *email, personal(user, command.name.value_or("")),
                                       personal(user, command.department.value_or(""))}});
  bind_entries(state, user, *email, decision);
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& context, const ChangeMember& command) {
  const auto member = present_member(state, command.user_id);
  if (!member)
    return tl::unexpected(member.error());
  Decision decision;
  if (command.role) {
    auto events = give_role(state, context, command.user_id, *member, *command.role);
    if (!events)
      return tl::unexpected(std::move(events.error()));
    for (auto& event : *events)
      decision.events.push_back({state.account_id(), std::move(event)});
  }
  change_profile(state, command, *member, decision);
  if (auto changed = change_email(state, command, *member, decision); !changed)
    return tl::unexpected(changed.error());
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const DeactivateMember& command) {
  const auto member = present_member(state, command.user_id);
  if (!member)
    return tl::unexpected(member.error());
  Decision decision;
  if (member->status == MemberStatus::deactivated)
    return decision;
  if (member->role_id == owner_role)
    return owner_stays();
  const auto departure = departure_of(state, command.user_id);
  decision.events.push_back({state.account_id(), MemberDeactivated{command.user_id, departure.live_subscriptions,
                                                                   departure.pending_requests}});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RemoveMember& command) {
  const auto member = state.member(command.user_id);
  if (!member)
    return refuse(RejectionCode::user_not_found, "There is no such member.");
  Decision decision;
  if (member->status == MemberStatus::removed)
    return decision;
  if (member->role_id == owner_role)
    return owner_stays();
  const auto departure = departure_of(state, command.user_id);
  decision.events.push_back(
      {state.account_id(), MemberRemoved{command.user_id, departure.live_subscriptions, departure.pending_requests}});
  return decision;
}

}  // namespace gatehouse

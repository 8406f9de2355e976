// Erasing what is recorded of a person. The rules only say who may be erased and that it is asked for; erasure/ destroys the keys and records it.
#include "domain/erasure.hpp"

#include <algorithm>

#include "domain/refusals.hpp"
#include "domain/rules.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

// Every address that the member had, but for those that are somebody else's now.
std::vector<std::string> addresses_of(const State& state, const UserId& user, const MemberRow& member) {
  std::vector<std::string> addresses{member.email.found_by()};
  state.rows().scan(state_keys::former_addresses(state.account_id(), user),
                    [&](std::string_view key, std::string_view) {
                      KeyParts parts(key);
                      parts.text(), parts.text();
                      addresses.emplace_back(parts.text());
                      return true;
                    });
  std::erase_if(addresses, [&](const std::string& address) { return state.member_found_by(address).has_value(); });
  return addresses;
}

// Those that became the member's own, and those by an address of his that are nobody's, whether they still stand on a list or do not.
std::vector<EntryId> entries_about(const State& state, const UserId& user, const MemberRow& member) {
  const auto& account = state.account_id();
  std::vector<EntryId> entries;
  const auto add_last_part = [&](std::string_view key, std::string_view) {
    KeyParts parts(key);
    parts.text(), parts.text();
    entries.emplace_back(parts.text());
    return true;
  };
  state.rows().scan(state_keys::bound_entries(account, user), add_last_part);
  for (const auto& address : addresses_of(state, user, member)) {
    state.rows().scan(state_keys::listed_apps(account, state_keys::entry_of_email(address)),
                      [&](std::string_view, std::string_view entry) {
                        entries.emplace_back(entry);
                        return true;
                      });
    state.rows().scan(state_keys::unlisted_entries(account, address), add_last_part);
  }
  std::ranges::sort(entries);
  entries.erase(std::ranges::unique(entries).begin(), entries.end());
  std::erase_if(entries, [&](const EntryId& entry) { return state.erasure(entry_subject(entry)).has_value(); });
  return entries;
}

using Asked = tl::expected<SubjectErasureRequested, Rejection>;

Asked erasure_of_member(const State& state, const UserId& user) {
  const auto member = state.member(user);
  if (!member)
    return refuse(RejectionCode::user_not_found, "There never was such a member.");
  if (member->status != MemberStatus::removed)
    return refuse(RejectionCode::subject_present, "The member is still there; RemoveMember removes a member.");
  return SubjectErasureRequested{user, entries_about(state, user, *member)};
}

Asked erasure_of_address(const State& state, const EntryId& entry) {
  if (!state.rows().get(state_keys::unlisted_entry(state.account_id(), entry)))
    return refuse(RejectionCode::entry_not_found,
                  "No entry by address with this id was taken off an allow list; RemoveAllowListEntries takes it off.");
  return SubjectErasureRequested{{}, {entry}};
}

}  // namespace

Decided decide_one(const State& state, const DecisionContext& /*context*/, const EraseSubject& command) {
  if (state.reader() == nullptr)
    return refuse(RejectionCode::texts_not_sealed, "This log was begun without a key for each person.");
  Decision decision;
  if (state.erasure(command.user_id ? command.user_id->value : entry_subject(command.entry_id.value_or(EntryId{}))))
    return decision;
  auto asked = command.user_id ? erasure_of_member(state, *command.user_id)
                               : erasure_of_address(state, command.entry_id.value_or(EntryId{}));
  if (!asked)
    return tl::unexpected(std::move(asked.error()));
  decision.events.push_back({state.account_id(), std::move(*asked)});
  return decision;
}

Decided decide_one(const State& state, const DecisionContext& /*context*/, const RecordSubjectErased& command) {
  Decision decision;
  const auto& account = state.account_id();
  if (state.rows().get(state_keys::open_erasure(account, subject_of(command.user_id, command.entry_ids))))
    decision.events.push_back({account, SubjectErased{command.user_id, command.entry_ids, command.keys}});
  return decision;
}

}  // namespace gatehouse

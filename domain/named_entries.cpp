#include "domain/named_entries.hpp"

#include <set>
#include <utility>

#include "domain/allow_list.hpp"
#include "domain/email.hpp"
#include "domain/erasure.hpp"
#include "domain/limits.hpp"
#include "domain/refusals.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

using Found = tl::expected<AllowListEntry, Rejection>;

AllowListEntry user_entry(const UserId& user) {
  AllowListEntry entry;
  entry.kind = EntryKind::user;
  entry.user_id = user;
  return entry;
}

AllowListEntry user_entry(const UserId& user, PersonalText email) {
  auto entry = user_entry(user);
  entry.email = std::move(email);
  entry.email.subject = user.value;
  return entry;
}

AllowListEntry group_entry(const GroupId& group) {
  AllowListEntry entry;
  entry.kind = EntryKind::group;
  entry.group_id = group;
  return entry;
}

// The subject is the entry's own id, which is not known yet.
AllowListEntry email_entry(PersonalText address) {
  AllowListEntry entry;
  entry.kind = EntryKind::email;
  entry.email = std::move(address);
  return entry;
}

Found invalid_email() { return refuse(RejectionCode::invalid_email, "This is no e-mail address."); }

// Checks one name after the other and keeps what they make, or every error.
class Collected {
 public:
  void take(std::string pointer, Found found) {
    if (found && !keys_.insert(key_of(*found)).second) {
      found = refuse(RejectionCode::duplicate_entry, "Named twice in this command.");
    }
    if (found) {
      entries_.push_back(std::move(*found));
      return;
    }
    auto& rejection = found.error();
    FieldError error{std::move(pointer), std::string(to_text(rejection.code)), rejection.detail};
    if (!first_)
      first_ = std::move(rejection);
    first_->errors.push_back(std::move(error));
  }

  tl::expected<std::vector<AllowListEntry>, Rejection> finish() {
    if (first_)
      return tl::unexpected(std::move(*first_));
    return std::move(entries_);
  }

 private:
  std::vector<AllowListEntry> entries_;
  std::set<std::string> keys_;
  std::optional<Rejection> first_;
};

template <class Name, class Find>
void collect(Collected& collected, std::string_view member, const std::optional<std::vector<Name>>& names, Find find) {
  for (std::size_t index = 0; names && index < names->size(); ++index) {
    collected.take("/" + std::string(member) + "/" + std::to_string(index), find((*names)[index]));
  }
}

Found member_entry(const State& state, const UserId& user) {
  const auto member = state.member(user);
  if (!member || member->status == MemberStatus::removed) {
    return refuse(RejectionCode::user_not_found, "There is no such member.");
  }
  return user_entry(user);
}

Found addressee_entry(const State& state, const std::string& text) {
  auto email = normalise_email(text);
  if (!email)
    return invalid_email();
  auto address = state.address({}, std::move(*email));
  if (const auto user = state.member_found_by(address.found_by()))
    return user_entry(*user, std::move(address));
  return email_entry(std::move(address));
}

// An address may stand for itself or for the member who has it.
Found listed_addressee(const State& state, const AppId& app, const std::string& text) {
  auto email = normalise_email(text);
  if (!email)
    return invalid_email();
  auto unbound = email_entry(state.address({}, std::move(*email)));
  const auto user = state.member_found_by(unbound.email.found_by());
  if (state.allow_list_entry(app, key_of(unbound)) || !user)
    return unbound;
  return user_entry(*user, std::move(unbound.email));
}

Found on_the_list(const State& state, const AppId& app, Found found) {
  if (!found)
    return found;
  const auto row = state.allow_list_entry(app, key_of(*found));
  if (!row)
    return refuse(RejectionCode::entry_not_found, "Not on the app's allow list.");
  found->entry_id = row->entry_id;
  return found;
}

std::optional<Rejection> refuse_too_many(const EntryNames& names) {
  if (names.size() <= limits::list_items_max)
    return std::nullopt;
  return Rejection{.code = RejectionCode::too_many_items,
                   .detail = "At most " + std::to_string(limits::list_items_max) + " entries can be named at once."};
}

NamedEntry with_id(const State& state, const DecisionContext& context, const AppId& app, AllowListEntry entry) {
  const auto row = entry_in_force(state, app, key_of(entry));
  entry.entry_id = row ? row->entry_id : EntryId{to_text(context.ids->next(context.now))};
  if (entry.kind == EntryKind::email)
    entry.email.subject = entry_subject(entry.entry_id);
  return {std::move(entry), row.has_value()};
}

}  // namespace

std::size_t EntryNames::size() const {
  const auto size_of = [](const auto& list) { return list ? list->size() : 0; };
  return size_of(emails) + size_of(user_ids) + size_of(group_ids);
}

tl::expected<std::vector<NamedEntry>, Rejection> entries_to_add(const State& state, const DecisionContext& context,
                                                                const AppId& app, const EntryNames& names) {
  if (auto refusal = refuse_too_many(names))
    return tl::unexpected(std::move(*refusal));
  Collected collected;
  collect(collected, "emails", names.emails, [&](const std::string& text) { return addressee_entry(state, text); });
  collect(collected, "user_ids", names.user_ids, [&](const UserId& user) { return member_entry(state, user); });
  collect(collected, "group_ids", names.group_ids, [&](const GroupId& group) -> Found {
    if (!state.group(group))
      return refuse(RejectionCode::group_not_found, "There is no such group.");
    return group_entry(group);
  });
  auto entries = collected.finish();
  if (!entries)
    return tl::unexpected(std::move(entries.error()));
  std::vector<NamedEntry> named;
  for (auto& entry : *entries)
    named.push_back(with_id(state, context, app, std::move(entry)));
  return named;
}

tl::expected<std::vector<NamedEntry>, Rejection> entries_to_remove(const State& state, const AppId& app,
                                                                   const EntryNames& names) {
  if (auto refusal = refuse_too_many(names))
    return tl::unexpected(std::move(*refusal));
  Collected collected;
  collect(collected, "emails", names.emails,
          [&](const std::string& text) { return on_the_list(state, app, listed_addressee(state, app, text)); });
  collect(collected, "user_ids", names.user_ids,
          [&](const UserId& user) { return on_the_list(state, app, user_entry(user)); });
  collect(collected, "group_ids", names.group_ids,
          [&](const GroupId& group) { return on_the_list(state, app, group_entry(group)); });
  auto entries = collected.finish();
  if (!entries)
    return tl::unexpected(std::move(entries.error()));
  std::vector<NamedEntry> named;
  for (auto& entry : *entries)
    named.push_back({std::move(entry), true});
  return named;
}

std::vector<AllowListEntry> new_ones(const std::vector<NamedEntry>& entries) {
  std::vector<AllowListEntry> fresh;
  for (const auto& [entry, listed] : entries) {
    if (!listed)
      fresh.push_back(entry);
  }
  return fresh;
}

std::vector<std::string> ids_of(const std::vector<NamedEntry>& entries) {
  std::vector<std::string> ids;
  for (const auto& named : entries)
    ids.push_back(named.entry.entry_id.value);
  return ids;
}

}  // namespace gatehouse

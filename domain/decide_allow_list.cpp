// The allow list of an app: it may be edited whether pre-approval is on or off, and takes effect while it is on for selected users (R19, R20).
#include <algorithm>
#include <set>
#include <utility>

#include "domain/audience_walk.hpp"
#include "domain/governable_app.hpp"
#include "domain/named_entries.hpp"
#include "domain/pre_approval_grant.hpp"
#include "domain/refusals.hpp"
#include "domain/rules.hpp"

namespace gatehouse {

namespace {

std::optional<Rejection> refuse_without_names(const EntryNames& names) {
  if (names.size() > 0)
    return std::nullopt;
  return Rejection{.code = RejectionCode::invalid_value,
                   .detail = "At least one of emails, user_ids and group_ids must name somebody."};
}

// Counts what each entry settles that no earlier one of the command did.
class Settled {
 public:
  void count(const AudienceReach& reach, AllowListEntryAdded& added) {
    added.approved_requests = count_new(reach.requests, requests_);
    added.lifted = count_new(reach.suspensions, suspensions_);
  }

 private:
  template <class Item>
  static std::uint64_t count_new(const std::vector<Item>& items, std::set<Item>& seen) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(items, [&](const Item& item) { return seen.insert(item).second; }));
  }

  std::set<RequestId> requests_;
  std::set<UserId> suspensions_;
};

}  // namespace

Decided decide_one(const State& state, const DecisionContext& context, const AddAllowListEntries& command) {
  const auto app = openable_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  const EntryNames names{command.emails, command.user_ids, command.group_ids};
  if (auto refusal = refuse_without_names(names))
    return tl::unexpected(std::move(*refusal));
  if (auto refusal = refuse_unless_activated_or_installed(state, command.app_id, *app)) {
    return tl::unexpected(std::move(*refusal));
  }
  const auto entries = entries_to_add(state, context, command.app_id, names);
  if (!entries)
    return tl::unexpected(entries.error());

  const auto governed = state.governed_app(command.app_id);
  const bool in_effect = governed.pre_approval_on && governed.audience == Audience::selected;
  Settled settled;
  Decision decision;
  decision.result = {{"entry_ids", ids_of(*entries)}};
  for (auto& entry : new_ones(*entries)) {
    AllowListEntryAdded added{.app_id = command.app_id, .entry = entry};
    if (in_effect) {
      const auto reach = reach_of_entry(state, command.app_id, entry, covers(governed.includes_development));
      if (!reach)
        return tl::unexpected(audience_too_large());
      settled.count(*reach, added);
    }
    decision.events.push_back({state.account_id(), std::move(added)});
  }
  return decision;
}

Decided decide_one(const State& state, const DecisionContext&, const RemoveAllowListEntries& command) {
  const auto app = pre_approvable_app(state, command.app_id);
  if (!app)
    return tl::unexpected(app.error());
  const EntryNames names{command.emails, command.user_ids, command.group_ids};
  if (auto refusal = refuse_without_names(names))
    return tl::unexpected(std::move(*refusal));
  const auto entries = entries_to_remove(state, command.app_id, names);
  if (!entries)
    return tl::unexpected(entries.error());
  Decision decision;
  decision.result = {{"removed", std::uint64_t{entries->size()}}, {"entry_ids", ids_of(*entries)}};
  for (const auto& named : *entries) {
    decision.events.push_back({state.account_id(), AllowListEntryRemoved{command.app_id, named.entry.entry_id}});
  }
  return decision;
}

}  // namespace gatehouse

// Events of an app's pre-approval, audience, allow list and restriction on one account. A count says how many requests or
// subscriptions the event settled or moved; which ones follows from the event, it is never written out per user.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/ids.hpp"
#include "events/personal_text.hpp"
#include "events/vocabulary.hpp"

namespace gatehouse {

// One line of an allow list. A user entry has user_id, a group entry group_id, an e-mail entry (unbound) its normalised address.
struct AllowListEntry {
  EntryId entry_id{};
  EntryKind kind{};
  UserId user_id;
  GroupId group_id;
  PersonalText email;
};
BOOST_DESCRIBE_STRUCT(AllowListEntry, (), (entry_id, kind, user_id, group_id, email))

// Also settles the pending pre-approval requests of the audience and lifts its suspensions of cause pre_approval_off (D4, D9).
// `entries` are new ones; those that stood on the list before stay.
struct PreApprovalGranted {
  AppId app_id;
  Audience audience{};
  std::vector<AllowListEntry> entries;
  std::vector<std::string> approved_scopes;
  bool includes_development{};
  PersonalText reason;
  DecisionRoute via{};
  std::uint64_t approved_requests{};
  std::uint64_t lifted{};
};
BOOST_DESCRIBE_STRUCT(PreApprovalGranted, (),
                      (app_id, audience, entries, approved_scopes, includes_development, reason, via, approved_requests,
                       lifted))

// Widening to everyone while pre-approval is on settles and lifts like a grant; narrowing touches nothing that is there (D5).
struct InstallAudienceChanged {
  AppId app_id;
  Audience audience{};
  std::uint64_t approved_requests{};
  std::uint64_t lifted{};
};
BOOST_DESCRIBE_STRUCT(InstallAudienceChanged, (), (app_id, audience, approved_requests, lifted))

// While pre-approval is on for selected users, settles and lifts like a grant for those whom the entry names.
struct AllowListEntryAdded {
  AppId app_id;
  AllowListEntry entry;
  std::uint64_t approved_requests{};
  std::uint64_t lifted{};
};
BOOST_DESCRIBE_STRUCT(AllowListEntryAdded, (), (app_id, entry, approved_requests, lifted))

// An e-mail entry became the entry of the member who has the address. If the member has an entry of his own already, that one stays and the
// e-mail entry is gone.
struct AllowListEntryBound {
  AppId app_id;
  EntryId entry_id;
  UserId user_id;
};
BOOST_DESCRIBE_STRUCT(AllowListEntryBound, (), (app_id, entry_id, user_id))

struct AllowListEntryRemoved {
  AppId app_id;
  EntryId entry_id;
};
BOOST_DESCRIBE_STRUCT(AllowListEntryRemoved, (), (app_id, entry_id))

// Suspends every live subscription of the app on the account (R38).
struct PreApprovalDisabled {
  AppId app_id;
  PersonalText reason;
  std::uint64_t suspended{};
};
BOOST_DESCRIBE_STRUCT(PreApprovalDisabled, (), (app_id, reason, suspended))

// Rejects the pending requests of both kinds; suspends the live subscriptions only with disable_existing (D23).
struct AppRestricted {
  AppId app_id;
  PersonalText reason;
  bool disable_existing{};
  std::uint64_t rejected_requests{};
  std::uint64_t suspended{};
};
BOOST_DESCRIBE_STRUCT(AppRestricted, (), (app_id, reason, disable_existing, rejected_requests, suspended))

struct AppRestrictionLifted {
  AppId app_id;
  PersonalText reason;
  std::uint64_t lifted{};
};
BOOST_DESCRIBE_STRUCT(AppRestrictionLifted, (), (app_id, reason, lifted))

}  // namespace gatehouse

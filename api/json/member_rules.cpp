#include "api/json/member_rules.hpp"

#include <algorithm>
#include <array>

#include "domain/limits.hpp"

namespace gatehouse::api {
namespace {

constexpr std::size_t name_max = limits::name_characters_max;
constexpr std::size_t items_max = limits::list_items_max;

constexpr std::array rules{
    MemberRule{"account_id", "The account."},
    MemberRule{"app_id", "The app."},
    MemberRule{"app_type", "What the vendor calls the kind of app, for example general.", 64},
    MemberRule{"audience", "Who: everyone, or the selected ones alone."},
    MemberRule{"blocked", "Whether members are kept from installing apps themselves."},
    MemberRule{"class", "Which apps: public (published, listed, production credentials) or unlisted (all others)."},
    MemberRule{"confirmation", "The confirmation_token of the answer that asked for it.", 1'024},
    MemberRule{"credentials", "Which of the app's two sets of credentials."},
    MemberRule{"department", "The member's department.", name_max},
    MemberRule{"description", "What it is, in a sentence.", 2'048},
    MemberRule{"developer", "Who made the app."},
    MemberRule{"disable_existing", "Whether installations that exist are suspended as well."},
    MemberRule{"email", "An e-mail address; compared trimmed and in lower case.", 1'024},
    MemberRule{"emails", "E-mail addresses; one that no member has yet waits for its member.", 1'024, 1, items_max},
    MemberRule{"enabled", "Whether mails are sent."},
    MemberRule{"endpoint_id", "The webhook endpoint."},
    MemberRule{"entry_id", "The entry of an allow list, as AddAllowListEntries and the list name it."},
    MemberRule{"event_types",
               "What the endpoint hears: app_deauthorized, app.authorization_request_created, appgov.<event>.v1 (for "
               "example appgov.app_installed.v1), or appgov.* for all of those that it can hear.",
               128, 1, limits::webhook_event_types_max},
    MemberRule{"exempt_account", "Whether apps made by members of the account need no pre-approval."},
    MemberRule{"exempt_platform", "Whether apps made by the platform need no pre-approval."},
    MemberRule{"group_id", "The group."},
    MemberRule{"group_ids", "Groups of the account.", 64, 1, items_max},
    MemberRule{"id", "The identifier."},
    MemberRule{"includes_development",
               "Whether development credentials are covered; default: if the app is not public."},
    MemberRule{"kind", "Which kind."},
    MemberRule{"listed", "Whether the app stands in the public list, or is reached by its id alone."},
    MemberRule{"manifest", "The app's manifest, or an object that holds it as its member manifest."},
    MemberRule{"message_id", "The message, as the log of deliveries has it.", 64},
    MemberRule{"name", "The name.", name_max},
    MemberRule{"notifications", "Mails about requests."},
    MemberRule{"optional_scopes", "Which of the app's optional scopes are granted; default: none.", 256, 0, items_max},
    MemberRule{"owner", "The account's owner, who has every privilege."},
    MemberRule{"policies", "Settings that differ from the defaults of a new account."},
    MemberRule{"privilege", "The role privilege that grants it, for example User:Read.", 64},
    MemberRule{"privileges", "Strings <Area>:Read or <Area>:Edit; Edit implies Read.", 64, 0, items_max},
    MemberRule{"public", "The policy for apps of class public."},
    MemberRule{"reason", "Why, in your words; kept with the event.", limits::reason_characters_max},
    MemberRule{"recipients", "User ids of those who get the mails, at most five; none: all who may decide.", 64, 0,
               items_max},
    MemberRule{"request_id", "The request."},
    MemberRule{"request_ids", "The requests.", 64, 1, items_max},
    MemberRule{"required", "Whether pre-approval is needed."},
    MemberRule{"role", "The role."},
    MemberRule{"role_id", "The role."},
    MemberRule{"scheme", "How messages are signed: standard (Standard Webhooks 1.0) or zoom."},
    MemberRule{"scope", "For one user (user) or for the whole account (account)."},
    MemberRule{"scopes", "The scopes.", 256, 1, items_max},
    MemberRule{"stream", "The history it stands in: an account's id, or catalogue."},
    MemberRule{"target", "What is uninstalled: the caller's own, one user's, or the whole account's."},
    MemberRule{"unlisted", "The policy for apps of class unlisted."},
    MemberRule{"url", "Where messages are posted: https, or http to a network that the operator allows.", 2'048},
    MemberRule{"user_id", "The user."},
    MemberRule{"user_ids", "The users.", 64, 1, items_max},
    MemberRule{"user_installs_blocked", "Whether members are kept from installing apps themselves."},
};
static_assert(std::ranges::is_sorted(rules, {}, &MemberRule::name));

constexpr MemberRule any_member{"", ""};

}  // namespace

std::span<const MemberRule> member_rules() { return rules; }

const MemberRule& member_rule(std::string_view name) {
  const auto found = std::ranges::lower_bound(rules, name, {}, &MemberRule::name);
  return found != rules.end() && found->name == name ? *found : any_member;
}

}  // namespace gatehouse::api

// Keys of the state's rows: a tag, then the account, then what is looked up in it. Every key but the catalogue's begins with the account, so no
// read or write can reach another one's rows by mistake.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "events/ids.hpp"
#include "events/vocabulary.hpp"
#include "table/key.hpp"

namespace gatehouse::state_keys {

// What an allow list or its reverse index names: "u:" + user id, "g:" + group id or "e:" + what an e-mail is found by (PersonalText::found_by).
[[nodiscard]] std::string entry_of_user(const UserId& user);
[[nodiscard]] std::string entry_of_group(const GroupId& group);
[[nodiscard]] std::string entry_of_email(std::string_view found_by);

// Catalogue.
inline std::string app(const AppId& app) { return Key('C').text(app.value).take(); }
// The accepted manifest as JSON text, apart from the app's row because few look at it.
inline std::string manifest(const AppId& app) { return Key('c').text(app.value).take(); }
inline std::string client(const ClientId& client) { return Key('K').text(client.value).take(); }
// The client of one of an app's sets of credentials.
inline std::string client_of_app(const AppId& app, Credentials credentials) {
  return Key('k').text(app.value).number(static_cast<std::uint64_t>(credentials)).take();
}
inline std::string apps() { return std::string(1, 'C'); }
inline std::string scope(std::string_view name) { return Key('S').text(name).take(); }

// Directory.
inline std::string account(const AccountId& a) { return Key('A').text(a.value).take(); }
inline std::string member(const AccountId& a, const UserId& user) {
  return Key('M').text(a.value).text(user.value).take();
}
inline std::string members(const AccountId& a) { return Key('M').text(a.value).take(); }
inline std::string email(const AccountId& a, std::string_view found_by) {
  return Key('E').text(a.value).text(found_by).take();
}
inline std::string role(const AccountId& a, const RoleId& role) {
  return Key('R').text(a.value).text(role.value).take();
}
inline std::string roles(const AccountId& a) { return Key('R').text(a.value).take(); }
// Holders of a role; not kept for the built-in role `member`, which gives nothing.
inline std::string role_holder(const AccountId& a, const RoleId& role, const UserId& user) {
  return Key('r').text(a.value).text(role.value).text(user.value).take();
}
inline std::string role_holders(const AccountId& a, const RoleId& role) {
  return Key('r').text(a.value).text(role.value).take();
}
inline std::string group(const AccountId& a, const GroupId& group) {
  return Key('G').text(a.value).text(group.value).take();
}
inline std::string groups(const AccountId& a) { return Key('G').text(a.value).take(); }
// created_version: of the GroupRow, so that a later group of the same id starts empty.
inline std::string group_member(const AccountId& a, const GroupId& group, std::uint64_t created_version,
                                const UserId& user) {
  return Key('g').text(a.value).text(group.value).number(created_version).text(user.value).take();
}
inline std::string group_members(const AccountId& a, const GroupId& group, std::uint64_t created_version) {
  return Key('g').text(a.value).text(group.value).number(created_version).take();
}
inline std::string user_group(const AccountId& a, const UserId& user, const GroupId& group) {
  return Key('u').text(a.value).text(user.value).text(group.value).take();
}
inline std::string user_groups(const AccountId& a, const UserId& user) {
  return Key('u').text(a.value).text(user.value).take();
}

// Erasure. A subject is a user or an entry of an allow list.
inline std::string erasures() { return std::string(1, 'X'); }
inline std::string erasure(const AccountId& a, std::string_view subject) {
  return Key('X').text(a.value).text(subject).take();
}
inline std::string open_erasures() { return std::string(1, 'x'); }
inline std::string open_erasure(const AccountId& a, std::string_view subject) {
  return Key('x').text(a.value).text(subject).take();
}
// Entries by address that were bound to a member, and those that went without.
inline std::string bound_entries(const AccountId& a, const UserId& user) {
  return Key('b').text(a.value).text(user.value).take();
}
inline std::string bound_entry(const AccountId& a, const UserId& user, const EntryId& entry) {
  return Key('b').text(a.value).text(user.value).text(entry.value).take();
}
inline std::string unlisted_entry(const AccountId& a, const EntryId& entry) {
  return Key('d').text(a.value).text(entry.value).take();
}
inline std::string unlisted_entries(const AccountId& a, std::string_view found_by) {
  return Key('D').text(a.value).text(found_by).take();
}
inline std::string unlisted_entry(const AccountId& a, std::string_view found_by, const EntryId& entry) {
  return Key('D').text(a.value).text(found_by).text(entry.value).take();
}
// What the addresses are found by that a member had before his present or last one.
inline std::string former_addresses(const AccountId& a, const UserId& user) {
  return Key('f').text(a.value).text(user.value).take();
}
inline std::string former_address(const AccountId& a, const UserId& user, std::string_view found_by) {
  return Key('f').text(a.value).text(user.value).text(found_by).take();
}

// An app on an account.
inline std::string governed_app(const AccountId& a, const AppId& app) {
  return Key('P').text(a.value).text(app.value).take();
}
inline std::string governed_apps(const AccountId& a) { return Key('P').text(a.value).take(); }
inline std::string allow_list_entry(const AccountId& a, const AppId& app, std::string_view entry) {
  return Key('L').text(a.value).text(app.value).text(entry).take();
}
inline std::string allow_list(const AccountId& a, const AppId& app) {
  return Key('L').text(a.value).text(app.value).take();
}
// The apps whose allow list names an entry.
inline std::string listed_app(const AccountId& a, std::string_view entry, const AppId& app) {
  return Key('l').text(a.value).text(entry).text(app.value).take();
}
inline std::string listed_apps(const AccountId& a, std::string_view entry) {
  return Key('l').text(a.value).text(entry).take();
}
// Whether any list of the account ever named an address that was nobody's.
inline std::string lists_addresses(const AccountId& a) { return Key('e').text(a.value).take(); }
// entry id -> entry, because the events that bind and remove entries name no address.
inline std::string entry_by_id(const AccountId& a, const AppId& app, const EntryId& entry) {
  return Key('I').text(a.value).text(app.value).text(entry.value).take();
}

// Requests.
inline std::string request(const AccountId& a, const RequestId& id) {
  return Key('Q').text(a.value).text(id.value).take();
}
// The latest request of a user for an app, whatever became of it.
inline std::string latest_request(const AccountId& a, const AppId& app, RequestKind kind, const UserId& user) {
  return Key('q').text(a.value).text(app.value).number(static_cast<std::uint64_t>(kind)).text(user.value).take();
}
// Requests in the order they were made; a request leaves when a named event settles it. Those made before the last bulk decision are settled.
inline std::string requests_by_version(const AccountId& a, const AppId& app, RequestKind kind,
                                       Credentials credentials) {
  return Key('n')
      .text(a.value)
      .text(app.value)
      .number(static_cast<std::uint64_t>(kind))
      .number(static_cast<std::uint64_t>(credentials))
      .take();
}
inline std::string request_by_version(const AccountId& a, const AppId& app, RequestKind kind, Credentials credentials,
                                      std::uint64_t version) {
  return Key('n')
      .text(a.value)
      .text(app.value)
      .number(static_cast<std::uint64_t>(kind))
      .number(static_cast<std::uint64_t>(credentials))
      .number(version)
      .take();
}
// The apps that a user may have an open request for: an entry leaves when a named event settles the request.
inline std::string open_request_of_user(const AccountId& a, const UserId& user, const AppId& app, RequestKind kind) {
  return Key('w').text(a.value).text(user.value).text(app.value).number(static_cast<std::uint64_t>(kind)).take();
}
inline std::string open_requests_of_user(const AccountId& a, const UserId& user) {
  return Key('w').text(a.value).text(user.value).take();
}
inline std::string bulk_decision(const AccountId& a, const AppId& app, RequestKind kind, std::uint64_t version) {
  return Key('B').text(a.value).text(app.value).number(static_cast<std::uint64_t>(kind)).number(version).take();
}
inline std::string bulk_decisions(const AccountId& a, const AppId& app, RequestKind kind) {
  return Key('B').text(a.value).text(app.value).number(static_cast<std::uint64_t>(kind)).take();
}

inline std::string notification(const AccountId& a, const NotificationId& id) {
  return Key('N').text(a.value).text(id.value).take();
}

// Webhooks. An endpoint stands below its owner: the account, or catalogue_stream for an app's.
inline std::string endpoint(const AccountId& owner, const EndpointId& endpoint) {
  return Key('H').text(owner.value).text(endpoint.value).take();
}
inline std::string endpoints(const AccountId& owner) { return Key('H').text(owner.value).take(); }
inline std::string endpoint_of_app(const AppId& app, const EndpointId& endpoint) {
  return Key('h').text(app.value).text(endpoint.value).take();
}
inline std::string endpoints_of_app(const AppId& app) { return Key('h').text(app.value).take(); }
// How far an endpoint's messages about the account are recorded. Stays when the endpoint goes.
inline std::string lane(const AccountId& a, const EndpointId& endpoint) {
  return Key('O').text(a.value).text(endpoint.value).take();
}
// Lists of ended subscriptions that are not complete, and the rows kept for each (domain/kept_view.hpp).
inline std::string open_listings() { return std::string(1, 'Y'); }
inline std::string open_listings_of(const AccountId& a) { return Key('Y').text(a.value).take(); }
inline std::string kept_rows(const AccountId& a, std::uint64_t version) {
  return Key('Z').text(a.value).number(version).take();
}

// Subscriptions: one row for a user and an app, of the latest one, whatever its credentials (R3); one for the account and an app.
inline std::string user_subscription(const AccountId& a, const AppId& app, const UserId& user) {
  return Key('T').text(a.value).text(app.value).text(user.value).take();
}
inline std::string user_subscriptions_of_app(const AccountId& a, const AppId& app) {
  return Key('T').text(a.value).text(app.value).take();
}
inline std::string user_subscriptions(const AccountId& a) { return Key('T').text(a.value).take(); }
inline std::string account_subscription(const AccountId& a, const AppId& app) {
  return Key('t').text(a.value).text(app.value).take();
}
inline std::string account_subscriptions(const AccountId& a) { return Key('t').text(a.value).take(); }
inline std::string subscription_of_user(const AccountId& a, const UserId& user, const AppId& app) {
  return Key('U').text(a.value).text(user.value).text(app.value).take();
}
inline std::string subscriptions_of_users(const AccountId& a) { return Key('U').text(a.value).take(); }
inline std::string subscriptions_of_user(const AccountId& a, const UserId& user) {
  return Key('U').text(a.value).text(user.value).take();
}
// Apps added for everyone, and for the members of a group (later joiners get them).
inline std::string app_for_everyone(const AccountId& a, const AppId& app) {
  return Key('V').text(a.value).text(app.value).take();
}
inline std::string apps_for_everyone(const AccountId& a) { return Key('V').text(a.value).take(); }
inline std::string app_for_group(const AccountId& a, const GroupId& group, const AppId& app) {
  return Key('v').text(a.value).text(group.value).text(app.value).take();
}
inline std::string apps_for_group(const AccountId& a, const GroupId& group) {
  return Key('v').text(a.value).text(group.value).take();
}

}  // namespace gatehouse::state_keys

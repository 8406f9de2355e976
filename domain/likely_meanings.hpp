// What likely_commands.cpp and likely_directory_commands.cpp share: one function for each event whose command it tells. `events` begin with it, and what follows
// may be of the same command.
#pragma once
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "domain/likely_commands.hpp"

namespace gatehouse::likely {

using Events = std::span<const Event* const>;
using Commands = std::vector<Command>;

inline std::optional<std::string> given(const PersonalText& text) {
  return text.text.empty() ? std::nullopt : std::optional(text.text);
}

template <class T>
std::optional<std::vector<T>> given(std::vector<T> values) {
  return values.empty() ? std::nullopt : std::optional(std::move(values));
}

// `member` of the leading events of one type, as long as they are about the same app or group.
template <class T, class Same, class Member>
auto leading(Events events, Same same, Member member) {
  std::vector<std::remove_cvref_t<decltype(std::declval<T>().*member)>> values;
  const auto& first = std::get<T>(*events.front()).*same;
  for (const auto* event : events) {
    const auto* one = std::get_if<T>(event);
    if (one == nullptr || one->*same != first)
      break;
    values.push_back(one->*member);
  }
  return values;
}

// Others tell none.
template <class T>
Commands meaning(const T& /*event*/, Events /*events*/) {
  return {};
}

// Of the directory, the account itself and its webhooks.
Commands meaning(const MemberAdded& event, Events events);
Commands meaning(const MemberEmailChanged& event, Events events);
Commands meaning(const MemberProfileChanged& event, Events events);
Commands meaning(const RoleAssigned& event, Events events);
Commands meaning(const MemberDeactivated& event, Events events);
Commands meaning(const MemberRemoved& event, Events events);
Commands meaning(const SubjectErasureRequested& event, Events events);
Commands opening(const State& state, const AccountOpened& event, Events events);
Commands meaning(const WebhookEndpointRegistered& event, Events events);
Commands meaning(const WebhookEndpointChanged& event, Events events);
Commands meaning(const WebhookSecretRotated& event, Events events);
Commands meaning(const WebhookEndpointEnabled& event, Events events);
Commands meaning(const WebhookEndpointDisabled& event, Events events);
Commands meaning(const WebhookEndpointRemoved& event, Events events);
Commands meaning(const WebhookValidationRequested& event, Events events);
Commands meaning(const WebhookResendRequested& event, Events events);
Commands meaning(const RoleDefined& event, Events events);
Commands meaning(const RoleChanged& event, Events events);
Commands meaning(const RoleRemoved& event, Events events);
Commands meaning(const GroupCreated& event, Events events);
Commands meaning(const GroupRenamed& event, Events events);
Commands meaning(const GroupRemoved& event, Events events);
Commands meaning(const GroupMemberAdded& event, Events events);
Commands meaning(const GroupMemberRemoved& event, Events events);

}  // namespace gatehouse::likely

#include "api/command_rules.hpp"

#include "domain/limits.hpp"

namespace gatehouse::api {
namespace {

template <class T>
concept NamesRequests = requires(const T& command) {
  command.request_ids;
  command.user_ids;
};
template <class T>
concept NamesEntries = requires(const T& command) {
  command.emails;
  command.user_ids;
  command.group_ids;
};

template <class T>
std::size_t size_of(const std::optional<std::vector<T>>& list) {
  return list ? list->size() : 0;
}

void check_named_requests(const NamesRequests auto& command, const Place& place, FieldErrors& errors) {
  if (command.user_ids.has_value() == command.request_ids.has_value()) {
    errors.invalid_field(place, "Exactly one of user_ids and request_ids must be sent.");
  }
}

void check_named_entries(const NamesEntries auto& command, bool needed, const Place& place, FieldErrors& errors) {
  const auto entries = size_of(command.emails) + size_of(command.user_ids) + size_of(command.group_ids);
  if (needed && entries == 0) {
    errors.invalid_field(place, "At least one of emails, user_ids and group_ids must be sent.");
  }
  if (entries > limits::list_items_max) {
    errors.invalid_field(place, "emails, user_ids and group_ids name more than " +
                                    std::to_string(limits::list_items_max) + " entries together.");
  }
}

void check_audience(const AddAppForUsers& command, const Place& place, FieldErrors& errors) {
  const bool names_some = command.user_ids || command.group_ids;
  if (command.audience == Audience::selected && !names_some) {
    errors.invalid_field(place, "With audience selected, user_ids or group_ids must be sent.");
  }
  if (command.audience == Audience::everyone && names_some) {
    errors.invalid_field(place, "With audience everyone, user_ids and group_ids must not be sent.");
  }
}

void check_target(const Uninstall& command, const Place& place, FieldErrors& errors) {
  const bool for_user = command.target == UninstallTarget::user;
  if (for_user != command.user_id.has_value()) {
    errors.invalid_field(Place(place, "user_id"), for_user ? "Is missing." : "Belongs to target user alone.");
  }
}

void check_change(const ChangeMember& command, const Place& place, FieldErrors& errors) {
  if (!command.email && !command.name && !command.department && !command.role) {
    errors.invalid_field(place, "At least one of email, name, department and role must be sent.");
  }
}

void check_subject(const EraseSubject& command, const Place& place, FieldErrors& errors) {
  if (command.user_id.has_value() == command.entry_id.has_value()) {
    errors.invalid_field(place, "Exactly one of user_id and entry_id must be sent.");
  }
}

}  // namespace

void check_members(const Command& command, const Place& place, FieldErrors& errors) {
  std::visit(
      [&](const auto& given) {
        using T = std::remove_cvref_t<decltype(given)>;
        if constexpr (NamesRequests<T>)
          check_named_requests(given, place, errors);
        if constexpr (NamesEntries<T>)
          check_named_entries(given, !std::is_same_v<T, GrantPreApproval>, place, errors);
        if constexpr (std::is_same_v<T, AddAppForUsers>)
          check_audience(given, place, errors);
        if constexpr (std::is_same_v<T, Uninstall>)
          check_target(given, place, errors);
        if constexpr (std::is_same_v<T, EraseSubject>)
          check_subject(given, place, errors);
        if constexpr (std::is_same_v<T, ChangeMember>)
          check_change(given, place, errors);
      },
      command);
}

}  // namespace gatehouse::api

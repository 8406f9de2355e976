// What an endpoint may ask to hear. Two types are the vendor's: `app_deauthorized` (one message for each installation that ended) and
// `app.authorization_request_created`. All others are events as they stand in the history, as CloudEvents: `appgov.<event>.v1`, with `appgov.*`
// for all of them.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace gatehouse {

inline constexpr std::string_view deauthorized_type = "app_deauthorized";
inline constexpr std::string_view request_created_type = "app.authorization_request_created";
inline constexpr std::string_view all_cloud_events = "appgov.*";

// AppInstalled -> appgov.app_installed.v1
[[nodiscard]] std::string cloud_event_type(std::string_view event_name);

// Whether an endpoint of an account, or of an app, may ask for the type.
[[nodiscard]] bool is_webhook_event_type(std::string_view type, bool of_app);

[[nodiscard]] bool wants(const std::vector<std::string>& event_types, std::string_view type);

// The app that an event of the catalogue is about; nothing for what is about none.
[[nodiscard]] std::optional<AppId> app_of_catalogue_event(const Event& event);

}  // namespace gatehouse

#include "domain/webhook_event_types.hpp"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

constexpr std::uint32_t first_account_type = 100;  // below it are the catalogue's
constexpr std::uint32_t first_delivery_type = 600;

// Of the last hundred, what people do to their endpoints stands in the account's history, the rest is the server's own.
constexpr bool stands_in_account(std::uint32_t type) {
  const bool endpoint_change =
      type >= type_number<WebhookEndpointRegistered> && type <= type_number<WebhookResendRequested>;
  return type >= first_account_type && (type < first_delivery_type || endpoint_change);
}

struct KnownType {
  std::string name;
  std::uint32_t number{};
};

const std::vector<KnownType>& known_types() {
  static const std::vector<KnownType> types{
#define GATEHOUSE_KNOWN_TYPE(number, Type, version) {cloud_event_type(#Type), number},
      GATEHOUSE_EVENTS(GATEHOUSE_KNOWN_TYPE)
#undef GATEHOUSE_KNOWN_TYPE
  };
  return types;
}

}  // namespace

std::string cloud_event_type(std::string_view event_name) {
  std::string type = "appgov";
  for (const char character : event_name) {
    const bool capital = character >= 'A' && character <= 'Z';
    if (capital)
      type += type == "appgov" ? '.' : '_';
    type += capital ? static_cast<char>(character - 'A' + 'a') : character;
  }
  return type + ".v1";
}

bool is_webhook_event_type(std::string_view type, bool of_app) {
  if (type == deauthorized_type || type == all_cloud_events)
    return true;
  if (type == request_created_type)
    return !of_app;
  const auto known = std::ranges::find(known_types(), type, &KnownType::name);
  if (known == known_types().end())
    return false;
  return of_app ? known->number < first_account_type && known->number != type_number<ScopesDefined>
                : stands_in_account(known->number);
}

bool wants(const std::vector<std::string>& event_types, std::string_view type) {
  const bool is_cloud_event = type.starts_with("appgov.");
  return std::ranges::any_of(event_types, [&](const std::string& wanted) {
    return wanted == type || (is_cloud_event && wanted == all_cloud_events);
  });
}

std::optional<AppId> app_of_catalogue_event(const Event& event) {
  return std::visit(
      [](const auto& one) -> std::optional<AppId> {
        if constexpr (requires { one.app_id; })
          return one.app_id;
        else
          return std::nullopt;
      },
      event);
}

}  // namespace gatehouse

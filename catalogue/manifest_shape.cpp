#include "catalogue/manifest_shape.hpp"

#include <array>

namespace gatehouse::catalogue {
namespace {

using Kind = Member::Kind;
using Names = std::span<const std::string_view>;

constexpr Member member(std::string_view name, Kind kind, std::size_t size_max = 0) {
  return {name, kind, size_max, {}, {}, false};
}
constexpr Member text(std::string_view name, std::size_t characters_max = short_text_characters_max) {
  return member(name, Kind::text, characters_max);
}
constexpr Member flag(std::string_view name) { return member(name, Kind::flag); }
constexpr Member url(std::string_view name) { return member(name, Kind::url); }
constexpr Member development_url(std::string_view name) { return member(name, Kind::development_url); }
constexpr Member texts(std::string_view name) { return member(name, Kind::texts, list_items_max); }
constexpr Member open(std::string_view name) { return member(name, Kind::open); }
constexpr Member object(std::string_view name, Shape members) { return {name, Kind::object, 0, members, {}, false}; }
constexpr Member objects(std::string_view name, Shape members, std::size_t items_max = list_items_max) {
  return {name, Kind::objects, items_max, members, {}, false};
}
constexpr Member choice(std::string_view name, Names values) { return {name, Kind::choice, 0, {}, values, false}; }
constexpr Member choices(std::string_view name, Names values) {
  return {name, Kind::choices, list_items_max, {}, values, false};
}
constexpr Member required(Member given) {
  given.required = true;
  return given;
}

constexpr std::array<std::string_view, 2> discover_types{"LISTED", "UNLISTED"};
constexpr std::array<std::string_view, 2> install_types{"APP_DIRECTORY", "LANDING_PAGE"};
constexpr std::array<std::string_view, 2> usages{"USER_OPERATION", "ADMIN_MANAGEMENT"};
constexpr std::array<std::string_view, 3> app_types{"general", "s2s_oauth", "meeting_sdk"};
constexpr std::array<std::string_view, 8> products{"ZOOM_MEETING",    "ZOOM_CHAT",    "ZOOM_PHONE",
                                                   "ZOOM_ROOM",       "ZOOM_WEBINAR", "ZOOM_CONTACT_CENTER",
                                                   "ZOOM_WHITEBOARD", "ZOOM_EVENTS"};

constexpr std::array display_information{required(text("display_name")),
                                         text("description", description_characters_max),
                                         text("long_description", long_text_characters_max),
                                         text("company_name"),
                                         text("icon_share_link", 2'048),
                                         choice("discover_type", discover_types),
                                         choice("install_type", install_types),
                                         texts("marketplace_categories"),
                                         texts("industry_vertical"),
                                         texts("market_segments"),
                                         texts("business_lines"),
                                         url("privacy_url"),
                                         url("terms_url"),
                                         url("support_url"),
                                         url("doc_url"),
                                         url("config_url")};

constexpr std::array scope_entry{required(text("scope")), flag("optional")};
constexpr std::array oauth_information{required(choice("usage", usages)),
                                       development_url("development_redirect_uri"),
                                       url("production_redirect_uri"),
                                       member("oauth_allow_list", Kind::urls, list_items_max),
                                       flag("strict_mode"),
                                       flag("subdomain_strict_mode"),
                                       objects("scopes", scope_entry, manifest_scopes_max),
                                       text("scope_description", long_text_characters_max),
                                       flag("enable_private_pkce_client"),
                                       flag("enable_public_pkce_client"),
                                       open("development_public_key"),
                                       open("production_public_key")};

constexpr std::array developer_information{text("developer_name"), text("developer_email"), text("company_name"),
                                           url("website"),         url("privacy_policy"),   url("terms_of_use"),
                                           url("support")};

constexpr std::array allowed_domain{required(member("domain", Kind::domain)),
                                    text("explanation", description_characters_max)};

constexpr std::array enable_alone{flag("enable")};
constexpr std::array app_api{flag("enable"), texts("zoom_app_apis")};
constexpr std::array guest_mode{flag("enable"), flag("enable_test_guest_mode")};
constexpr std::array collaborate_mode{flag("enable"), flag("enable_screen_sharing"), flag("enable_play_together"),
                                      flag("enable_start_immediately"), flag("enable_join_immediately")};
constexpr std::array in_client_feature{object("zoom_app_api", app_api), object("guest_mode", guest_mode),
                                       object("in_client_oauth", enable_alone),
                                       object("collaborate_mode", collaborate_mode)};

constexpr std::array mobile{flag("enable"), text("apple_developer_program_team_id")};
constexpr std::array zoom_room{flag("enable"), flag("enable_personal_zoom_room"), flag("enable_shared_zoom_room"),
                               flag("enable_digital_signage"), flag("enable_zoom_rooms_controller")};
constexpr std::array zoom_client_support{object("mobile", mobile), object("zoom_room", zoom_room),
                                         object("pwa_client", enable_alone)};

constexpr std::array meeting_sdk{flag("enable"), flag("enable_device"), open("devices")};
constexpr std::array phone_sdk{flag("enable"), open("fcm_token")};
constexpr std::array embed{object("meeting_sdk", meeting_sdk), object("contact_center_sdk", enable_alone),
                           object("phone_sdk", phone_sdk)};

constexpr std::array command_hint{text("description", description_characters_max),
                                  text("usage_hint", description_characters_max)};
constexpr std::array welcome_message{text("title"), text("body", description_characters_max)};
constexpr std::array trusted_domain{text("domain"), flag("unfurling")};
constexpr std::array slash_command{text("command"),
                                   objects("command_hints", command_hint),
                                   flag("enable_mention"),
                                   flag("enable_add_to_channel"),
                                   development_url("development_message_url"),
                                   url("production_message_url"),
                                   text("sender_type"),
                                   object("welcome_msg", welcome_message),
                                   objects("trust_domain_list", trusted_domain)};
constexpr std::array dialog_config{text("title"), text("size")};
constexpr std::array shortcut{text("shortcut_id"),   text("action_label"), text("action_id"),
                              texts("action_types"), text("action_usage"), object("dialog_config", dialog_config)};
constexpr std::array team_chat_subscription{flag("enable"), flag("enable_support_channel"),
                                            object("slash_command", slash_command), objects("shortcuts", shortcut)};
constexpr std::array team_chat_tab{flag("home_tab_enabled"), flag("channel_tab_enabled")};

constexpr std::array custom_header{member("custom_header_type", Kind::whole_number),
                                   text("username"),
                                   text("password"),
                                   text("client_id"),
                                   text("client_secret"),
                                   url("token_url"),
                                   text("custom_header_key"),
                                   text("custom_header_value", description_characters_max)};
constexpr std::array event_entry{text("subscription_name"),
                                 texts("event_types"),
                                 text("event_usage"),
                                 development_url("development_webhook_url"),
                                 url("production_webhook_url"),
                                 object("development_event_custom_header", custom_header),
                                 object("production_event_custom_header", custom_header)};
constexpr std::array event_subscription{flag("enable"), objects("events", event_entry)};

constexpr std::array features{choices("products", products),
                              development_url("development_home_uri"),
                              url("production_home_uri"),
                              objects("domain_allow_list", allowed_domain),
                              object("in_client_feature", in_client_feature),
                              object("zoom_client_support", zoom_client_support),
                              object("embed", embed),
                              object("team_chat_subscription", team_chat_subscription),
                              object("team_chat_tab", team_chat_tab),
                              object("event_subscription", event_subscription),
                              open("connector"),
                              open("connect"),
                              open("customer_form"),
                              open("marketplace_actions"),
                              open("marketplace_triggers"),
                              open("sdk_domain_allow_list"),
                              open("plugin_sdk")};

constexpr std::array manifest{required(object("display_information", display_information)),
                              required(object("oauth_information", oauth_information)),
                              object("developer_information", developer_information), object("features", features)};

constexpr std::array create_body{choice("app_type", app_types),
                                 text("app_name"),
                                 text("contact_name"),
                                 text("contact_email"),
                                 text("company_name"),
                                 texts("scopes"),
                                 flag("active"),
                                 flag("publish"),
                                 member("manifest", Kind::elsewhere)};

}  // namespace

Shape manifest_shape() { return manifest; }
Shape create_body_shape() { return create_body; }

}  // namespace gatehouse::catalogue

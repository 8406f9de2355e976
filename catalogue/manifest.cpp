#include "catalogue/manifest.hpp"

#include <algorithm>
#include <initializer_list>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "catalogue/characters.hpp"
#include "catalogue/manifest_scopes.hpp"
#include "catalogue/manifest_shape.hpp"
#include "catalogue/shape_check.hpp"

namespace gatehouse::catalogue {
namespace {

namespace json = boost::json;

const json::object& section(const json::object& parent, std::string_view name) {
  static const json::object nothing;
  const auto* value = parent.if_contains(name);
  return value != nullptr && value->is_object() ? value->get_object() : nothing;
}

const json::array& list(const json::object& parent, std::string_view name) {
  static const json::array nothing;
  const auto* value = parent.if_contains(name);
  return value != nullptr && value->is_array() ? value->get_array() : nothing;
}

std::string_view text(const json::object& parent, std::string_view name) {
  const auto* value = parent.if_contains(name);
  return value != nullptr && value->is_string()
             ? std::string_view{value->get_string().data(), value->get_string().size()}
             : std::string_view{};
}

bool is_on(const json::object& parent, std::string_view name) {
  const auto* value = parent.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::string first_of(std::initializer_list<std::string_view> texts) {
  const auto found = std::ranges::find_if(texts, [](std::string_view given) { return !given.empty(); });
  return found == texts.end() ? std::string() : std::string(*found);
}

bool is_blank(std::string_view given) { return given.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool has_control_characters(std::string_view given) {
  return std::ranges::any_of(given, [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; });
}

void check_display(const json::object& display, const Place& place, ManifestErrors& errors) {
  const auto name = text(display, "display_name");
  const Place at(place, "display_name");
  const auto* value = display.if_contains("display_name");
  if (value != nullptr && value->is_string() && (is_blank(name) || has_control_characters(name))) {
    errors.add(at, "invalid_value", "Must be a name that people can read.");
  } else if (characters_in(name) > display_name_characters_max) {
    errors.add(at, "too_long", "Must have fewer than 50 characters.");
  }
  if (list(display, "marketplace_categories").size() > categories_max) {
    errors.add(Place(place, "marketplace_categories"), "too_many", "Has more than 20 entries.");
  }
}

// What shows inside the vendor's client needs a product to show in.
void check_features(const json::object& features, const Place& place, ManifestErrors& errors) {
  if (list(features, "products").empty()) {
    for (const auto* name : {"development_home_uri", "production_home_uri"}) {
      if (!text(features, name).empty()) {
        errors.add(Place(place, name), "products_required", "Needs at least one entry in products.");
      }
    }
    if (!list(features, "domain_allow_list").empty()) {
      errors.add(Place(place, "domain_allow_list"), "products_required", "Needs at least one entry in products.");
    }
  }
  const auto& chat = section(features, "team_chat_subscription");
  const Place chat_place(place, "team_chat_subscription");
  const Place command_place(chat_place, "slash_command");
  if (is_on(chat, "enable") && is_blank(text(section(chat, "slash_command"), "development_message_url"))) {
    errors.add(Place(command_place, "development_message_url"), "missing",
               "Must be set when the subscription is enabled.");
  }
}

std::optional<ManagementLevel> level_from(std::string_view usage) {
  if (usage == "USER_OPERATION") {
    return ManagementLevel::user;
  }
  return usage == "ADMIN_MANAGEMENT" ? std::optional(ManagementLevel::account) : std::nullopt;
}

void read_display(const json::object& manifest, AppFacts& facts) {
  const auto& display = section(manifest, "display_information");
  const auto& developer = section(manifest, "developer_information");
  facts.name = text(display, "display_name");
  facts.description = text(display, "description");
  facts.company = first_of({text(display, "company_name"), text(developer, "company_name")});
  facts.listed = text(display, "discover_type") == "LISTED";
  for (const auto& category : list(display, "marketplace_categories")) {
    if (const auto* name = category.if_string()) {
      facts.categories.emplace_back(name->data(), name->size());
    }
  }
  facts.support_url = first_of({text(display, "support_url"), text(developer, "support")});
  facts.terms_url = first_of({text(display, "terms_url"), text(developer, "terms_of_use")});
  facts.privacy_url = first_of({text(display, "privacy_url"), text(developer, "privacy_policy")});
  facts.documentation_url = text(display, "doc_url");
}

// A set of credentials is missing only where the manifest names a redirect for the other set and none for this one.
void read_credentials(const json::object& oauth, AppFacts& facts) {
  const bool production = !text(oauth, "production_redirect_uri").empty();
  const bool development = !text(oauth, "development_redirect_uri").empty();
  facts.has_production = production || !development;
  facts.has_development = development || !production;
}

ManifestReport check(const json::object& manifest, const Place& place, const ScopeCatalogue& catalogue,
                     ManifestErrors& errors) {
  ManifestReport report;
  report.text = json::serialize(manifest);
  if (report.text.size() > manifest_bytes_max) {
    errors.add(place, "too_large", "The manifest is larger than 128 KiB.");
    return report;
  }
  check_shape(manifest, manifest_shape(), place, errors);
  check_display(section(manifest, "display_information"), Place(place, "display_information"), errors);
  check_features(section(manifest, "features"), Place(place, "features"), errors);
  const auto& oauth = section(manifest, "oauth_information");
  const Place oauth_place(place, "oauth_information");
  const auto level = level_from(text(oauth, "usage"));
  const auto& entries = list(oauth, "scopes");
  if (entries.size() <= manifest_scopes_max) {
    auto scopes = read_scopes(entries, level, catalogue, Place(oauth_place, "scopes"), errors);
    report.facts.required_scopes = std::move(scopes.required);
    report.facts.optional_scopes = std::move(scopes.optional);
    report.warnings = std::move(scopes.unknown);
  }
  report.facts.level = level.value_or(ManagementLevel::user);
  read_display(manifest, report.facts);
  read_credentials(oauth, report.facts);
  return report;
}

}  // namespace

ManifestReport validate_manifest(const json::value& document, const ScopeCatalogue& scopes) {
  ManifestErrors errors;
  ManifestReport report;
  const Place place;
  const auto* object = document.if_object();
  const auto* inner = object != nullptr ? object->if_contains("manifest") : nullptr;
  if (object == nullptr || (inner != nullptr && !inner->is_object())) {
    errors.add(place, "wrong_type", "A manifest is an object.");
  } else if (inner == nullptr) {
    report = check(*object, place, scopes, errors);
  } else {
    check_shape(*object, create_body_shape(), place, errors);
    report = check(inner->get_object(), Place::manifest_in(place), scopes, errors);
    report.app_type = text(*object, "app_type");
    report.facts.company = first_of({report.facts.company, text(*object, "company_name")});
  }
  report.errors = std::move(errors).take();
  if (!report.ok()) {
    report.text.clear();
  }
  return report;
}

}  // namespace gatehouse::catalogue

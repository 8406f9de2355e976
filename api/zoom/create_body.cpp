#include "api/zoom/create_body.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "api/command_problem.hpp"
#include "api/text_form.hpp"
#include "api/zoom/body.hpp"
#include "catalogue/manifest.hpp"
#include "domain/email.hpp"

namespace gatehouse::api::zoom {

namespace {

namespace json = boost::json;

constexpr std::size_t app_name_max = 50;  // characters, as all of these
constexpr std::size_t company_name_max = 150;
constexpr std::size_t contact_name_max = 150;
constexpr std::array<std::string_view, 3> app_types{"s2s_oauth", "meeting_sdk", "general"};

// The first so many characters.
std::string cut_to(std::string_view utf8, std::size_t characters) {
  std::size_t end = 0;
  for (std::size_t seen = 0; end < utf8.size(); ++end) {
    if ((utf8[end] & 0xc0) != 0x80 && ++seen > characters)
      break;
  }
  return std::string(utf8.substr(0, end));
}

struct Names {
  std::string app;
  std::string contact;
  std::string email;
  std::string company;
};

std::optional<Problem> read_name(const json::object& body, std::string_view member, std::size_t max, std::string& out) {
  const auto text = text_of(body, member);
  const auto pointer = "/" + std::string(member);
  if (!text || text->find_first_not_of(' ') == std::string_view::npos || !is_plain_text(*text, max)) {
    return invalid_member(pointer,
                          "Must be a name that people can read, of at most " + std::to_string(max) + " characters.");
  }
  out = *text;
  return std::nullopt;
}

std::optional<Problem> read_names(const json::object& body, Names& names) {
  if (auto wrong = read_name(body, "app_name", app_name_max, names.app))
    return wrong;
  if (auto wrong = read_name(body, "contact_name", contact_name_max, names.contact))
    return wrong;
  if (auto wrong = read_name(body, "company_name", company_name_max, names.company))
    return wrong;
  auto email = normalise_email(text_of(body, "contact_email").value_or(""));
  if (!email)
    return invalid_member("/contact_email", "Must be an e-mail address.");
  names.email = std::move(*email);
  return std::nullopt;
}

std::optional<Problem> read_flag(const json::object& body, std::string_view name, bool& flag) {
  const auto* value = body.if_contains(name);
  if (value == nullptr || value->is_null())
    return std::nullopt;
  if (!value->is_bool())
    return invalid_member("/" + std::string(name), "Must be true or false.");
  flag = value->get_bool();
  return std::nullopt;
}

tl::expected<json::array, Problem> read_scopes(const json::object& body) {
  const auto* value = body.if_contains("scopes");
  json::array entries;
  if (value == nullptr || value->is_null())
    return entries;
  if (!value->is_array())
    return tl::unexpected(invalid_member("/scopes", "Must be a list of scope names."));
  for (const auto& name : value->get_array()) {
    if (!name.is_string())
      return tl::unexpected(invalid_member("/scopes/" + std::to_string(entries.size()), "Must be a scope's name."));
    entries.push_back(json::object{{"scope", name.get_string()}});
  }
  return entries;
}

// User-level unless a scope asks for more than the user's own.
bool asks_for_account(const json::array& scopes) {
  return scopes.empty() || std::ranges::any_of(scopes, [](const json::value& entry) {
           const std::string_view name(entry.at("scope").get_string());
           return name.ends_with(":admin") || name.ends_with(":master");
         });
}

json::object manifest_saying(const Names& names, json::array scopes) {
  const auto usage = asks_for_account(scopes) ? "ADMIN_MANAGEMENT" : "USER_OPERATION";
  return {
      {"display_information",
       {{"display_name", cut_to(names.app, catalogue::display_name_characters_max)}, {"company_name", names.company}}},
      {"oauth_information", {{"usage", usage}, {"scopes", std::move(scopes)}}},
      {"developer_information",
       {{"developer_name", names.contact}, {"developer_email", names.email}, {"company_name", names.company}}}};
}

tl::expected<ManifestInput, Problem> read_with(const json::value& manifest, const ManifestReader& read_manifest) {
  auto read = read_manifest(manifest);
  if (read)
    return std::move(read->input);
  for (auto& error : read.error())
    error.pointer = "/manifest" + error.pointer;
  return tl::unexpected(to_problem(UnreadableCommand{
      .code = "manifest_invalid", .detail = "The manifest is not valid.", .errors = std::move(read.error())}));
}

}  // namespace

tl::expected<ManifestInput, Problem> read_manifest_member(const json::object& body,
                                                          const ManifestReader& read_manifest) {
  const auto* manifest = body.if_contains("manifest");
  if (manifest == nullptr || !manifest->is_object())
    return tl::unexpected(invalid_member("/manifest", "Must be a manifest."));
  return read_with(*manifest, read_manifest);
}

tl::expected<CreateBody, Problem> read_create_body(std::string_view body, const ManifestReader& read_manifest) {
  const auto object = read_object(body);
  if (!object)
    return tl::unexpected(object.error());
  CreateBody read;
  read.app_type = text_of(*object, "app_type").value_or("");
  if (std::ranges::find(app_types, read.app_type) == app_types.end())
    return tl::unexpected(invalid_member("/app_type", "Must be one of: s2s_oauth meeting_sdk general."));
  Names names;
  if (auto wrong = read_names(*object, names))
    return tl::unexpected(std::move(*wrong));
  // An app for the account's own server is of no use before it is active.
  read.active = read.app_type == "s2s_oauth";
  for (auto [name, flag] : {std::pair("active", &read.active), std::pair("publish", &read.publish)}) {
    if (auto wrong = read_flag(*object, name, *flag))
      return tl::unexpected(std::move(*wrong));
  }
  auto scopes = read_scopes(*object);
  if (!scopes)
    return tl::unexpected(std::move(scopes.error()));
  const bool own_manifest = read.app_type == "general" || object->contains("manifest");
  auto manifest = own_manifest ? read_manifest_member(*object, read_manifest)
                               : read_with(manifest_saying(names, std::move(*scopes)), read_manifest);
  if (!manifest)
    return tl::unexpected(std::move(manifest.error()));
  read.manifest = std::move(*manifest);
  read.manifest.facts.name = names.app;  // the manifest stays as it was sent
  read.app_name = names.app;
  return read;
}

}  // namespace gatehouse::api::zoom

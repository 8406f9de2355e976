#include "api/etag.hpp"

#include <algorithm>
#include <charconv>

#include "identity/base64.hpp"
#include "identity/digest.hpp"

namespace gatehouse::api {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// One entity tag at the beginning of `text`, with its quotes and a weak one's W/; empty if there is none.
std::string_view leading_tag(std::string_view text) {
  const std::size_t begin = text.starts_with("W/") ? 2 : 0;
  if (text.size() <= begin || text[begin] != '"')
    return {};
  const auto end = text.find('"', begin + 1);
  if (end == std::string_view::npos)
    return {};
  const auto opaque = text.substr(begin + 1, end - begin - 1);
  const bool allowed = std::ranges::all_of(opaque, [](char character) {
    const auto code = static_cast<unsigned char>(character);
    return code > 0x20 && code != 0x7f;
  });
  return allowed ? text.substr(0, end + 1) : std::string_view();
}

// The tags of a list, which commas part, until `take` wants no more. False if it is not a list of tags as far as it was read. Empty elements
// are none (RFC 9110, 5.6.1.2).
template <class Take>
bool visit_tags(std::string_view field, Take take) {
  auto rest = trimmed(field);
  const auto skip_commas = [&rest] {
    while (rest.starts_with(','))
      rest = trimmed(rest.substr(1));
  };
  for (skip_commas(); !rest.empty(); skip_commas()) {
    const auto tag = leading_tag(rest);
    if (tag.empty())
      return false;
    rest = trimmed(rest.substr(tag.size()));
    if (!take(tag))
      return true;
    if (!rest.empty() && !rest.starts_with(','))
      return false;
  }
  return true;
}

// Whether it says that the catalogue is at another position.
bool is_of_another_catalogue(std::string_view tag, Position catalogue) {
  const auto at = tag.find(".c");
  if (at == std::string_view::npos)
    return false;
  const auto said = tag.substr(at + 2, tag.find_first_of(".\"", at + 2) - at - 2);
  return said != std::to_string(catalogue.value);
}

std::uint64_t version_in(std::string_view tag) {
  if (!tag.starts_with("\"v"))
    return no_version;
  std::uint64_t version = 0;
  const auto* last = tag.data() + tag.size();
  const auto [end, error] = std::from_chars(tag.data() + 2, last, version);
  return error == std::errc() && (*end == '"' || *end == '.') ? version : no_version;
}

template <class VersionOf>
tl::expected<std::vector<std::uint64_t>, Problem> parse_versions(std::string_view field, VersionOf version_of) {
  std::vector<std::uint64_t> versions;
  if (trimmed(field) == "*")
    return versions;
  const bool well_formed = visit_tags(field, [&](std::string_view tag) {
    versions.push_back(version_of(tag));
    return true;
  });
  if (!well_formed || versions.empty())
    return tl::unexpected(make_problem("invalid_precondition", "If-Match must be entity tags such as \"v17\", or *."));
  return versions;
}

}  // namespace

std::string version_tag(std::uint64_t version, std::optional<Position> catalogue, const UserId& caller) {
  auto tag = "\"v" + std::to_string(version);
  if (catalogue)
    tag += ".c" + std::to_string(catalogue->value);
  if (!caller.empty())
    tag += ".u" + caller.value;
  return tag + "\"";
}

std::string content_tag(std::string_view body) {
  return "\"b" + identity::base64_encode(identity::sha256(body)) + "\"";
}

std::string content_tag(std::uint64_t version, std::optional<Position> catalogue, std::string_view body) {
  auto tag = version_tag(version, catalogue);
  tag.back() = '.';
  return tag += content_tag(body).substr(1);
}

std::string tag_in_period(std::string tag, std::uint64_t period) {
  tag.back() = '.';
  return tag += "p" + std::to_string(period) + "\"";
}

tl::expected<std::vector<std::uint64_t>, Problem> parse_if_match(std::string_view field) {
  return parse_versions(field, version_in);
}

tl::expected<std::vector<std::uint64_t>, Problem> parse_if_match(std::string_view field, Position catalogue) {
  return parse_versions(field, [catalogue](std::string_view tag) {
    return is_of_another_catalogue(tag, catalogue) ? no_version : version_in(tag);
  });
}

bool asks_for_none(std::string_view if_none_match) { return trimmed(if_none_match) == "*"; }

bool is_known_to_client(std::string_view if_none_match, std::string_view tag) {
  if (asks_for_none(if_none_match))
    return true;
  bool known = false;
  visit_tags(if_none_match, [&](std::string_view sent) {
    if (sent.starts_with("W/"))
      sent.remove_prefix(2);
    known = sent == tag;
    return !known;
  });
  return known;
}

}  // namespace gatehouse::api

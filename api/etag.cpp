#include "api/etag.hpp"

#include <algorithm>
#include <charconv>

#include "identity/base64.hpp"
#include "identity/digest.hpp"

namespace gatehouse::api {
namespace {

constexpr std::uint64_t no_version = UINT64_MAX;

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

std::uint64_t version_in(std::string_view tag) {
  if (!tag.starts_with("\"v"))
    return no_version;
  std::uint64_t version = 0;
  const auto* last = tag.data() + tag.size();
  const auto [end, error] = std::from_chars(tag.data() + 2, last, version);
  return error == std::errc() && (*end == '"' || *end == '.') ? version : no_version;
}

}  // namespace

std::string version_tag(std::uint64_t version, std::optional<Position> catalogue) {
  auto tag = "\"v" + std::to_string(version);
  if (catalogue)
    tag += ".c" + std::to_string(catalogue->value);
  return tag + "\"";
}

std::string content_tag(std::string_view body) {
  return "\"b" + identity::base64_encode(identity::sha256(body)) + "\"";
}

std::string tag_in_period(std::string tag, std::uint64_t period) {
  tag.back() = '.';
  return tag += "p" + std::to_string(period) + "\"";
}

tl::expected<std::optional<std::uint64_t>, Problem> parse_if_match(std::string_view field) {
  field = trimmed(field);
  if (field == "*")
    return std::optional<std::uint64_t>();
  const auto tag = leading_tag(field);
  if (tag.empty() || tag.size() != field.size()) {
    return tl::unexpected(
        make_problem("invalid_precondition", "If-Match must be one entity tag such as \"v17\", or *."));
  }
  return std::optional(version_in(tag));
}

bool is_known_to_client(std::string_view if_none_match, std::string_view tag) {
  auto rest = trimmed(if_none_match);
  if (rest == "*")
    return true;
  while (!rest.empty()) {
    auto sent = leading_tag(rest);
    if (sent.empty())
      return false;
    rest = trimmed(rest.substr(sent.size()));
    if (sent.starts_with("W/"))
      sent.remove_prefix(2);
    if (sent == tag)
      return true;
    if (!rest.starts_with(','))
      return false;
    rest = trimmed(rest.substr(1));
  }
  return false;
}

}  // namespace gatehouse::api

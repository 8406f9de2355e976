#include "api/media_type.hpp"

#include <algorithm>

namespace gatehouse::api {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  const auto lower = [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
  };
  return std::ranges::equal(left, right, {}, lower, lower);
}

// Cuts the text before the first `mark` off `rest`.
std::string_view cut(std::string_view& rest, char mark) {
  const auto end = std::min(rest.find(mark), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return trimmed(part);
}

constexpr int quality_max = 1'000;

// A weight of RFC 9110 section 12.4.2 in thousandths; what is none counts as 1.
int quality_of(std::string_view text) {
  if (!text.starts_with('0'))
    return quality_max;
  int quality = 0;
  for (std::size_t place = 2; place < 5; ++place) {
    const bool digit = place < text.size() && text[place] >= '0' && text[place] <= '9';
    quality = 10 * quality + (digit ? text[place] - '0' : 0);
  }
  return quality;
}

// 3 for the type itself, 2 for type/*, 1 for */*, 0 when the range does not cover it.
int specificity(std::string_view range, std::string_view media_type) {
  if (equal_ignoring_case(range, media_type))
    return 3;
  if (range == "*/*")
    return 1;
  const auto slash = media_type.find('/');
  return range.ends_with("/*") &&
                 equal_ignoring_case(range.substr(0, range.size() - 1), media_type.substr(0, slash + 1))
             ? 2
             : 0;
}

}  // namespace

bool is_media_type(std::string_view content_type, std::string_view wanted) {
  auto rest = content_type;
  if (!equal_ignoring_case(cut(rest, ';'), wanted))
    return false;
  while (!rest.empty()) {
    auto value = cut(rest, ';');
    const auto name = cut(value, '=');
    if (name.empty() && value.empty())
      continue;
    const bool utf8 = equal_ignoring_case(value, "utf-8") || equal_ignoring_case(value, "\"utf-8\"");
    if (!equal_ignoring_case(name, "charset") || !utf8)
      return false;
  }
  return true;
}

bool is_json(std::string_view content_type) { return is_media_type(content_type, "application/json"); }

int acceptance(std::string_view accept, std::string_view media_type) {
  int best = 0;
  int accepted = trimmed(accept).empty() ? quality_max : 0;
  while (!accept.empty()) {
    auto range = cut(accept, ',');
    const auto type = cut(range, ';');
    int quality = quality_max;
    while (!range.empty()) {
      auto value = cut(range, ';');
      if (equal_ignoring_case(cut(value, '='), "q"))
        quality = quality_of(value);
    }
    const auto found = specificity(type, media_type);
    if (found > best) {
      best = found;
      accepted = quality;
    }
  }
  return accepted;
}

bool accepts(std::string_view accept, std::string_view media_type) { return acceptance(accept, media_type) > 0; }

}  // namespace gatehouse::api

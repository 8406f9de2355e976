#include "api/target.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace gatehouse::api {

namespace urls = boost::urls;

namespace {

bool is_plain(char character) {
  constexpr std::string_view marks = "-._~:@/";
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || marks.find(character) != std::string_view::npos;
}

// A path of plain characters without a query, as nearly all are: what stands between the slashes is what is meant.
bool is_plain_path(std::string_view target) {
  return target.size() > 1 && target.front() == '/' && target.find("//") == std::string_view::npos &&
         std::ranges::all_of(target, is_plain);
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  segments.reserve(static_cast<std::size_t>(std::ranges::count(path, '/')));
  for (std::size_t at = 0; at != std::string_view::npos;) {
    const auto end = path.find('/', at + 1);
    segments.emplace_back(path.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
    at = end;
  }
  return segments;
}

}  // namespace

Target parse_target(std::string_view target) {
  Target result;
  if (is_plain_path(target)) {
    result.segments = split(target);
    return result;
  }
  const auto parsed = urls::parse_origin_form({target.data(), target.size()});
  if (!parsed) {
    result.well_formed = false;
    return result;
  }
  const auto segments = parsed->encoded_segments();
  result.segments.reserve(segments.size());
  for (const auto segment : segments)
    result.segments.push_back(segment.decode());
  if (parsed->encoded_query().empty())  // "?" alone is none
    return result;
  const urls::encoding_opts form{true, false, false};
  for (const auto parameter : parsed->params(form)) {
    result.parameters.emplace_back(parameter.key, parameter.has_value ? parameter.value : std::string());
  }
  return result;
}

}  // namespace gatehouse::api

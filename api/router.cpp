#include "api/router.hpp"

#include <algorithm>

namespace gatehouse::api {
namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }
bool takes_rest(std::string_view segment) { return segment.ends_with("...}"); }
std::string_view parameter_name(std::string_view segment) {
  return segment.substr(1, segment.size() - (takes_rest(segment) ? 5 : 2));
}

std::string joined(const std::vector<std::string>& segments, std::size_t from) {
  auto text = segments[from];
  for (auto index = from + 1; index < segments.size(); ++index)
    text += "/" + segments[index];
  return text;
}

// "/" alone has none.
std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path == "/")
    return segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

}  // namespace

Router::Router(const std::vector<Route>& routes) {
  std::vector<Pattern> patterns;
  std::size_t longest = 0;
  for (const auto& route : routes) {
    patterns.push_back({&route, split(route.path)});
    longest = std::max(longest, patterns.back().segments.size());
  }
  // A fixed segment wins over a parameter at the same place.
  std::ranges::sort(patterns, [](const Pattern& left, const Pattern& right) {
    return std::ranges::lexicographical_compare(
        left.segments, right.segments, [](auto one, auto other) { return !is_parameter(one) && is_parameter(other); });
  });
  patterns_.resize(longest + 2);
  for (const auto& pattern : patterns) {
    const auto count = pattern.segments.size();
    const auto end = count > 0 && takes_rest(pattern.segments.back()) ? patterns_.size() : count + 1;
    for (auto segments = count; segments < end; ++segments)
      patterns_[segments].push_back(pattern);
  }
}

const std::vector<Router::Pattern>& Router::patterns_for(std::size_t segments) const {
  return patterns_[std::min(segments, patterns_.size() - 1)];
}

bool Router::fits(const Pattern& pattern, const std::vector<std::string>& segments) {
  const auto fits = [](std::string_view wanted, std::string_view given) {
    return is_parameter(wanted) ? !given.empty() : wanted == given;
  };
  const auto wanted = pattern.segments.size();
  if (wanted > 0 && takes_rest(pattern.segments.back()))
    return segments.size() >= wanted &&
           std::equal(pattern.segments.begin(), pattern.segments.end(), segments.begin(), fits);
  return std::ranges::equal(pattern.segments, segments, fits);
}

Router::Match Router::find(std::string_view method, const Target& target) const {
  const auto wanted = method == "HEAD" ? std::string_view("GET") : method;
  Match match;
  for (const auto& pattern : patterns_for(target.segments.size())) {
    if (!fits(pattern, target.segments))
      continue;
    if (pattern.route->method != wanted) {
      match.allow.emplace_back(pattern.route->method);
      if (pattern.route->method == "GET")
        match.allow.emplace_back("HEAD");
      continue;
    }
    match.route = pattern.route;
    for (std::size_t index = 0; index < pattern.segments.size(); ++index) {
      const auto segment = pattern.segments[index];
      if (is_parameter(segment))
        match.path.add(parameter_name(segment),
                       takes_rest(segment) ? joined(target.segments, index) : target.segments[index]);
    }
    return match;
  }
  return match;
}

}  // namespace gatehouse::api

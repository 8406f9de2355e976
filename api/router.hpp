// Finds the route of a request by its method and path. Built once from the table; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "api/parameters.hpp"
#include "api/route.hpp"
#include "api/target.hpp"

namespace gatehouse::api {

class Router {
 public:
  explicit Router(const std::vector<Route>& routes);

  struct Match {
    const Route* route{};  // empty: not found, or another method
    PathValues path;
    std::vector<std::string> allow;  // the methods that the path takes, when it exists
  };
  [[nodiscard]] Match find(std::string_view method, const Target& target) const;

 private:
  struct Pattern {
    const Route* route;
    std::vector<std::string_view>
        segments;  // "{name}" takes any one segment that is not empty, "{name...}" at the end all the rest
  };

  static bool fits(const Pattern& pattern, const std::vector<std::string>& segments);
  [[nodiscard]] const std::vector<Pattern>& patterns_for(std::size_t segments) const;

  std::vector<std::vector<Pattern>>
      patterns_;  // by how many segments there are; those at the end for more than any route names
};

}  // namespace gatehouse::api

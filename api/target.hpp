// A request's target taken apart: the path's segments and the query's parameters, percent-decoded (RFC 3986; a plus sign in
// the query is a space). Decoded text may be anything; whoever uses it checks it.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::api {

struct Target {
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> parameters;  // in the order in which they were sent
  bool well_formed = true;
};

[[nodiscard]] Target parse_target(std::string_view target);

}  // namespace gatehouse::api

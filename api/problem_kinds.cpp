#include "api/problem_kinds.hpp"

#include <algorithm>

#include "table/assert.hpp"

namespace gatehouse::api {

const std::vector<ProblemKind>& problem_kinds() {
  static const std::vector<ProblemKind> kinds = [] {
    std::vector<ProblemKind> all;
    for (const auto part : {detail::transport_problems(), detail::request_problems(), detail::state_problems(),
                            detail::rule_problems()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    std::ranges::sort(all, {}, &ProblemKind::code);
    GATEHOUSE_ASSERT(std::ranges::adjacent_find(all, {}, &ProblemKind::code) == all.end());
    return all;
  }();
  return kinds;
}

const ProblemKind* find_problem_kind(std::string_view code) {
  const auto& kinds = problem_kinds();
  const auto found = std::ranges::lower_bound(kinds, code, {}, &ProblemKind::code);
  return found != kinds.end() && found->code == code ? &*found : nullptr;
}

const ProblemKind& problem_kind(std::string_view code) {
  const auto* kind = find_problem_kind(code);
  GATEHOUSE_ASSERT(kind != nullptr);
  return *kind;
}

}  // namespace gatehouse::api

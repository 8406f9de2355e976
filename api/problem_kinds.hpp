// Every machine code that an answer can carry, with its status, its title and what it means: the one table behind problem
// documents, the pages under /docs/problems and the OpenAPI document.
#pragma once
#include <span>
#include <string_view>
#include <vector>

namespace gatehouse::api {

struct ProblemKind {
  std::string_view code;
  unsigned status{};  // a refused installation makes 403 of a 409 that the installation gate reports
  std::string_view title;
  std::string_view meaning;
  std::string_view remedy;
};

// Sorted by code.
[[nodiscard]] const std::vector<ProblemKind>& problem_kinds();
[[nodiscard]] const ProblemKind* find_problem_kind(std::string_view code);
// For codes of our own making: one that is not in the table is a bug.
[[nodiscard]] const ProblemKind& problem_kind(std::string_view code);

namespace detail {
[[nodiscard]] std::span<const ProblemKind> transport_problems();
[[nodiscard]] std::span<const ProblemKind> request_problems();
[[nodiscard]] std::span<const ProblemKind> state_problems();
[[nodiscard]] std::span<const ProblemKind> rule_problems();
}  // namespace detail

}  // namespace gatehouse::api

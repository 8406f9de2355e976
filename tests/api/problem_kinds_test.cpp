#include "api/problem_kinds.hpp"

#include <gtest/gtest.h>

#include "domain/gate.hpp"
#include "domain/rejection.hpp"
#include "http/refusal.hpp"

namespace gatehouse::api {
namespace {

TEST(ProblemKinds, every_rejection_has_its_entry) {
#define GATEHOUSE_EXPECT(code) EXPECT_NE(find_problem_kind(#code), nullptr) << #code;
  GATEHOUSE_REJECTION_CODES(GATEHOUSE_EXPECT)
#undef GATEHOUSE_EXPECT
}

TEST(ProblemKinds, every_condition_of_the_gate_has_its_entry) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<GateCode>>(
      [](auto code) { EXPECT_NE(find_problem_kind(code.name), nullptr) << code.name; });
}

TEST(ProblemKinds, every_refusal_of_the_transport_has_its_entry_with_the_same_status_and_title) {
  for (const auto& refusal : http::refusal_facts) {
    const auto* kind = find_problem_kind(refusal.code);
    ASSERT_NE(kind, nullptr) << refusal.code;
    EXPECT_EQ(kind->status, refusal.status) << refusal.code;
    EXPECT_EQ(kind->title, refusal.title) << refusal.code;
  }
}

TEST(ProblemKinds, every_entry_can_be_read) {
  for (const auto& kind : problem_kinds()) {
    EXPECT_EQ(kind.code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos) << kind.code;
    EXPECT_GE(kind.status, 400U) << kind.code;
    EXPECT_LT(kind.status, 600U) << kind.code;
    EXPECT_FALSE(kind.title.empty() || kind.title.ends_with('.')) << kind.code;
    EXPECT_TRUE(kind.meaning.ends_with('.')) << kind.code;
    EXPECT_TRUE(kind.remedy.ends_with('.')) << kind.code;
  }
}

TEST(ProblemKinds, are_found_by_their_code) {
  EXPECT_EQ(problem_kind("stale_version").status, 412U);
  EXPECT_EQ(find_problem_kind("stale"), nullptr);
  EXPECT_EQ(find_problem_kind(""), nullptr);
}

}  // namespace
}  // namespace gatehouse::api

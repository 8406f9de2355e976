// Of every member of a row it is known which event had set it, however long ago that was.
#include "replay/decision_inputs.hpp"

#include <gmock/gmock.h>

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"
#include "projections/past.hpp"
#include "projections/state_projection.hpp"
#include "table/memory_table.hpp"
#include "table/undo_table.hpp"

namespace gatehouse {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const AccountId acme{"acme"};
const UserId ann{"ann"};
constexpr char state_space = 's';

struct DecisionInputs : testing::Test {
  void put(std::uint64_t position, const MemberRow& row) {
    UndoTable table(*rows, state_space, position);
    put_row(table, state_keys::member(acme, ann), row);
  }
  void erase(std::uint64_t position) {
    UndoTable table(*rows, state_space, position);
    table.erase(state_keys::member(acme, ann));
  }
  // Of a decision that looked at the member alone.
  DecisionInput input(std::uint64_t position) {
    const auto before = past_rows(rows, state_projection, {position});
    const TracedRows traced(*before, decision_inputs_max);
    (void)traced.get(state_keys::member(acme, ann));
    const auto inputs = decision_inputs(*before, traced);
    EXPECT_EQ(inputs.size(), 1U);
    return inputs.at(0);
  }

  std::shared_ptr<MemoryTable> rows = std::make_shared<MemoryTable>();
};

MemberRow member(const std::string& role, MemberStatus status) {
  return {.role_id = RoleId{role},
          .email = {},
          .name = {},
          .department = {},
          .status = status,
          .joined_at = {},
          .member_since = {}};
}

std::vector<std::uint64_t> positions(const DecisionInput& input) {
  std::vector<std::uint64_t> found;
  for (const auto& set : input.set_by)
    found.push_back(set.position.value);
  return found;
}

TEST_F(DecisionInputs, name_the_event_that_set_each_member) {
  put(2, member("member", MemberStatus::active));
  put(5'000, member("admin", MemberStatus::active));
  put(90'000, member("admin", MemberStatus::deactivated));
  put(90'001, member("admin", MemberStatus::active));
  put(99'999, member("owner", MemberStatus::active));
  const auto then = input(99'998);
  EXPECT_EQ(then.others_until.value, 0U);
  ASSERT_THAT(positions(then), ElementsAre(2, 5'000, 90'001));
  EXPECT_THAT(then.set_by[0].members, Contains("email"));
  EXPECT_THAT(then.set_by[1].members, ElementsAre("role_id"));
  EXPECT_THAT(then.set_by[2].members, ElementsAre("status"));
  EXPECT_THAT(positions(input(89'999)), ElementsAre(2, 5'000));
  EXPECT_THAT(positions(input(4'999)), ElementsAre(2));
}

TEST_F(DecisionInputs, of_a_row_that_was_made_again_do_not_look_behind_it) {
  put(2, member("member", MemberStatus::active));
  erase(3'000);
  put(3'001, member("member", MemberStatus::active));
  EXPECT_THAT(positions(input(9'000)), ElementsAre(3'001));
}

TEST_F(DecisionInputs, of_a_row_that_is_not_there_name_what_took_it_away) {
  EXPECT_THAT(input(10).set_by, IsEmpty());
  put(2, member("member", MemberStatus::active));
  erase(3);
  put(4, member("member", MemberStatus::active));
  erase(3'000);
  const auto gone = input(70'000);
  EXPECT_FALSE(gone.value.has_value());
  EXPECT_THAT(positions(gone), ElementsAre(3'000));
  EXPECT_THAT(gone.set_by[0].members, IsEmpty());
  EXPECT_THAT(positions(input(3)), ElementsAre(3));
  EXPECT_THAT(input(1).set_by, IsEmpty()) << "it had never been there";
}

TEST_F(DecisionInputs, say_how_far_they_looked_back_when_too_much_has_happened) {
  auto row = member("member", MemberStatus::active);
  for (row.version = 1; row.version <= changes_looked_at_max + 10; ++row.version)
    put(row.version, row);
  const auto busy = input(row.version);
  ASSERT_THAT(busy.set_by, SizeIs(1));
  EXPECT_EQ(busy.set_by[0].position.value, changes_looked_at_max + 10);
  EXPECT_THAT(busy.set_by[0].members, ElementsAre("version"));
  EXPECT_GT(busy.others_until.value, 0U);
  EXPECT_LT(busy.others_until.value, changes_looked_at_max + 10);
}

}  // namespace
}  // namespace gatehouse

#include "domain/allow_list.hpp"

#include <gtest/gtest.h>

#include "domain/state_keys.hpp"
#include "tests/domain/office.hpp"

namespace gatehouse::test {
namespace {

const AccountId acme{"acme"};

EventContext at_version(std::uint64_t version) { return {acme, version, Timestamp{1}, {}, {}}; }

AllowListEntry entry_for(const std::string& email) {
  return {EntryId{"id-of-" + email}, EntryKind::email, {}, {}, {"id-of-" + email, email}};
}

TEST(AllowList, AnEntryIsFoundByNameByIdAndByTheAppsThatListIt) {
  MemoryTable rows;
  put_entry(rows, at_version(3), notes, entry_for("eve@acme.example"));
  const State state(rows, acme);
  EXPECT_TRUE(has_entries(state, notes));
  EXPECT_FALSE(has_entries(state, tool));
  EXPECT_EQ(entry_in_force(state, notes, "e:eve@acme.example").value().version, 3U);
  EXPECT_TRUE(rows.get(state_keys::listed_app(acme, "e:eve@acme.example", notes)).has_value());
  erase_entry(rows, at_version(4), notes, EntryId{"id-of-eve@acme.example"});
  EXPECT_EQ(rows.rows().size(), 3U);
  EXPECT_TRUE(rows.get(state_keys::lists_addresses(acme)).has_value());
  const EntryId entry{"id-of-eve@acme.example"};
  EXPECT_TRUE(rows.get(state_keys::unlisted_entry(acme, entry)).has_value());
  EXPECT_TRUE(rows.get(state_keys::unlisted_entry(acme, "eve@acme.example", entry)).has_value());
}

TEST(AllowList, BindingAnAddressMovesTheEntryToTheMember) {
  MemoryTable rows;
  put_entry(rows, at_version(3), notes, entry_for("eve@acme.example"));
  bind_entry(rows, at_version(4), notes, EntryId{"id-of-eve@acme.example"}, UserId{"eve"});
  const State state(rows, acme);
  const auto row = state.allow_list_entry(notes, "u:eve").value();
  EXPECT_EQ(row.entry_id, EntryId{"id-of-eve@acme.example"});
  EXPECT_EQ(row.email.text, "eve@acme.example");
  EXPECT_FALSE(state.allow_list_entry(notes, "e:eve@acme.example").has_value());
}

TEST(AllowList, BindingToAMemberWhoIsListedAlreadyLeavesOneEntry) {
  MemoryTable rows;
  put_entry(rows, at_version(2), notes, {EntryId{"own"}, EntryKind::user, UserId{"eve"}, {}, {}});
  EXPECT_FALSE(rows.get(state_keys::lists_addresses(acme)).has_value());
  const auto before = rows.rows();
  put_entry(rows, at_version(3), notes, entry_for("eve@acme.example"));
  bind_entry(rows, at_version(4), notes, EntryId{"id-of-eve@acme.example"}, UserId{"eve"});
  rows.erase(state_keys::bound_entry(acme, UserId{"eve"}, EntryId{"id-of-eve@acme.example"}));
  rows.erase(state_keys::lists_addresses(acme));
  EXPECT_EQ(rows.rows(), before);
}

TEST(AllowList, UnknownEntriesAreNeitherBoundNorErased) {
  MemoryTable rows;
  bind_entry(rows, at_version(1), notes, EntryId{"missing"}, UserId{"eve"});
  erase_entry(rows, at_version(1), notes, EntryId{"missing"});
  EXPECT_TRUE(rows.rows().empty());
}

TEST(AllowList, WritingAKeyAgainForgetsTheOldEntrysId) {
  MemoryTable rows;
  put_entry(rows, at_version(2), notes, {EntryId{"first"}, EntryKind::group, {}, GroupId{"sales"}, {}});
  put_entry(rows, at_version(3), notes, {EntryId{"second"}, EntryKind::group, {}, GroupId{"sales"}, {}});
  EXPECT_FALSE(rows.get(state_keys::entry_by_id(acme, notes, EntryId{"first"})).has_value());
  EXPECT_EQ(rows.rows().size(), 3U);
}

TEST(AllowList, AMemberIsListedByHimselfByAddressOrByGroup) {
  auto scenario = office();
  const auto listed = [&](const char* user) {
    return is_listed(scenario.state(), notes, UserId{user}, scenario.state().member(UserId{user}).value());
  };
  EXPECT_FALSE(listed("bob"));
  auto& rows = scenario.rows();
  const auto context = at_version(scenario.version() + 1);
  put_entry(rows, context, notes, {EntryId{"1"}, EntryKind::group, {}, GroupId{"sales"}, {}});
  put_entry(rows, context, notes, {EntryId{"2"}, EntryKind::user, UserId{"ann"}, {}, {}});
  put_entry(rows, context, notes, entry_for("dan@acme.example"));
  EXPECT_TRUE(listed("ann"));
  EXPECT_TRUE(listed("bob"));
  EXPECT_TRUE(listed("dan"));
  EXPECT_FALSE(listed("admin"));
}

}  // namespace
}  // namespace gatehouse::test

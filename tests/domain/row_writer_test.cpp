#include "domain/row_writer.hpp"

#include <gtest/gtest.h>

#include "table/memory_table.hpp"
#include "tests/domain/event_text.hpp"

namespace gatehouse {
namespace {

template <class Row>
void expect_comes_back(const Row& row) {
  MemoryTable rows;
  EXPECT_FALSE(read_row<Row>(rows, "key"));
  put_row(rows, "key", row);
  const auto read = read_row<Row>(rows, "key");
  ASSERT_TRUE(read);
  EXPECT_EQ(test::text_of(*read), test::text_of(row));
}

TEST(RowWriter, EveryRowComesBackAsItWas) {
#define GATEHOUSE_TEST_ROW(Row) expect_comes_back(Row{});
  GATEHOUSE_STATE_ROWS(GATEHOUSE_TEST_ROW)
#undef GATEHOUSE_TEST_ROW
  expect_comes_back(MemberRow{RoleId{"admin"},
                              {"ann", "ann@acme.example"},
                              {"ann", {}, "sealed"},
                              {},
                              MemberStatus::deactivated,
                              7,
                              {1'700'000'000'000},
                              5,
                              {1'600'000'000'000},
                              8,
                              9});
  expect_comes_back(RoleRow{"Market", {"MarketPlace:Edit", "User:Read"}, 3, 12});
}

TEST(RowWriter, ARowThatDoesNotDecodeIsNotTakenForAnother) {
  MemoryTable rows;
  rows.put("key", "no row");
  EXPECT_THROW((void)read_row<MemberRow>(rows, "key"), std::runtime_error);
}

}  // namespace
}  // namespace gatehouse

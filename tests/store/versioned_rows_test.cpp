#include "store/versioned_rows.hpp"

#include <gtest/gtest.h>

namespace gatehouse {
namespace {

class VersionedRowsTest : public ::testing::Test {
 protected:
  void put(const std::string& key, std::optional<std::string> value) {
    const OverlayTable::Changes changes{{key, std::move(value)}};
    const auto* all = &changes;
    rows_->apply({&all, 1});
  }
  std::shared_ptr<VersionedRows> rows_ = std::make_shared<VersionedRows>();
};

TEST_F(VersionedRowsTest, every_snapshot_sees_its_own_time) {
  std::vector<std::unique_ptr<VersionedRows::Snapshot>> snapshots;
  for (int number = 0; number < 10; ++number) {
    snapshots.push_back(std::make_unique<VersionedRows::Snapshot>(rows_));
    put("k", number % 3 == 2 ? std::nullopt : std::optional(std::to_string(number)));
  }
  snapshots.erase(snapshots.begin() + 4);
  put("k", "last");
  EXPECT_EQ(snapshots[0]->get("k"), std::nullopt);
  EXPECT_EQ(snapshots[1]->get("k"), "0");
  EXPECT_EQ(snapshots[2]->get("k"), "1");
  EXPECT_EQ(snapshots[3]->get("k"), std::nullopt);
  EXPECT_EQ(snapshots[4]->get("k"), "4");
  EXPECT_EQ(VersionedRows::Snapshot(rows_).get("k"), "last");
}

TEST_F(VersionedRowsTest, a_scan_may_read_on_and_sees_no_later_rows) {
  for (int number = 100; number < 300; ++number)
    put("k" + std::to_string(number), "v");
  const VersionedRows::Snapshot snapshot(rows_);
  std::size_t rows = 0;
  snapshot.scan("k", "", [&](std::string_view key, std::string_view) {
    EXPECT_EQ(snapshot.get(key), "v");
    put("k" + std::to_string(300 + rows), "later");
    ++rows;
    return true;
  });
  EXPECT_EQ(rows, 200U);
}

}  // namespace
}  // namespace gatehouse

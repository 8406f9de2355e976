// What can be made anew from the log, and what must come back from a backup.
#include "cli/refused_log.hpp"

#include <gmock/gmock.h>

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;

TEST(UnreadableTable, of_a_read_model_is_made_anew) {
  EXPECT_EQ(read_model_of("p.catalogue.1.1"), "catalogue");
  EXPECT_THAT(advice_for_unreadable("p.past.3.12", "/srv/data"),
              HasSubstr("gatehouse replay --data /srv/data rebuild past"));
}

TEST(UnreadableTable, of_anything_else_comes_from_a_backup) {
  for (const auto* table : {"log", "state", "streams", "p.transparency.1.1"}) {
    EXPECT_EQ(read_model_of(table), "");
    EXPECT_THAT(advice_for_unreadable(table, "/srv/data"), HasSubstr("gatehouse restore --from"));
  }
}

}  // namespace
}  // namespace gatehouse::cli

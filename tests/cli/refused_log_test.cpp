// What can be made anew from the log, and what must come back from a backup.
#include "cli/refused_log.hpp"

#include <gmock/gmock.h>

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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

TEST(RefusedLog, is_not_called_damaged_for_want_of_open_files) {
  const OpenError few{OpenErrorKind::corrupt, {7}, "Corruption: IO error: 000012.sst: Too many open files"};
  EXPECT_THAT(tell_refused_log("/srv/data", few), HasSubstr("raise the limit of open files"));
  EXPECT_THAT(tell_refused_log("/srv/data", few), Not(HasSubstr("restore")));
  EXPECT_THAT(refusal_of(few), Not(HasSubstr("the files are damaged")));
  const OpenError damaged{OpenErrorKind::corrupt, {7}, "Corruption: block checksum mismatch"};
  EXPECT_THAT(tell_refused_log("/srv/data", damaged), HasSubstr("the files are damaged at position 7"));
  EXPECT_THAT(tell_refused_log("/srv/data", damaged), HasSubstr("gatehouse restore --from"));
}

TEST(RefusedLog, tells_files_of_another_user_from_a_disk_that_fails) {
  const OpenError foreign{
      OpenErrorKind::io, {}, "IO error: While open a file: /srv/data/db/CURRENT: Permission denied"};
  EXPECT_THAT(tell_refused_log("/srv/data", foreign), HasSubstr("give it back (chown -R)"));
  EXPECT_THAT(tell_refused_log("/srv/data", foreign), Not(HasSubstr("look at the disk")));
  const OpenError failing{OpenErrorKind::io, {}, "IO error: While pread: /srv/data/db/000012.sst: Input/output error"};
  EXPECT_THAT(tell_refused_log("/srv/data", failing), HasSubstr("look at the disk"));
}

}  // namespace
}  // namespace gatehouse::cli

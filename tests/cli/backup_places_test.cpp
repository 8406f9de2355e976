#include "cli/backup_places.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gatehouse::cli {
namespace {

TEST(BackupPlaces, lie_apart_from_each_other) {
  EXPECT_NO_THROW(refuse_shared_places({.data = "/srv/data", .log = "/srv/backups", .keys = "/srv/keys"}));
  EXPECT_NO_THROW(refuse_shared_places({.data = "/srv/data", .log = "/srv/data-backups", .keys = ""}));
  for (const auto& shared :
       {BackupPlaces{"/srv/data", "/srv/data", ""}, BackupPlaces{"/srv/data", "/srv/data/backups", ""},
        BackupPlaces{"/srv/data", "/srv", ""}, BackupPlaces{"/srv/data", "/srv/b", "/srv/b/keys"},
        BackupPlaces{"/srv/data", "/srv/b/log", "/srv/b"}, BackupPlaces{"/srv/data", "/srv/b", "/srv/./b/"},
        BackupPlaces{"/srv/data", "/srv/b", "/srv/data/keys"}, BackupPlaces{"/srv/data", "/srv/x/../data/b", ""}})
    EXPECT_THROW(refuse_shared_places(shared), std::runtime_error) << shared.log << " " << shared.keys;
}

}  // namespace
}  // namespace gatehouse::cli

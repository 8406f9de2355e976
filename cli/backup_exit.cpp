#include "cli/backup_exit.hpp"

#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "store/store_health.hpp"
#include "store/try_to_read.hpp"

namespace gatehouse::cli {

namespace {

int tell(const BackupError& error) {
  std::cerr << "gatehouse: " << error.detail << std::endl;
  return error.is_damage ? exit_damaged : exit_not_done;
}

BackupError unreadable(std::string_view table, std::string_view detail) {
  return backup_damaged("cannot read " + std::string(table) + ": " + std::string(detail)).value();
}

}  // namespace

int exit_code_of(const std::function<BackupResult<void>()>& work) try {
  // On other threads than this one, which fold: nothing can be taken away again then.
  when_unreadable([](std::string_view table, std::string_view detail) { std::_Exit(tell(unreadable(table, detail))); });
  const auto done = try_to_read(work);
  if (!done)
    return tell(unreadable(done.error().table, done.error().detail));
  if (!*done)
    return tell(done->error());
  return std::cout.flush() ? 0 : exit_not_done;
} catch (const std::exception& error) {
  return tell(backup_failed(error.what()).value());
}

}  // namespace gatehouse::cli

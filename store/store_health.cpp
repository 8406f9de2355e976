#include "store/store_health.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "store/scratch_folder.hpp"
#include "store/try_to_read.hpp"

namespace gatehouse {

namespace {
constexpr int exit_code_io = 74;  // EX_IOERR of sysexits.h

WhenUnreadable& first() {
  static WhenUnreadable act;
  return act;
}
}  // namespace

void when_unreadable(WhenUnreadable act) { first() = std::move(act); }

void stop_on_unreadable(std::string_view what, std::string_view detail) {
  if (ReadingMayFail::on_this_thread())
    throw UnreadableRow{{std::string(what), std::string(detail)}};
  remove_scratch_folders();
  if (first())
    first()(what, detail);
  const auto line = "gatehouse: cannot read " + std::string(what) + ": " + std::string(detail) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  std::_Exit(exit_code_io);
}

}  // namespace gatehouse

#include "store/background_priority.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace gatehouse {

namespace {

constexpr int background_nice = 15;
thread_local bool is_low = false;

}  // namespace

// On Linux a nice value belongs to a thread (sched(7)).
void lower_own_priority() {
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), background_nice));
  is_low = true;
}

bool own_priority_is_low() { return is_low; }

}  // namespace gatehouse

#include "store/background_priority.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace gatehouse {

namespace {

constexpr int background_nice = 15;

}  // namespace

// On Linux a nice value belongs to a thread (sched(7)).
void lower_own_priority() { static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), background_nice)); }

}  // namespace gatehouse

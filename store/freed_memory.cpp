#include "store/freed_memory.hpp"

#include <malloc.h>

namespace gatehouse {

namespace {

constexpr int mapped_bytes_min = 32 << 20;  // glibc takes no more; what is larger is given back at once
constexpr int kept_bytes_max = 64 << 20;    // at the end of an arena

}  // namespace

void keep_freed_memory() {
  static_cast<void>(::mallopt(M_MMAP_THRESHOLD, mapped_bytes_min));
  static_cast<void>(::mallopt(M_TRIM_THRESHOLD, kept_bytes_max));
}

void return_freed_memory() { static_cast<void>(::malloc_trim(0)); }

}  // namespace gatehouse

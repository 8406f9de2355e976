#include "store/memory_pages.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace gatehouse {

void fetch_pages(char* begin, std::size_t bytes) {
  static const auto page_bytes = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto from = reinterpret_cast<std::uintptr_t>(begin);
  const auto first = (from + page_bytes - 1) / page_bytes * page_bytes, end = (from + bytes) / page_bytes * page_bytes;
  if (first < end)
    static_cast<void>(::madvise(begin + (first - from), end - first, MADV_POPULATE_WRITE));
}

}  // namespace gatehouse

#include "store/return_memory.hpp"

#include <malloc.h>

namespace gatehouse {

void return_freed_memory() { static_cast<void>(::malloc_trim(0)); }

}  // namespace gatehouse

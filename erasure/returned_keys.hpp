// Keys of persons who are erased, or are to be, which an older copy of the store of keys brought back, or a crash left. They go before anything is read with them.
#pragma once
#include <cstddef>

#include "sealing/subject_keys.hpp"
#include "table/table.hpp"

namespace gatehouse {

// By the rows of the log's state. How many there were; throws SubjectKeysFailure.
std::size_t destroy_returned_keys(const TableReader& state, SubjectKeys& keys);

}  // namespace gatehouse

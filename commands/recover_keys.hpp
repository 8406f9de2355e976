// After the power went: gives the persons of the log's last events the keys with which those were sealed, where that they are theirs had not reached the disk yet.
#pragma once
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse {

// How many keys. Before anything is read with them or appended; looks at events that are not certain to have their keys, no others.
std::size_t recover_keys(SubjectKeys& keys, const EventLog& log);

}  // namespace gatehouse

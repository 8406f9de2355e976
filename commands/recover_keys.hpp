// After the power went: gives the persons of the log's last events the keys with which those were sealed, where that they are theirs had not reached the disk yet.
#pragma once
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse {

// How many keys. Before anything is read with them or appended; looks at events that are not certain to have their keys, no others.
std::size_t recover_keys(SubjectKeys& keys, const EventLog& log);

// Of how many persons of those events the key is neither theirs nor in the reserve. When the power goes all of them are in one of both, so the store has lost what was
// on its disk: files of it are damaged or gone, in a way that it cannot see. Changes nothing, and counts no further than lost_keys_max.
inline constexpr std::size_t lost_keys_max = 100;
[[nodiscard]] std::size_t count_lost_keys(const SubjectKeys& keys, const EventLog& log);

}  // namespace gatehouse

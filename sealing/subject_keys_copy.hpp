// A copy of the store of the subjects' keys as it is now, made while it is in use: the keys that live and what tells of those that were destroyed, and nothing else, because it
// is written anew row by row.
#pragma once
#include <string>

#include "sealing/subject_keys.hpp"

namespace gatehouse {

// `folder` is made, with mode 0700, and must not be there. On disk when it returns. Throws SubjectKeysFailure.
void copy_subject_keys(const SubjectKeys& keys, const std::string& folder);

// How many subjects a copy has, with a key or with what tells of one that was destroyed, of whom the store knows nothing: it has lost them.
[[nodiscard]] std::size_t count_lacking_subjects(const SubjectKeys& keys, const SubjectKeys& copy);

}  // namespace gatehouse

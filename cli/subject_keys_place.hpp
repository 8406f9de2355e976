// The store of the subjects' keys beside a log: <data>/subject-keys. A log seals its texts from its first event on, or never.
#pragma once
#include <memory>
#include <string>

#include "cli/data_refused.hpp"
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse::cli {

[[nodiscard]] std::string subject_keys_of(const std::string& data);

// What to do about damage.
[[nodiscard]] std::string keys_advice(const std::string& data);

// Of a store that cannot be opened or written, by what RocksDB said: whether the operating system refused something, which may be better later. A file that is missing is damage.
[[nodiscard]] bool is_of_disk(const std::string& detail);
// With what to do about it.
[[nodiscard]] std::string tell_failed_keys(const std::string& data, const std::string& detail);

// For the server: makes the store for a log that tells of nobody yet. Null for a log that has texts which are not sealed, whatever lies beside it. A log that has sealed texts and no store is
// refused unless `make_anew`, which leaves those texts locked; so is one that has lost keys of the newest events, and whatever is asked, one that is another log's. Throws DataRefused
// with what to do; then no file was changed.
[[nodiscard]] std::unique_ptr<SubjectKeys> keys_to_serve(const std::string& data, const EventLog& log, bool make_anew);

// For a log that comes from elsewhere: a copy of the store in the folder `from`, or, where that is empty, a new one, which leaves what is sealed locked.
void bring_keys(const std::string& from, const std::string& data);

// For tools on a stopped server's data: null when there is no store. Nothing is read with keys of persons who are erased, which an older copy of the store brought back. Changes nothing, and tells
// on the standard error why a server would not start with them.
[[nodiscard]] std::unique_ptr<SubjectKeys> keys_to_read(const std::string& data, const EventLog& log);
// The same, and those keys are destroyed: for what is to be copied, or was. Throws DataRefused where a server would not start with them.
[[nodiscard]] std::unique_ptr<SubjectKeys> keys_to_copy(const std::string& data, const EventLog& log);

// Of a log that is open for reading, and changing nothing: why a server would refuse this store of keys; empty when it would not.
[[nodiscard]] std::string trouble_with_keys(const std::string& data, const EventLog& log);

}  // namespace gatehouse::cli

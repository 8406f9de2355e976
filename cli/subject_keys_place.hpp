// The store of the subjects' keys beside a log: <data>/subject-keys. A log seals its texts from its first event on, or never.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse::cli {

[[nodiscard]] std::string subject_keys_of(const std::string& data);

// The store is missing, damaged, or another log's: the data is not served.
class KeysRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
// What to do about damage.
[[nodiscard]] std::string keys_advice(const std::string& data);

// For the server: makes the store for a log that tells of nobody yet. Null for a log that has texts which are not sealed, whatever lies beside it. A log that has sealed texts and no store is
// refused unless `make_anew`, which leaves those texts locked; so is a store that is another log's. Throws KeysRefused with what to do.
[[nodiscard]] std::unique_ptr<SubjectKeys> keys_to_serve(const std::string& data, const EventLog& log, bool make_anew);

// For a log that comes from elsewhere: a copy of the store in the folder `from`, or, where that is empty, a new one, which leaves what is sealed locked.
void bring_keys(const std::string& from, const std::string& data);

// For tools on a stopped server's data: null when there is no store. Keys of persons who are erased, which an older copy of the store brought back, go.
[[nodiscard]] std::unique_ptr<SubjectKeys> keys_to_read(const std::string& data, const EventLog& log);

// Of a log that is open for reading, and changing nothing: why a server would refuse this store of keys; empty when it would not.
[[nodiscard]] std::string trouble_with_keys(const std::string& data, const EventLog& log);

}  // namespace gatehouse::cli

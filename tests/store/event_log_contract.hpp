// What every backend of the event log must do alike. The tests of the contract are parametrised with the backends; a new backend is one
// more entry of all_backends().
#pragma once
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/event_log.hpp"
#include "store/open_options.hpp"
#include "tests/store/drafts.hpp"

namespace gatehouse::testing {

struct LogBackend {
  std::string name;
  std::function<std::shared_ptr<EventLog>()> make;  // empty; what it stores is gone with it
};
inline void PrintTo(const LogBackend& backend, std::ostream* out) { *out << backend.name; }

[[nodiscard]] std::vector<LogBackend> all_backends();
[[nodiscard]] std::string backend_name(const ::testing::TestParamInfo<LogBackend>& info);

// Options for a small log in a folder.
[[nodiscard]] OpenOptions small_log(const std::filesystem::path& data_dir);

class EventLogContract : public ::testing::TestWithParam<LogBackend> {
 protected:
  const std::shared_ptr<EventLog> log_ = GetParam().make();
};

}  // namespace gatehouse::testing

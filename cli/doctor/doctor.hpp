// `gatehouse doctor`: looks at configuration, disk, permissions, time, keys and history, beside a running server or at a stopped one, and
// says what to do. Reads alone; leaves no trace.
#pragma once
#include <string>

#include "cli/configuration.hpp"
#include "cli/doctor/finding.hpp"

namespace gatehouse::cli {

struct DoctorFlags {
  std::string config{};
  std::string data{};    // empty: the configured one
  std::string listen{};  // empty: the configured one
  bool json = false;
  bool network = false;  // connect to the mail server as well
};

[[nodiscard]] Findings examine(const DoctorFlags& flags);
// Prints what was found. 0 when all is well, 1 for warnings, 2 when something is wrong.
int run_doctor(const DoctorFlags& flags);

}  // namespace gatehouse::cli

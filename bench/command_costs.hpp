// What each kind of command costs on a company of a given size: the processor time of the commit thread for one command (decide, fold, stage,
// write), made durable in groups of 64. Processor time, because the time of the disk is another figure and does not depend on the size.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "bench/company.hpp"

namespace gatehouse::bench {

struct CommandCost {
  std::string command;
  double processor_us{};  // for one command
  double elapsed_us{};    // the same with the disk
};

// The company has `members` members, all of whom have installed_app(). `run`, below 20, tells the runs on one
// company apart.
[[nodiscard]] std::vector<CommandCost> measure_command_costs(Company& company, std::size_t members, std::size_t run);

}  // namespace gatehouse::bench

// What each kind of command costs on companies of different sizes: the processor time of the commit thread for one command (decide, fold,
// stage, write), made durable in groups of 32. Processor time, because the time of the disk is another figure and does not depend on the
// size. The companies take turns group by group and the median group counts, so that whatever else moves on this machine moves all sizes.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "bench/company.hpp"

namespace gatehouse::bench {

// A company with `members` members, all of whom have installed_app().
struct SizedCompany {
  Company& company;
  std::size_t members{};
};

struct CommandCost {
  std::string command;
  std::vector<double> processor_us;  // for one command, in the order of the companies
};

// Once for each company.
[[nodiscard]] std::vector<CommandCost> measure_command_costs(std::span<const SizedCompany> companies);

}  // namespace gatehouse::bench

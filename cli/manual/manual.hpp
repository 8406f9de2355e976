// `gatehouse manual`: writes the manual pages and the completions of the program that it is, for whoever packages it.
#pragma once
#include <string>

#include "cli/manual/command_tree.hpp"

namespace gatehouse::cli {

struct ManualFlags {
  std::string output;         // folder; made when it is missing
  std::string sections;       // folder of <page>.roff with what the help does not tell; empty: none
  std::string configuration;  // the documented file; empty: no page about it
};

// <output>/man1/gatehouse*.1, man5/gatehouse.toml.5, completions/{gatehouse,_gatehouse,gatehouse.fish}. Throws std::runtime_error.
int run_manual(const ManualFlags& flags, const DescribedCommand& program);

}  // namespace gatehouse::cli

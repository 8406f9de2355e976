// Completion for shells, made of what the command line understands: commands, their options, and files where an option takes a value.
#pragma once
#include <string>

#include "cli/manual/command_tree.hpp"

namespace gatehouse::cli {

// Scripts for the program's name alone, each for the place where its shell looks for such.
[[nodiscard]] std::string bash_completion(const DescribedCommand& program);
[[nodiscard]] std::string zsh_completion(const DescribedCommand& program);
[[nodiscard]] std::string fish_completion(const DescribedCommand& program);

}  // namespace gatehouse::cli

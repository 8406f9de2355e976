// Manual pages (groff_man(7)): one for each command, made of what the command line understands, and gatehouse.toml(5), made of the documented
// configuration file.
#pragma once
#include <string>
#include <string_view>

#include "cli/manual/command_tree.hpp"

namespace gatehouse::cli {

// "gatehouse-replay-events", without the section.
[[nodiscard]] std::string page_name(const DescribedCommand& command);

// `more`: sections in roff behind those that follow from the command, such as EXIT STATUS; may be empty.
[[nodiscard]] std::string man_page(const DescribedCommand& command, std::string_view more);

// `file`: lines of "# text", of "#name = value" and of "#[table]", as packaging/gatehouse.toml has them.
[[nodiscard]] std::string configuration_page(std::string_view file);

}  // namespace gatehouse::cli

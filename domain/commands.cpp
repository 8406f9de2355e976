#include "domain/commands.hpp"

#include <array>

namespace gatehouse {

std::string_view name_of(const Command& command) {
#define GATEHOUSE_COMMAND_NAME(type) #type,
  static constexpr std::array<std::string_view, std::variant_size_v<Command>> names{GATEHOUSE_COMMANDS(GATEHOUSE_COMMAND_NAME)};
#undef GATEHOUSE_COMMAND_NAME
  return names[command.index()];
}

}  // namespace gatehouse

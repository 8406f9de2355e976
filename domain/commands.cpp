#include "domain/commands.hpp"

#include <array>
#include <utility>

namespace gatehouse {

Command::Command(const Command& other) = default;
Command::Command(Command&& other) noexcept = default;
Command& Command::operator=(const Command& other) = default;
Command& Command::operator=(Command&& other) noexcept = default;
Command::~Command() = default;

#define GATEHOUSE_COMMAND_CONSTRUCTOR(type) \
  Command::Command(type command) : Alternatives(std::in_place_type<type>, std::move(command)) {}
GATEHOUSE_COMMANDS(GATEHOUSE_COMMAND_CONSTRUCTOR)
#undef GATEHOUSE_COMMAND_CONSTRUCTOR

std::string_view name_of(const Command& command) {
#define GATEHOUSE_COMMAND_NAME(type) #type,
  static constexpr std::array<std::string_view, std::variant_size_v<Command::Alternatives>> names{GATEHOUSE_COMMANDS(GATEHOUSE_COMMAND_NAME)};
#undef GATEHOUSE_COMMAND_NAME
  return names[command.index()];
}

}  // namespace gatehouse

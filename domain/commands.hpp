// Every command, as the HTTP contract names it. A member that may be left out is a std::optional; the names in JSON are the members' names
// without a trailing underscore. What can be checked without state (form of ids, list lengths, text lengths) is checked where JSON becomes
// a command; everything else is decide()'s.
#pragma once
#include <string_view>
#include <variant>

#include "domain/client_commands.hpp"
#include "domain/delivery_commands.hpp"
#include "domain/directory_commands.hpp"
#include "domain/erasure_commands.hpp"
#include "domain/governance_commands.hpp"
#include "domain/operation_commands.hpp"
#include "domain/platform_commands.hpp"
#include "domain/transparency_commands.hpp"
#include "domain/webhook_commands.hpp"

// X(command) in the order of the contract's table: what comes as JSON.
#define GATEHOUSE_CONTRACT_COMMANDS(X) \
  GATEHOUSE_PLATFORM_COMMANDS(X) \
  GATEHOUSE_DIRECTORY_COMMANDS(X) \
  GATEHOUSE_ERASURE_COMMANDS(X) GATEHOUSE_GOVERNANCE_COMMANDS(X) GATEHOUSE_WEBHOOK_COMMANDS(X)
// And those that the program gives by itself.
#define GATEHOUSE_COMMANDS(X) \
  GATEHOUSE_CONTRACT_COMMANDS(X) \
  GATEHOUSE_CLIENT_COMMANDS(X) \
  GATEHOUSE_DELIVERY_COMMANDS(X) \
  GATEHOUSE_WEBHOOK_RECORDS(X) \
  GATEHOUSE_TRANSPARENCY_COMMANDS(X) GATEHOUSE_ERASURE_RECORDS(X) GATEHOUSE_OPERATION_COMMANDS(X)

namespace gatehouse {

namespace detail {
template <class First, class... Rest>
struct CommandAlternatives {
  using Variant = std::variant<Rest...>;
};
struct CommandListHead {};
#define GATEHOUSE_COMMAND_ALTERNATIVE(type) , type
using Commands = CommandAlternatives<CommandListHead GATEHOUSE_COMMANDS(GATEHOUSE_COMMAND_ALTERNATIVE)>::Variant;
#undef GATEHOUSE_COMMAND_ALTERNATIVE
}  // namespace detail

// Visit it as the variant that it is. Compiled once, in commands.cpp, for the reason that events/event.hpp gives.
class Command : public detail::Commands {
 public:
  using Alternatives = detail::Commands;

  Command(const Command& other);
  Command(Command&& other) noexcept;
  Command& operator=(const Command& other);
  Command& operator=(Command&& other) noexcept;
  ~Command();
#define GATEHOUSE_COMMAND_CONSTRUCTOR(type) Command(type command);
  GATEHOUSE_COMMANDS(GATEHOUSE_COMMAND_CONSTRUCTOR)
#undef GATEHOUSE_COMMAND_CONSTRUCTOR
};

[[nodiscard]] std::string_view name_of(const Command& command);

}  // namespace gatehouse

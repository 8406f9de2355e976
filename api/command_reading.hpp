// One command out of its JSON object, by the command's name. The readers are instantiated in four files, one for each block
// of the command list, so that none of them takes long to compile.
#pragma once
#include <optional>
#include <string_view>

#include "api/command_json.hpp"
#include "api/json/described_reader.hpp"

namespace gatehouse::api {

struct CommandReading {
  FieldErrors errors;
  const ManifestReader* read_manifest{};
  bool manifest_refused{};
  std::string app_type;  // of the manifest just read
};

template <>
struct ForeignReader<ManifestInput> {
  static bool read(const boost::json::value& value, ManifestInput& out, const Place& place, CommandReading& reading);
};

using ReadCommand = std::optional<Command> (*)(const boost::json::value&, const Place&, CommandReading&);

// Nothing for a name that is no command of the block.
[[nodiscard]] ReadCommand platform_command_reader(std::string_view type);
[[nodiscard]] ReadCommand directory_command_reader(std::string_view type);
[[nodiscard]] ReadCommand governance_command_reader(std::string_view type);
[[nodiscard]] ReadCommand webhook_command_reader(std::string_view type);

template <class T>
std::optional<Command> read_command_of(const boost::json::value& value, const Place& place, CommandReading& reading) {
  T command;
  if (!detail::read_struct(value, command, place, reading, "type"))
    return std::nullopt;
  return Command(std::move(command));
}

}  // namespace gatehouse::api

// Defines a block's function from its list of commands.
#define GATEHOUSE_COMMAND_READER_CASE(name) \
  if (type == #name) \
    return &read_command_of<name>;

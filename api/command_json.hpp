// The body of a command request as commands: {"type": ...} for one, {"commands": [...]} for a batch. Everything that can be
// judged without state is judged here, and all that is wrong is told at once, each with its place.
#pragma once
#include <boost/json/fwd.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "api/json/field_errors.hpp"
#include "domain/commands.hpp"

namespace gatehouse::api {

struct CommandBatch {
  std::vector<Command> commands;
  bool is_batch{};  // sent as {"commands": [...]}; one command may stand there too
};

struct UnreadableCommand {
  std::string code;  // malformed_json, unknown_command, unknown_field, invalid_field or manifest_invalid
  std::string detail;
  std::vector<ReadError> errors;
};

struct ReadManifest {
  ManifestInput input;
  std::string app_type{};  // of a whole create body; empty otherwise
};
// Checks a manifest strictly and takes out what the rules need; errors point into the document. Any thread.
using ManifestReader = std::function<tl::expected<ReadManifest, std::vector<ReadError>>(const boost::json::value& document)>;

[[nodiscard]] tl::expected<CommandBatch, UnreadableCommand> read_commands(std::string_view body,
                                                                          const ManifestReader& read_manifest);

}  // namespace gatehouse::api

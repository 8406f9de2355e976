#include "api/command_json.hpp"

#include "api/command_reading.hpp"
#include "api/command_rules.hpp"
#include "api/json/strict_parse.hpp"
#include "domain/limits.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;

UnreadableCommand unreadable(std::string_view code, std::string detail, std::vector<ReadError> errors = {}) {
  return {std::string(code), std::move(detail), std::move(errors)};
}

// A whole create body names the kind of app beside the manifest.
void take_app_type(Command& command, CommandReading& reading) {
  const auto take = [&](auto& app) {
    if (!app.app_type && !reading.app_type.empty())
      app.app_type = std::move(reading.app_type);
  };
  if (auto* app = std::get_if<RegisterApp>(&command))
    take(*app);
  if (auto* app = std::get_if<UpdateManifest>(&command))
    take(*app);
  reading.app_type.clear();
}

// The command at `place`, or nothing and the errors say why. `unknown` is set for a type that no command has.
std::optional<Command> read_one(const json::value& value, const Place& place, CommandReading& reading, bool& unknown) {
  if (!check_object(value, place, reading.errors))
    return std::nullopt;
  const Place type_place(place, "type");
  const auto* type = value.get_object().if_contains("type");
  if (type == nullptr || !type->is_string()) {
    reading.errors.invalid_field(type_place, type == nullptr ? "Is missing." : "Must be the name of a command.");
    return std::nullopt;
  }
  const std::string_view name(type->get_string().data(), type->get_string().size());
  auto read = governance_command_reader(name);
  if (read == nullptr)
    read = directory_command_reader(name);
  if (read == nullptr)
    read = platform_command_reader(name);
  if (read == nullptr)
    read = webhook_command_reader(name);
  if (read == nullptr) {
    unknown = true;
    reading.errors.add(
        {type_place.pointer(), "unknown_command", "There is no such command; /docs lists those that there are."});
    return std::nullopt;
  }
  auto command = read(value, place, reading);
  if (command) {
    take_app_type(*command, reading);
    check_members(*command, place, reading.errors);
  }
  return command;
}

tl::expected<const json::array*, UnreadableCommand> batch_of(const json::object& body, CommandReading& reading) {
  const Place document;
  for (const auto& given : body) {
    const std::string_view name(given.key().data(), given.key().size());
    if (name != "commands")
      reading.errors.unknown_field(Place(document, name), {"commands"});
  }
  const auto& commands = body.at("commands");
  const auto size = commands.is_array() ? commands.get_array().size() : 0;
  if (size == 0 || size > limits::commands_per_batch_max) {
    reading.errors.invalid_field(Place(document, "commands"), "Must be a list of 1 to " +
                                                                  std::to_string(limits::commands_per_batch_max) +
                                                                  " commands.");
    return tl::unexpected(unreadable("invalid_field", "The batch is not valid.", std::move(reading.errors).take()));
  }
  return &commands.get_array();
}

UnreadableCommand summary(CommandReading&& reading, bool unknown) {
  auto errors = std::move(reading.errors).take();
  if (reading.manifest_refused) {
    return unreadable("manifest_invalid", "The manifest is not valid; errors name each place.", std::move(errors));
  }
  if (unknown)
    return unreadable("unknown_command", "There is no such command.", std::move(errors));
  const auto code = errors.front().code;
  return unreadable(code,
                    code == "unknown_field" ? "The body has members that the command does not know."
                                            : "Members of the command are not valid; errors name each place.",
                    std::move(errors));
}

}  // namespace

bool ForeignReader<ManifestInput>::read(const json::value& value, ManifestInput& out, const Place& place,
                                        CommandReading& reading) {
  if (!check_object(value, place, reading.errors))
    return false;
  auto manifest = (*reading.read_manifest)(value);
  if (manifest) {
    out = std::move(manifest->input);
    reading.app_type = std::move(manifest->app_type);
    return true;
  }
  reading.manifest_refused = true;
  for (auto& error : manifest.error()) {
    error.pointer = place.pointer() + error.pointer;
    reading.errors.add(std::move(error));
  }
  return false;
}

tl::expected<CommandBatch, UnreadableCommand> read_commands(std::string_view body,
                                                            const ManifestReader& read_manifest) {
  const auto parsed = parse_strictly(body);
  if (!parsed)
    return tl::unexpected(unreadable("malformed_json", parsed.error().detail));
  if (!parsed->is_object()) {
    return tl::unexpected(unreadable("invalid_field", "The body must be a JSON object."));
  }
  CommandReading reading;
  reading.read_manifest = &read_manifest;
  CommandBatch batch;
  bool unknown = false;
  const Place document;
  const auto& object = parsed->get_object();
  if (object.contains("commands") && !object.contains("type")) {
    batch.is_batch = true;
    const auto commands = batch_of(object, reading);
    if (!commands)
      return tl::unexpected(commands.error());
    const Place list(document, "commands");
    for (std::size_t index = 0; index < (*commands)->size(); ++index) {
      if (auto command = read_one((**commands)[index], Place(list, index), reading, unknown)) {
        batch.commands.push_back(std::move(*command));
      }
    }
  } else if (auto command = read_one(*parsed, document, reading, unknown)) {
    batch.commands.push_back(std::move(*command));
  }
  if (!reading.errors.empty())
    return tl::unexpected(summary(std::move(reading), unknown));
  return batch;
}

}  // namespace gatehouse::api

#include "api/command_door.hpp"

namespace gatehouse::api {
namespace {

template <class T>
bool one_of(const Command& command) {
  return std::holds_alternative<T>(command);
}

bool fits_door(const Command& command, bool platform_door) {
  if (one_of<OpenAccount>(command) || one_of<DefineScopes>(command))
    return platform_door;
  const bool of_app = one_of<RegisterApp>(command) || one_of<UpdateManifest>(command) || one_of<ActivateApp>(command) ||
                      one_of<PublishApp>(command) || one_of<UnpublishApp>(command) || one_of<WithdrawApp>(command);
  if (const auto* endpoint = std::get_if<RegisterWebhook>(&command))
    return endpoint->app_id.has_value() || !platform_door;
  const bool of_endpoint = one_of<ChangeWebhook>(command) || one_of<RotateWebhookSecret>(command) ||
                           one_of<EnableWebhook>(command) || one_of<DisableWebhook>(command) ||
                           one_of<RemoveWebhook>(command) || one_of<ValidateWebhook>(command) ||
                           one_of<ResendWebhook>(command);
  return of_app || of_endpoint || !platform_door;
}

}  // namespace

std::optional<UnreadableCommand> check_door(const CommandBatch& batch, bool platform_door) {
  for (std::size_t index = 0; index < batch.commands.size(); ++index) {
    if (fits_door(batch.commands[index], platform_door))
      continue;
    const auto place = batch.is_batch ? "/commands/" + std::to_string(index) + "/type" : std::string("/type");
    const auto* door = platform_door ? "/v1/accounts/{account_id}/commands" : "/v1/platform/commands";
    const auto detail = "This command goes to " + std::string(door) + ".";
    return UnreadableCommand{"unknown_command", detail, {{place, "unknown_command", detail}}};
  }
  return std::nullopt;
}

}  // namespace gatehouse::api

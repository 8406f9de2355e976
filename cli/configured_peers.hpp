// The tables of a configuration file about those whom the server talks to: mail servers, receivers of webhooks, witnesses. Each throws std::runtime_error
// with the setting's name.
#pragma once
#include <toml++/toml.h>

#include "cli/configuration.hpp"

namespace gatehouse::cli {

void read_mail(const toml::table& table, MailSettings& mail);
void read_webhooks(const toml::table& table, WebhookSettings& webhooks);
void read_transparency(const toml::table& table, TransparencySettings& transparency);

}  // namespace gatehouse::cli

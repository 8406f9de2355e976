// Backups as the operator sees and asks for them. No domain data; where they go is the configuration's affair alone.
#pragma once
#include "api/services.hpp"

namespace gatehouse::api {

void list_backups(const Services& services, ExchangePointer exchange);
// 202 when one has been begun, 409 while one is being made.
void begin_backup(const Services& services, ExchangePointer exchange);

// Whether the last attempt failed; never where no backups are configured.
[[nodiscard]] bool backup_failed_last(const Services& services);

}  // namespace gatehouse::api

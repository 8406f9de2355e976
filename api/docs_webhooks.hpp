// The chapter of the readable page that tells how to write a receiver of webhooks.
#pragma once
#include <string>

namespace gatehouse::api {

[[nodiscard]] std::string webhooks_chapter();

}  // namespace gatehouse::api

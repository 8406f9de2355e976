// A row of the state as JSON, for people: its members by their names, times and ids as everywhere, texts about persons as they read.
#pragma once
#include <string>
#include <string_view>

#include "events/ids.hpp"
#include "events/personal_reader.hpp"

namespace gatehouse::api {

// `reader` opens sealed texts, and is null where the log seals none. Who makes somebody else's app is left out.
void append_row(std::string& out, std::string_view key, std::string_view value, const AccountId& account,
                const PersonalReader* reader);

// Of an app's row: made by the account itself.
[[nodiscard]] bool is_own_app(std::string_view value, const AccountId& account);

}  // namespace gatehouse::api

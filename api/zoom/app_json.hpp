// Apps and times in the words of the vendor's API.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "api/query.hpp"
#include "domain/rows.hpp"

namespace gatehouse::api::zoom {

// yyyy-MM-ddTHH:mm:ssZ, in UTC.
[[nodiscard]] std::string time_text(Timestamp time);

// GeneralApp, OAuthApp.
[[nodiscard]] std::string_view type_of(const AppRow& app);

// An app that the account can find, or governs; one that was withdrawn is not there any more. With what the account may read of it.
[[nodiscard]] std::optional<AppRow> present_app(const State& state, const AppId& app_id);

// The members that every listing of apps shares: id, name, type, usage, status.
void append_identity(ObjectWriter& object, const AppId& app_id, const AppRow& app);
// What a listing tells beyond that: developer, description, scopes, links.
void append_facts(ObjectWriter& object, const QueryContext& context, const AppRow& app);
// `app_approval_closed`: the account asks no approval for this app.
void append_approval(ObjectWriter& object, const QueryContext& context, const AppRow& app,
                     const GovernedAppRow& governed);

}  // namespace gatehouse::api::zoom

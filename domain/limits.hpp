// Every limit of the rules, named, with its unit. Values from the domain rules (D30) unless the line says why.
#pragma once
#include <chrono>
#include <cstddef>

namespace gatehouse::limits {

inline constexpr std::size_t list_items_max = 1'000;  // users, entries or requests that one command names
inline constexpr std::size_t commands_per_batch_max = 100;
// Times that an app is added for everyone of an account: each goes on for those who came to have the app by it.
inline constexpr std::size_t everyone_grants_max = 100;
inline constexpr std::size_t reason_characters_max = 1'024;
inline constexpr std::size_t name_characters_max = 256;
inline constexpr std::size_t email_bytes_max = 254;            // RFC 5321 path limit
inline constexpr std::size_t notification_recipients_max = 5;  // R33
inline constexpr std::size_t privileges_per_role_max = 128;
inline constexpr std::size_t roles_per_account_max = 200;
inline constexpr std::size_t groups_per_member_max = 200;  // the gate looks at each group of one user
inline constexpr std::size_t events_per_commit_max = 10'000;
// A group as audience is walked through member by member, or over the app's requests and suspensions, whichever is fewer.
inline constexpr std::size_t audience_walk_max = 10'000;
inline constexpr std::chrono::minutes confirmation_lifetime{10};  // D21
// A mail about something older than this is not sent: after a long stop nobody is flooded with what has long passed.
inline constexpr std::chrono::hours notification_age_max{72};
inline constexpr std::size_t notification_users_max =
    1'000;  // who get a mail about one request when nobody was selected
// Changes of an app's client secret (the vendor's Z19): at most so many within the window, and how long an old secret may go on.
inline constexpr std::size_t secret_changes_max = 3;
inline constexpr std::chrono::minutes secret_changes_window{15};
inline constexpr std::chrono::days secret_expiry_max{30};

inline constexpr std::size_t webhooks_max = 20;  // endpoints of an account, or of an app: the vendor's limit
inline constexpr std::size_t webhook_event_types_max = 100;
inline constexpr unsigned webhook_validation_failures_max =
    6;  // in a row; the endpoint is disabled then, as the vendor does

}  // namespace gatehouse::limits

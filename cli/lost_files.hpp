// Files of a data directory whose loss a start would make good by new ones, without anybody being told: a log that begins anew, secrets that others do not know. They are looked for
// before a server touches anything. Throw DataRefused.
#pragma once
#include <string>

#include "events/envelope.hpp"

namespace gatehouse::cli {

// Neither database nor witness, beside a checkpoint of a log with events.
void refuse_lost_log(const std::string& data);

// A log with fewer events than were published last, by its key: older copies of database and witness are in their places. That it has others is told later, by its tree.
void refuse_lost_events(const std::string& data, Position head);

// Secrets that cannot be what they were. Before the log is opened, so that nothing was changed.
void refuse_damaged_secrets(const std::string& data);

// A log with events, without the key of its tokens or the secret of its webhooks, unless new ones are wanted. One that an earlier version imported or restored has none before its
// first start.
void refuse_lost_secrets(const std::string& data, bool has_events, bool new_secrets);

// Makes those of the two that are not there, for a log that comes from elsewhere. Throws when that cannot be.
void make_missing_secrets(const std::string& data);

}  // namespace gatehouse::cli

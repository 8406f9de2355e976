// Erasures in the running server: its keys, of which those of erased persons are destroyed, also at once when they come back; and mails that were written to files are removed.
#pragma once
#include <memory>

#include "api/structured_log.hpp"
#include "cli/outbound_services.hpp"
#include "erasure/eraser.hpp"

namespace gatehouse::cli {

// What keys_to_serve answers, without keys that came back. Throws.
[[nodiscard]] std::unique_ptr<SubjectKeys> open_keys(const Configuration& configuration, const EventLog& log,
                                                     const api::StructuredLog& lines);

// Null without keys. Everything outlives it.
[[nodiscard]] std::unique_ptr<Eraser> make_eraser(EventLog& log, CommandService& commands, SubjectKeys* keys,
                                                  const api::StructuredLog& lines);
void start_eraser(Eraser* eraser, OutboundServices& outbound);
void stop_eraser(Eraser* eraser);  // before the outbound services

}  // namespace gatehouse::cli

// Erasures in the running server: keys are destroyed, and mails that were written to files are removed.
#pragma once
#include <memory>

#include "api/structured_log.hpp"
#include "cli/outbound_services.hpp"
#include "erasure/eraser.hpp"

namespace gatehouse::cli {

// Null without keys. Everything outlives it; it is to go before the commands and the outbound services stop.
[[nodiscard]] std::unique_ptr<Eraser> start_eraser(EventLog& log, CommandService& commands, SubjectKeys* keys,
                                                   OutboundServices& outbound, const api::StructuredLog& lines);

}  // namespace gatehouse::cli

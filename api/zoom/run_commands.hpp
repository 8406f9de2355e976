// Runs native commands for an operation of the vendor's API, all or none. The vendor knows no confirmation: where a command asks for one, it
// is given at once.
#pragma once
#include <functional>
#include <vector>

#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api::zoom {

// `answer` writes the answer to what was committed; it may run on any thread.
using Answer = std::function<http::Response(const Committed& committed)>;

void run_commands(const Services& services, ExchangePointer exchange, std::vector<Command> commands, Answer answer);

[[nodiscard]] http::Response no_content(const Committed& committed);

}  // namespace gatehouse::api::zoom

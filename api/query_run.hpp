// Runs one query of an account: who may ask, from which position it must answer, which page; waits where it must without
// holding a thread, and gives the answer its headers. Reads are linearizable unless the client says otherwise.
#pragma once
#include <chrono>

#include "api/exchange.hpp"
#include "api/services.hpp"

namespace gatehouse::api {

inline constexpr std::uint64_t long_poll_seconds_max = 60;
// A query that waits for something to happen looks again at most this often.
inline constexpr std::chrono::milliseconds long_poll_pause{50};

void run_query(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api

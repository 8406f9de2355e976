// A moment.
#pragma once
#include <boost/describe/class.hpp>
#include <compare>
#include <cstdint>

namespace gatehouse {

// Unix time in milliseconds, UTC. Never goes backwards within an account.
struct Timestamp {
  std::int64_t unix_ms{};
  auto operator<=>(const Timestamp&) const = default;
};
BOOST_DESCRIBE_STRUCT(Timestamp, (), (unix_ms))

}  // namespace gatehouse

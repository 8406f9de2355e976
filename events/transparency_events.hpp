// What the log says of itself, so that auditors of one account can tell whether they saw all of it (docs/transparency.md).
// It stands in a stream of its own, transparency_stream; no rule depends on it.
#pragma once
#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>

#include "events/ids.hpp"

namespace gatehouse {

// The heads of all streams as they were after the event at `through`: how many, and the root of their map, base64.
struct AccountHeadsCommitted {
  std::uint64_t through{};
  std::uint64_t accounts{};
  std::string root;
};
BOOST_DESCRIBE_STRUCT(AccountHeadsCommitted, (), (through, accounts, root))

}  // namespace gatehouse

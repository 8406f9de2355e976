// The commands by which the program records what an operator asks of a read model that could not take an event (docs/operations.md). They come from
// the program itself alone (actor type system).
#pragma once
#include <cstdint>
#include <string>

#include "events/ids.hpp"

#define GATEHOUSE_OPERATION_COMMANDS(X) X(RetryParkedEvent) X(SkipParkedEvent)

namespace gatehouse {

struct RetryParkedEvent {
  std::string projection;
  std::uint32_t projection_version{};
  AccountId stream;
  std::uint64_t event_position{};
  std::string operator_id;
};

struct SkipParkedEvent {
  std::string projection;
  std::uint32_t projection_version{};
  AccountId stream;
  std::uint64_t event_position{};
  std::string operator_id;
  std::string reason;
};

}  // namespace gatehouse

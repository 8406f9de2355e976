// Frames as the log stores them, for tests.
#pragma once
#include <string>

#include "events/frame.hpp"

namespace gatehouse::testing {

inline constexpr Position commit_first{1000};

[[nodiscard]] inline Position position_of(const Envelope& envelope) {
  return Position{commit_first.value + envelope.commit_index};
}

// Of an Event or an UnknownEvent.
template <class Data>
[[nodiscard]] std::string sealed_frame(const Envelope& envelope, const Data& event) {
  std::array<std::uint8_t, 16> salt{};
  for (std::size_t index = 0; index < salt.size(); ++index)
    salt[index] = static_cast<std::uint8_t>(17 * index);
  std::string frame = draft_frame(envelope, event, salt);
  seal_frame(frame, position_of(envelope), commit_first);
  return frame;
}

}  // namespace gatehouse::testing

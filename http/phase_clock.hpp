// Whether a connection's current phase has lasted too long, as a function of times handed in. Two of them watch a
// connection: one what it receives, one what it sends.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "http/limits.hpp"

namespace gatehouse::http {

enum class Phase : std::uint8_t {
  handshake,
  idle,  // for the next request, nothing of it received
  header,
  body,
  held,  // waiting for ourselves: no deadline
  linger,
  writing,
};

class PhaseClock {
 public:
  using Time = std::chrono::steady_clock::time_point;

  PhaseClock(Phase phase, Time now) : phase_(phase), since_(now) {}

  Phase phase() const { return phase_; }

  void enter(Phase phase, Time now);    // begins the phase unless it is on already
  void restart(Phase phase, Time now);  // begins it anew in any case
  void moved(std::size_t bytes) { bytes_ += bytes; }

  bool expired(Time now, const Deadlines& deadlines) const;

 private:
  Phase phase_;
  Time since_;
  std::uint64_t bytes_ = 0;
};

}  // namespace gatehouse::http

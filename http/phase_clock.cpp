#include "http/phase_clock.hpp"

#include <algorithm>

namespace gatehouse::http {
namespace {

std::chrono::milliseconds at_rate(std::uint64_t bytes, std::size_t bytes_per_second) {
  const std::uint64_t rate = std::max<std::size_t>(bytes_per_second, 1);
  return std::chrono::milliseconds(bytes * 1000 / rate);
}

}  // namespace

void PhaseClock::enter(Phase phase, Time now) {
  if (phase != phase_)
    restart(phase, now);
}

void PhaseClock::restart(Phase phase, Time now) {
  phase_ = phase;
  since_ = now;
  bytes_ = 0;
}

bool PhaseClock::expired(Time now, const Deadlines& deadlines) const {
  const auto lasted = now - since_;
  switch (phase_) {
  case Phase::handshake:
    return lasted > deadlines.tls_handshake;
  case Phase::idle:
    return lasted > deadlines.idle;
  case Phase::header:
    return lasted > deadlines.header;
  case Phase::body:
    return lasted > deadlines.body_grace + at_rate(bytes_, deadlines.body_bytes_per_second);
  case Phase::held:
    return false;
  case Phase::linger:
    return lasted > deadlines.linger;
  case Phase::writing:
    return lasted > deadlines.write_grace + at_rate(bytes_, deadlines.write_bytes_per_second);
  }
  return false;
}

}  // namespace gatehouse::http

// RapidCheck generators of events and envelopes. They do not shrink: a case is small already, and its seed is printed.
#pragma once
#include <rapidcheck.h>

#include <cstdint>
#include <iosfwd>
#include <string>

#include "events/envelope.hpp"

namespace gatehouse {

namespace testing {

[[nodiscard]] Event random_event(std::uint64_t seed);
// As a commit thread hands it over: the log has not assigned anything yet.
[[nodiscard]] Envelope random_envelope(std::uint64_t seed);

[[nodiscard]] std::string event_text(const Event& event);  // struct_text() of whatever it is

}  // namespace testing

// What RapidCheck prints of a failing case.
void showValue(const Event& event, std::ostream& to);
void showValue(const Envelope& envelope, std::ostream& to);

}  // namespace gatehouse

template <>
struct rc::Arbitrary<gatehouse::Event> {
  static Gen<gatehouse::Event> arbitrary() {
    return gen::noShrink(gen::map(gen::noShrink(gen::arbitrary<std::uint64_t>()), gatehouse::testing::random_event));
  }
};

template <>
struct rc::Arbitrary<gatehouse::Envelope> {
  static Gen<gatehouse::Envelope> arbitrary() {
    return gen::map(gen::noShrink(gen::arbitrary<std::uint64_t>()), gatehouse::testing::random_envelope);
  }
};

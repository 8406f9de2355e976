// RapidCheck generators of events and envelopes. They do not shrink: a case is small already, and its seed is printed.
#pragma once
#include <rapidcheck.h>

#include "events/envelope.hpp"
#include "events/struct_text.hpp"
#include "tests/events/event_filler.hpp"

namespace gatehouse::testing {

// Any described struct, from a seed.
template <class T>
[[nodiscard]] T random_value(std::uint64_t seed) {
  RandomValues source{std::mt19937_64(seed)};
  T value{};
  fill(value, source, "value");
  return value;
}

template <class... T>
[[nodiscard]] std::variant<T...> random_alternative(std::uint64_t seed, const std::variant<T...>*) {
  using Make = std::variant<T...> (*)(std::uint64_t);
  constexpr std::array<Make, sizeof...(T)> makers{
      [](std::uint64_t s) -> std::variant<T...> { return random_value<T>(s); }...};
  return makers[seed % makers.size()](seed);
}

[[nodiscard]] inline Event random_event(std::uint64_t seed) {
  return random_alternative(seed, static_cast<const Event*>(nullptr));
}

// As a commit thread hands it over: the log has not assigned anything yet.
[[nodiscard]] inline Envelope random_envelope(std::uint64_t seed) {
  auto envelope = random_value<Envelope>(seed);
  if (envelope.account_id.empty())
    envelope.account_id = catalogue_stream;
  envelope.actor.id = random_value<UserId>(seed + 1).value;
  envelope.actor.role = random_value<RoleId>(seed + 2).value;
  envelope.event_id.bytes[0] |= 1;
  envelope.command_id.bytes[0] |= 1;
  envelope.account_version |= 1;
  envelope.recorded_at.unix_ms &= (std::int64_t{1} << 47) - 1;
  envelope.commit_count = static_cast<std::uint16_t>(envelope.commit_count | 1);
  envelope.commit_index = static_cast<std::uint16_t>(envelope.commit_index % envelope.commit_count);
  envelope.position = Position{};
  envelope.commit_first = Position{};
  return envelope;
}

}  // namespace gatehouse::testing

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

namespace gatehouse {

// What RapidCheck prints of a failing case.
inline void showValue(const Event& event, std::ostream& to) {
  to << name_of(event) << "\n";
  std::visit([&](const auto& alternative) { to << struct_text(alternative); }, event);
}
inline void showValue(const Envelope& envelope, std::ostream& to) { to << struct_text(envelope); }

}  // namespace gatehouse

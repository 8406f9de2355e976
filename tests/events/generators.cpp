#include "tests/events/generators.hpp"

#include <array>
#include <ostream>
#include <variant>

#include "events/struct_text.hpp"
#include "tests/events/event_filler.hpp"

namespace gatehouse {

namespace testing {

namespace {

template <class... T>
Event random_alternative(std::uint64_t seed, const std::variant<T...>*) {
  using Make = Event (*)(std::uint64_t);
  constexpr std::array<Make, sizeof...(T)> makers{[](std::uint64_t s) -> Event { return random_value<T>(s); }...};
  return makers[seed % makers.size()](seed);
}

}  // namespace

Event random_event(std::uint64_t seed) { return random_alternative(seed, static_cast<const Event::Alternatives*>(nullptr)); }

Envelope random_envelope(std::uint64_t seed) {
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

std::string event_text(const Event& event) {
  return std::visit([](const auto& alternative) { return struct_text(alternative); }, event);
}

}  // namespace testing

void showValue(const Event& event, std::ostream& to) { to << name_of(event) << "\n" << testing::event_text(event); }

void showValue(const Envelope& envelope, std::ostream& to) { to << struct_text(envelope); }

}  // namespace gatehouse

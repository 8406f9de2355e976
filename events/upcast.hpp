// From what earlier versions stored to what the rules know today: pure, total functions from each version of an event to the next. To
// change an event's shape: copy the struct (and what it holds) into events/frozen_events.hpp, raise its version in
// events/event.hpp, list the frozen struct in EarlierVersions and write its upcast here, and add golden files.
#pragma once
#include <boost/mp11/list.hpp>
#include <cstdint>
#include <utility>

#include "events/event.hpp"
#include "events/frozen_events.hpp"

namespace gatehouse {

// The frozen versions of an event, from version 1 on.
template <EventType T>
struct EarlierVersions {
  using List = boost::mp11::mp_list<>;
};
template <>
struct EarlierVersions<AppRegistered> {
  using List = boost::mp11::mp_list<v1::AppRegistered>;
};

template <>
struct EarlierVersions<AppAddedForAudience> {
  using List = boost::mp11::mp_list<v1::AppAddedForAudience, v2::AppAddedForAudience>;
};

template <>
struct EarlierVersions<AppUninstalled> {
  using List = boost::mp11::mp_list<v1::AppUninstalled>;
};

// Version 1 never covered development, and did not count what it settled.
[[nodiscard]] v2::AppAddedForAudience upcast(v1::AppAddedForAudience old);
// Version 2 for everyone gave those who had the app by an earlier one another subscription; what came later names those.
[[nodiscard]] AppAddedForAudience upcast(v2::AppAddedForAudience old);
// Version 1 did not name the subscription: a user could have one for each set of credentials, and it ended both.
[[nodiscard]] AppUninstalled upcast(v1::AppUninstalled old);
// Version 1 knew one type of app, and did not write it down.
[[nodiscard]] AppRegistered upcast(v1::AppRegistered old);

template <class Stored>
[[nodiscard]] auto upcast_to_newest(Stored stored) {
  if constexpr (EventType<Stored>) {
    return stored;
  } else {
    return upcast_to_newest(upcast(std::move(stored)));
  }
}

// How many upcasts lead from a stored struct to its event.
template <class Stored>
[[nodiscard]] constexpr std::uint16_t upcast_steps() {
  if constexpr (EventType<Stored>) {
    return 0;
  } else {
    return static_cast<std::uint16_t>(1 + upcast_steps<decltype(upcast(std::declval<Stored>()))>());
  }
}

}  // namespace gatehouse

#include "events/event.hpp"

#include <utility>

namespace gatehouse {

Event::Event() = default;
Event::Event(Alternatives event) noexcept : Alternatives(std::move(event)) {}
Event::Event(const Event& other) = default;
Event::Event(Event&& other) noexcept = default;
Event& Event::operator=(const Event& other) = default;
Event& Event::operator=(Event&& other) noexcept = default;
Event::~Event() = default;

#define GATEHOUSE_EVENT_CONSTRUCTOR(number, type, version) \
  Event::Event(type event) : Alternatives(std::in_place_type<type>, std::move(event)) {}
GATEHOUSE_EVENTS(GATEHOUSE_EVENT_CONSTRUCTOR)
#undef GATEHOUSE_EVENT_CONSTRUCTOR

}  // namespace gatehouse

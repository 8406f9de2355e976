// Every personal text of an event or a row, wherever it stands in it.
#pragma once
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <concepts>
#include <functional>
#include <type_traits>
#include <vector>

#include "events/event.hpp"
#include "events/personal_text.hpp"

namespace gatehouse {

template <class T, class Visit>
void visit_personal(T& value, Visit&& visit) {
  using Plain = std::remove_const_t<T>;
  if constexpr (std::same_as<Plain, PersonalText>) {
    visit(value);
  } else if constexpr (boost::describe::has_describe_members<Plain>::value) {
    boost::mp11::mp_for_each<boost::describe::describe_members<Plain, boost::describe::mod_public>>(
        [&](auto member) { visit_personal(value.*member.pointer, visit); });
  } else if constexpr (requires {
                         typename Plain::value_type;
                         value.begin();
                       }) {
    if constexpr (std::is_class_v<typename Plain::value_type>) {
      for (auto& element : value)
        visit_personal(element, visit);
    }
  }
}

// Compiled once, in personal_parts.cpp.
void visit_personal_of(Event& event, const std::function<void(PersonalText&)>& visit);
[[nodiscard]] bool has_sealed_text(const Event& event);

}  // namespace gatehouse

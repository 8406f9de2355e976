// Fills any described struct, member by member, with values from a source: the least, ordinary ones, the most, or random ones.
#pragma once
#include <algorithm>
#include <array>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "events/ids.hpp"
#include "events/personal_text.hpp"

namespace gatehouse::testing {

struct OrdinaryValues {
  std::uint64_t count{};
  std::uint64_t integer(std::uint64_t max) { return std::min<std::uint64_t>(max, 3 + ++count); }
  std::size_t choice(std::size_t choices) { return 1 % choices; }
  bool flag() { return true; }
  std::size_t elements() { return 2; }
  std::string id(std::string_view name) { return std::string(name) + "-" + std::to_string(++count); }
  std::string text(std::string_view name) { return "The " + std::string(name) + " no. " + std::to_string(++count); }
};

struct MostValues {
  std::uint64_t count{};
  std::uint64_t integer(std::uint64_t max) { return max; }
  std::size_t choice(std::size_t choices) { return choices - 1; }
  bool flag() { return true; }
  std::size_t elements() { return 4; }
  std::string id(std::string_view name) {
    std::string id = std::string(name) + "_.@:-" + std::to_string(++count);
    return id + std::string(id_bytes_max - id.size(), 'Z');
  }
  std::string text(std::string_view name) {
    return std::string(name) + std::string(" \"\\/\0\t\n\x7f ", 9) + "Zo\u00eb \u4e2d\u6587 \U0001f511" +
           std::string(100, '~') + std::to_string(++count);
  }
};

struct RandomValues {
  std::mt19937_64 random;
  std::uint64_t below(std::uint64_t end) { return std::uniform_int_distribution<std::uint64_t>(0, end - 1)(random); }
  std::uint64_t integer(std::uint64_t max) { return random() & max; }
  std::size_t choice(std::size_t choices) { return below(choices); }
  bool flag() { return below(2) == 0; }
  std::size_t elements() { return below(4) == 0 ? below(12) : below(3); }
  std::string id(std::string_view) {
    constexpr std::string_view characters = "ABCXYZabcxyz0189_.@:-";
    std::string id(below(5) == 0 ? 0 : 1 + below(id_bytes_max), ' ');
    for (char& c : id)
      c = characters[below(characters.size())];
    return id;
  }
  std::string text(std::string_view) {
    std::string text(below(8) == 0 ? below(2000) : below(24), ' ');
    for (char& c : text)
      c = static_cast<char>(random());
    return text;
  }
};

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};

template <class T, class Source>
void fill(T& value, Source& source, std::string_view name);

template <class T, class Source>
void fill_members(T& value, Source& source) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) { fill(value.*member.pointer, source, member.name); });
}

template <class Element, class Source>
void fill_value(std::vector<Element>& values, Source& source, std::string_view name) {
  values.resize(source.elements());
  for (Element& element : values)
    fill(element, source, name);
}

template <class Value, class Source>
void fill_value(std::optional<Value>& value, Source& source, std::string_view name) {
  if (source.flag())
    fill(value.emplace(), source, name);
}

template <class T, class Source>
void fill(T& value, Source& source, std::string_view name) {
  if constexpr (std::is_same_v<T, bool>) {
    value = source.flag();
  } else if constexpr (std::is_integral_v<T>) {
    value = static_cast<T>(source.integer(static_cast<std::uint64_t>(std::numeric_limits<T>::max())));
  } else if constexpr (std::is_enum_v<T>) {
    using Enumerators = boost::describe::describe_enumerators<T>;
    auto left = source.choice(boost::mp11::mp_size<Enumerators>::value);
    boost::mp11::mp_for_each<Enumerators>([&](auto enumerator) {
      if (left-- == 0)
        value = enumerator.value;
    });
  } else if constexpr (std::is_same_v<T, std::string>) {
    value = source.text(name);
  } else if constexpr (IsId<T>::value) {
    value = T(source.id(name));
  } else if constexpr (std::is_same_v<T, Uuid>) {
    for (auto& byte : value.bytes)
      byte = static_cast<std::uint8_t>(source.integer(255));
  } else if constexpr (std::is_same_v<T, PersonalText>) {
    value = PersonalText{source.id("subject"), source.text(name)};
  } else if constexpr (boost::describe::has_describe_members<T>::value) {
    fill_members(value, source);
  } else {
    fill_value(value, source, name);
  }
}

// Any described struct, from a seed.
template <class T>
[[nodiscard]] T random_value(std::uint64_t seed) {
  RandomValues source{std::mt19937_64(seed)};
  T value{};
  fill(value, source, "value");
  return value;
}

}  // namespace gatehouse::testing

// Values to JSON by what Boost.Describe knows of them, appended to a string. Members that hold nothing (an empty id or
// text, an unset time, a nil UUID, an empty optional) are left out; numbers, booleans and lists always stand there.
#pragma once
#include <boost/describe/members.hpp>
#include <concepts>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>

#include "api/json/names.hpp"
#include "api/json/text_writer.hpp"
#include "events/envelope.hpp"
#include "events/ids.hpp"
#include "events/personal_text.hpp"

namespace gatehouse::api {

template <class T>
concept IsId = requires(T value) { []<class Tag>(const Id<Tag>&) {}(value); };
template <class T>
concept IsDescribed = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept IsDescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept IsOptional = requires(T value) { []<class U>(const std::optional<U>&) {}(value); };

template <class T>
[[nodiscard]] bool is_absent(const T& value) {
  if constexpr (IsId<T> || std::same_as<T, PersonalText> || std::same_as<T, std::string>)
    return value.empty();
  else if constexpr (std::same_as<T, Uuid>)
    return value.is_nil();
  else if constexpr (std::same_as<T, Timestamp>)
    return value.unix_ms == 0;
  else if constexpr (IsOptional<T>)
    return !value.has_value();
  else
    return false;
}

template <class T>
void append_json(std::string& out, const T& value);

// The object closes when the writer goes out of scope.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(&out) { out.push_back('{'); }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;
  ~ObjectWriter() { out_->push_back('}'); }

  std::string& key(std::string_view name) {  // the value is to be appended to what this returns
    append_key(*out_, name);
    return *out_;
  }
  template <class T>
  ObjectWriter& member(std::string_view name, const T& value) {
    append_json(key(name), value);
    return *this;
  }
  template <class T>
  ObjectWriter& member_if_any(std::string_view name, const T& value) {
    if (!is_absent(value))
      member(name, value);
    return *this;
  }

 private:
  std::string* out_;
};

class ArrayWriter {
 public:
  explicit ArrayWriter(std::string& out) : out_(&out) { out.push_back('['); }
  ArrayWriter(const ArrayWriter&) = delete;
  ArrayWriter& operator=(const ArrayWriter&) = delete;
  ~ArrayWriter() { out_->push_back(']'); }

  std::string& next() {  // the element is to be appended to what this returns
    append_separator(*out_);
    return *out_;
  }
  template <class T>
  ArrayWriter& element(const T& value) {
    append_json(next(), value);
    return *this;
  }

 private:
  std::string* out_;
};

namespace detail {

// Members whose texts nobody can read any more, or not here, by name: they say so instead of looking empty.
class UnreadableTexts {
 public:
  // Whether it is one.
  bool take(std::string_view member, const PersonalText& text) {
    if (!text.text.empty() || text.sealed.empty())
      return false;
    (text.unreadable == PersonalText::Unreadable::erased ? erased_ : locked_).push_back(member);
    return true;
  }
  void append(ObjectWriter& object) const;

 private:
  std::vector<std::string_view> erased_;
  std::vector<std::string_view> locked_;
};

template <class T>
using PublicMembers = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
void append_described(std::string& out, const T& value) {
  ObjectWriter object(out);
  UnreadableTexts unreadable;
  boost::mp11::mp_for_each<PublicMembers<T>>([&](auto member) {
    const auto& held = value.*member.pointer;
    if (is_absent(held))
      return;
    using Held = std::remove_cvref_t<decltype(held)>;
    if constexpr (std::same_as<Held, PersonalText>) {
      if (unreadable.take(json_name(member.name), held))
        return;
    }
    constexpr bool is_text = std::same_as<Held, std::string>;
    // An accepted manifest is kept as JSON text and shown as what it is.
    if (is_text && std::string_view(member.name) == "manifest") {
      if constexpr (is_text)
        object.key(member.name).append(held);
    } else {
      object.member(json_name(member.name), held);
    }
  });
  unreadable.append(object);
}

}  // namespace detail

template <class T>
void append_json(std::string& out, const T& value) {
  if constexpr (std::same_as<T, bool>)
    out.append(value ? "true" : "false");
  else if constexpr (std::unsigned_integral<T>)
    append_number(out, static_cast<std::uint64_t>(value));
  else if constexpr (std::signed_integral<T>)
    append_number(out, static_cast<std::int64_t>(value));
  else if constexpr (std::convertible_to<const T&, std::string_view>)
    append_text(out, value);
  else if constexpr (IsId<T>)
    append_text(out, value.value);
  else if constexpr (std::same_as<T, PersonalText>)
    append_text(out, value.text);
  else if constexpr (std::same_as<T, Uuid>)
    append_text(out, to_text(value));
  else if constexpr (std::same_as<T, Position>)
    append_number(out, value.value);
  else if constexpr (std::same_as<T, Timestamp>)
    append_time(out, value);
  else if constexpr (IsDescribedEnum<T>)
    append_text(out, enum_name(value));
  else if constexpr (IsOptional<T>) {
    if (value)
      append_json(out, *value);
    else
      out.append("null");
  } else if constexpr (IsDescribed<T>)
    detail::append_described(out, value);
  else {
    static_assert(std::ranges::range<T>, "not a value that JSON has a form for");
    ArrayWriter array(out);
    for (const auto& element : value)
      array.element(element);
  }
}

namespace detail {

inline void UnreadableTexts::append(ObjectWriter& object) const {
  if (!erased_.empty())
    object.member("erased", erased_);
  if (!locked_.empty())
    object.member("locked", locked_);
}

}  // namespace detail

}  // namespace gatehouse::api

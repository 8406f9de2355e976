// How values become stored bytes: structs described with Boost.Describe member by member, through the bounded archives. Bytes left
// over, booleans other than 0 and 1, values that are no enumerator and malformed ids are refused. PersonalText goes to a part of its own
// in events, and stands inline in table rows (pack, unpack).
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "events/bounded_archive.hpp"
#include "events/ids.hpp"
#include "events/personal_text.hpp"

namespace gatehouse {

inline constexpr std::size_t row_bytes_expected = 256;  // reserved at once; longer rows grow

// The fewest bytes that a value of T takes in the body; bounds how many of them can follow.
template <class T>
struct EncodedBytesMin;
template <class T>
requires StoredInteger<T> || StoredEnum<T> || std::same_as<T, bool>
struct EncodedBytesMin<T> : std::integral_constant<std::size_t, sizeof(T)> {
};
template <>
struct EncodedBytesMin<std::string> : std::integral_constant<std::size_t, 4> {};
template <class Tag>
struct EncodedBytesMin<Id<Tag>> : std::integral_constant<std::size_t, 4> {};
template <class T>
struct EncodedBytesMin<std::vector<T>> : std::integral_constant<std::size_t, 4> {};
template <class T>
struct EncodedBytesMin<std::optional<T>> : std::integral_constant<std::size_t, 1> {};
template <std::size_t size>
struct EncodedBytesMin<std::array<std::uint8_t, size>> : std::integral_constant<std::size_t, size> {};
template <>
struct EncodedBytesMin<Uuid> : EncodedBytesMin<std::array<std::uint8_t, 16>> {};
template <>
struct EncodedBytesMin<PersonalText> : std::integral_constant<std::size_t, 0> {};

namespace detail {
template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T, template <class...> class List, class... Member>
constexpr std::size_t members_bytes_min(List<Member...>) {
  return (std::size_t{0} + ... +
          EncodedBytesMin<std::remove_cvref_t<decltype(std::declval<T&>().*Member::pointer)>>::value);
}

template <class Archive, class T, template <class...> class List, class... Member>
void archive_members(Archive& archive, T& value, List<Member...>) {
  (archive(value.*Member::pointer), ...);
}

template <class T, template <class...> class List, class... Enumerator>
constexpr bool is_enumerator(std::underlying_type_t<T> number, List<Enumerator...>) {
  return ((number == static_cast<std::underlying_type_t<T>>(Enumerator::value)) || ...);
}
}  // namespace detail

template <StoredStruct T>
struct EncodedBytesMin<T> : std::integral_constant<std::size_t, detail::members_bytes_min<T>(detail::Members<T>{})> {};

// What follows is found by cereal: one function, or a pair, for each kind of value.

template <class Archive, StoredStruct T>
void serialize(Archive& archive, T& value) {
  detail::archive_members(archive, value, detail::Members<T>{});
}

template <StoredInteger T>
void save(ArchiveWriter& archive, const T& value) {
  archive.integer(value);
}
template <StoredInteger T>
void load(ArchiveReader& archive, T& value) {
  value = archive.integer<T>();
}

template <std::same_as<bool> T>
void save(ArchiveWriter& archive, const T& value) {
  archive.integer(static_cast<std::uint8_t>(value));
}
template <std::same_as<bool> T>
void load(ArchiveReader& archive, T& value) {
  const auto number = archive.integer<std::uint8_t>();
  if (number > 1)
    archive.fail();
  value = number == 1;
}

template <StoredEnum T>
void save(ArchiveWriter& archive, const T& value) {
  const auto number = static_cast<std::underlying_type_t<T>>(value);
  GATEHOUSE_ASSERT(detail::is_enumerator<T>(number, boost::describe::describe_enumerators<T>{}));
  archive.integer(number);
}
template <StoredEnum T>
void load(ArchiveReader& archive, T& value) {
  const auto number = archive.integer<std::underlying_type_t<T>>();
  const bool known = detail::is_enumerator<T>(number, boost::describe::describe_enumerators<T>{});
  if (!known)
    archive.fail();
  value = known ? static_cast<T>(number) : T{};
}

inline void save(ArchiveWriter& archive, const std::string& value) { archive.text(value); }
inline void load(ArchiveReader& archive, std::string& value) { value = archive.text(); }

template <class Tag>
void save(ArchiveWriter& archive, const Id<Tag>& id) {
  GATEHOUSE_ASSERT(id.empty() || is_valid_id(id.value));
  archive.text(id.value);
}
template <class Tag>
void load(ArchiveReader& archive, Id<Tag>& id) {
  id.value = archive.text();
  if (!id.empty() && !is_valid_id(id.value))
    archive.fail();
}

template <std::size_t size>
void save(ArchiveWriter& archive, const std::array<std::uint8_t, size>& value) {
  archive.bytes(reinterpret_cast<const char*>(value.data()), size);
}
template <std::size_t size>
void load(ArchiveReader& archive, std::array<std::uint8_t, size>& value) {
  const std::string_view bytes = archive.bytes(size);
  if (bytes.size() == size)
    std::copy(bytes.begin(), bytes.end(), value.begin());
}

inline void save(ArchiveWriter& archive, const Uuid& uuid) { archive(uuid.bytes); }
inline void load(ArchiveReader& archive, Uuid& uuid) { archive(uuid.bytes); }

inline void save(ArchiveWriter& archive, const PersonalText& value) { archive.personal(value); }
inline void load(ArchiveReader& archive, PersonalText& value) { archive.personal(value); }

template <class T>
void save(ArchiveWriter& archive, const std::vector<T>& values) {
  static_assert(EncodedBytesMin<T>::value > 0, "elements without bytes could be counted without end");
  GATEHOUSE_ASSERT(values.size() <= UINT32_MAX);
  archive.integer(static_cast<std::uint32_t>(values.size()));
  for (const T& value : values)
    archive(value);
}
template <class T>
void load(ArchiveReader& archive, std::vector<T>& values) {
  static_assert(EncodedBytesMin<T>::value > 0, "elements without bytes could be counted without end");
  const std::size_t count = archive.count(EncodedBytesMin<T>::value);
  values.clear();
  values.reserve(count);
  for (std::size_t index = 0; index < count && !archive.failed(); ++index)
    archive(values.emplace_back());
}

template <class T>
void save(ArchiveWriter& archive, const std::optional<T>& value) {
  archive(value.has_value());
  if (value)
    archive(*value);
}
template <class T>
void load(ArchiveReader& archive, std::optional<T>& value) {
  bool present = false;
  archive(present);
  value.reset();
  if (present)
    archive(value.emplace());
}

// A table row's value.
template <class T>
[[nodiscard]] std::string pack(const T& row) {
  std::string bytes;
  bytes.reserve(row_bytes_expected);
  ArchiveWriter writer(bytes, bytes);
  writer(row);
  return bytes;
}

// Nothing unless `bytes` are exactly what pack made of a T.
template <class T>
[[nodiscard]] std::optional<T> unpack(std::string_view bytes) {
  std::optional<T> row(std::in_place);
  ArchiveReader reader(bytes);
  reader(*row);
  if (!reader.complete())
    row.reset();
  return row;
}

}  // namespace gatehouse

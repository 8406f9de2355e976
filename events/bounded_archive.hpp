// A pair of bounded little-endian archives with cereal's interface, for events and table rows: a size is checked against the bytes left
// before anything is allocated. Reading never throws: a failed reader stays failed and hands out empty values. What is read into a value
// takes the place of all that it held.
#pragma once
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <cereal/cereal.hpp>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "events/little_endian.hpp"
#include "events/personal_text.hpp"
#include "table/assert.hpp"

namespace gatehouse {

template <class T>
concept StoredInteger =
    std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> || std::same_as<T, std::uint32_t> ||
    std::same_as<T, std::uint64_t> || std::same_as<T, std::int32_t> || std::same_as<T, std::int64_t>;
template <class T>
concept StoredEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept StoredStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

// In the length of a personal text: what follows is sealed.
inline constexpr std::uint32_t sealed_mark = 0x8000'0000;

// Appends to `body` and `personal`, which may be the same buffer.
class ArchiveWriter final : public cereal::OutputArchive<ArchiveWriter> {
 public:
  ArchiveWriter(std::string& body, std::string& personal) : OutputArchive(this), body_(&body), personal_(&personal) {}

  template <StoredInteger T>
  void integer(T value) {
    append_little_endian(*body_, value);
  }
  void bytes(const char* from, std::size_t size) { body_->append(from, size); }
  void text(std::string_view value) { append_text(*body_, value); }
  void personal(const PersonalText& value) {
    append_text(*personal_, value.subject);
    if (value.sealed.empty())
      return append_text(*personal_, value.text);
    GATEHOUSE_ASSERT(value.sealed.size() < sealed_mark);
    append_little_endian(*personal_, static_cast<std::uint32_t>(value.sealed.size()) | sealed_mark);
    personal_->append(value.sealed);
  }

 private:
  static void append_text(std::string& to, std::string_view value) {
    GATEHOUSE_ASSERT(value.size() <= UINT32_MAX);
    append_little_endian(to, static_cast<std::uint32_t>(value.size()));
    to.append(value);
  }

  std::string* body_;
  std::string* personal_;
};

class ArchiveReader final : public cereal::InputArchive<ArchiveReader> {
 public:
  // An event: personal texts come from a part of their own.
  ArchiveReader(std::string_view body, std::string_view personal)
      : InputArchive(this), body_(body), own_personal_(personal), personal_(&own_personal_) {}
  // A table row: personal texts stand where they are declared.
  explicit ArchiveReader(std::string_view row) : InputArchive(this), body_(row), personal_(&body_) {}

  template <StoredInteger T>
  T integer() {
    const char* from = take(body_, sizeof(T));
    return from == nullptr ? T{} : load_little_endian<T>(from);
  }
  std::string_view bytes(std::size_t size) {
    const char* from = take(body_, size);
    return from == nullptr ? std::string_view{} : std::string_view(from, size);
  }
  std::string_view text() { return take_text(body_); }
  void personal(PersonalText& value) {
    value.subject = take_text(*personal_);
    const char* prefix = take(*personal_, sizeof(std::uint32_t));
    const std::uint32_t size = prefix == nullptr ? 0 : load_little_endian<std::uint32_t>(prefix);
    const bool is_sealed = (size & sealed_mark) != 0;
    const std::size_t length = size & ~sealed_mark;
    const char* from = take(*personal_, length);
    const auto bytes = from == nullptr ? std::string_view{} : std::string_view(from, length);
    if (is_sealed && bytes.empty())
      fail();
    value.text = is_sealed ? std::string_view() : bytes;
    value.sealed = is_sealed ? bytes : std::string_view();
    value.lookup = sealed_text::lookup_of(value.sealed);
    value.unreadable = {};
  }
  // The number of elements to come, none of which is shorter than `element_bytes_min`.
  std::size_t count(std::size_t element_bytes_min) {
    const std::size_t elements = integer<std::uint32_t>();
    if (elements > body_.size() / element_bytes_min)
      fail();
    return failed_ ? 0 : elements;
  }

  void fail() { failed_ = true; }
  [[nodiscard]] bool failed() const { return failed_; }
  // Bytes that were not read yet.
  [[nodiscard]] std::size_t left() const { return body_.size(); }
  // Everything was read, and nothing was wrong.
  [[nodiscard]] bool complete() const { return !failed_ && body_.empty() && personal_->empty(); }

 private:
  const char* take(std::string_view& part, std::size_t size) {
    if (failed_ || part.size() < size) {
      fail();
      return nullptr;
    }
    const char* from = part.data();
    part.remove_prefix(size);
    return from;
  }
  std::string_view take_text(std::string_view& part) {
    const char* prefix = take(part, sizeof(std::uint32_t));
    const std::size_t size = prefix == nullptr ? 0 : load_little_endian<std::uint32_t>(prefix);
    const char* from = take(part, size);
    return from == nullptr ? std::string_view{} : std::string_view(from, size);
  }

  std::string_view body_;
  std::string_view own_personal_;
  std::string_view* personal_;
  bool failed_{};
};

}  // namespace gatehouse

CEREAL_SETUP_ARCHIVE_TRAITS(gatehouse::ArchiveReader, gatehouse::ArchiveWriter)

// cereal has a lax way with enums of its own.
template <gatehouse::StoredEnum T>
struct cereal::specialize<gatehouse::ArchiveWriter, T, cereal::specialization::non_member_load_save> : std::true_type {
};
template <gatehouse::StoredEnum T>
struct cereal::specialize<gatehouse::ArchiveReader, T, cereal::specialization::non_member_load_save> : std::true_type {
};

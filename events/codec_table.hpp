// The codec's table: one entry for each version of each event that was ever stored, put together from one file for each hundred of type
// numbers, so that no file takes long to compile. Used by the codec and its tests alone.
#pragma once
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "events/archive.hpp"
#include "events/event.hpp"
#include "events/upcast.hpp"

namespace gatehouse {

struct CodecEntry {
  std::uint32_t type{};
  std::uint16_t version{};
  std::uint16_t reaches{};  // the version that its upcasts end at
  bool (*decode)(std::string_view body, std::string_view personal, Event& event){};
  void (*encode)(const Event& event, std::string& body, std::string& personal){};  // the newest version has one
};

struct EventDescription {
  std::uint32_t type{};
  std::uint16_t version{};  // the newest
  std::string_view name;
};

// What validate_registry checks, for any table.
[[nodiscard]] std::optional<std::string> find_registry_fault(std::span<const EventDescription> events,
                                                             std::span<const CodecEntry> entries);

namespace codec {

template <class Stored>
bool decode_as(std::string_view body, std::string_view personal, Event& event) {
  ArchiveReader reader(body, personal);
  if constexpr (EventType<Stored>) {
    auto* held = std::get_if<Stored>(&event);
    reader(held != nullptr ? *held : event.emplace<Stored>());
    return reader.complete();
  } else {
    Stored stored;
    reader(stored);
    if (!reader.complete())
      return false;
    event = upcast_to_newest(std::move(stored));
    return true;
  }
}

template <EventType T>
void encode_as(const Event& event, std::string& body, std::string& personal) {
  ArchiveWriter writer(body, personal);
  writer(std::get<T>(event));
}

template <EventType T>
void add_entries(std::vector<CodecEntry>& entries) {
  using Earlier = typename EarlierVersions<T>::List;
  std::uint16_t version = 0;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Earlier>>([&](auto identity) {
    using Stored = typename decltype(identity)::type;
    ++version;
    const auto reaches = static_cast<std::uint16_t>(version + upcast_steps<Stored>());
    entries.push_back({type_number<T>, version, reaches, &decode_as<Stored>, nullptr});
  });
  entries.push_back({type_number<T>, schema_version<T>, schema_version<T>, &decode_as<T>, &encode_as<T>});
}

// The entries of the events whose type numbers begin with `hundred`.
template <std::uint32_t hundred, class... T>
std::vector<CodecEntry> entries_of_hundred(const std::variant<T...>*) {
  std::vector<CodecEntry> entries;
  const auto add = [&]<class Candidate>(std::type_identity<Candidate>) {
    if constexpr (type_number<Candidate> / 100 == hundred)
      add_entries<Candidate>(entries);
  };
  (add(std::type_identity<T>{}), ...);
  return entries;
}

std::vector<CodecEntry> catalogue_entries();
std::vector<CodecEntry> directory_entries();
std::vector<CodecEntry> settings_entries();
std::vector<CodecEntry> request_entries();
std::vector<CodecEntry> approval_entries();
std::vector<CodecEntry> subscription_entries();
std::vector<CodecEntry> delivery_entries();
std::vector<CodecEntry> transparency_entries();
std::vector<CodecEntry> operation_entries();

}  // namespace codec

}  // namespace gatehouse

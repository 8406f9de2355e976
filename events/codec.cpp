#include "events/codec.hpp"

#include <algorithm>
#include <tuple>

#include "events/codec_table.hpp"
#include "table/assert.hpp"

namespace gatehouse {

namespace {

template <class... T>
std::vector<EventDescription> describe_events(const std::variant<T...>*) {
  return {EventDescription{type_number<T>, schema_version<T>, event_name<T>}...};
}

// In the order of the alternatives.
const std::vector<EventDescription>& events() {
  static const auto all = describe_events(static_cast<const Event*>(nullptr));
  return all;
}

const EventDescription& describe(const Event& event) { return events()[event.index()]; }

auto order(const CodecEntry& entry) { return std::tuple(entry.type, entry.version); }

std::vector<CodecEntry> collect_entries() {
  std::vector<CodecEntry> all;
  for (const auto& part : {codec::catalogue_entries(), codec::directory_entries(), codec::settings_entries(),
                           codec::request_entries(), codec::approval_entries(), codec::subscription_entries(),
                           codec::delivery_entries(), codec::transparency_entries(), codec::operation_entries()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  std::ranges::sort(all, {}, order);
  return all;
}

const std::vector<CodecEntry>& entries() {
  static const auto all = collect_entries();
  return all;
}

const CodecEntry* find_entry(std::uint32_t type, std::uint16_t version) {
  const auto entry = std::ranges::lower_bound(entries(), std::tuple(type, version), {}, order);
  const bool found = entry != entries().end() && entry->type == type && entry->version == version;
  return found ? &*entry : nullptr;
}

}  // namespace

void encode_event(const Event& event, std::string& body, std::string& personal) {
  const auto& [type, version, name] = describe(event);
  const CodecEntry* entry = find_entry(type, version);
  GATEHOUSE_ASSERT(entry != nullptr && entry->encode != nullptr);
  entry->encode(event, body, personal);
}

bool decode_event(std::uint32_t type, std::uint16_t version, std::string_view body, std::string_view personal,
                  std::variant<Event, UnknownEvent>& data) {
  if (const CodecEntry* entry = find_entry(type, version)) {
    auto* held = std::get_if<Event>(&data);
    return entry->decode(body, personal, held != nullptr ? *held : data.emplace<Event>());
  }
  data.emplace<UnknownEvent>(UnknownEvent{type, version, std::string(body), std::string(personal)});
  return true;
}

std::string_view name_of(const Event& event) { return describe(event).name; }
std::uint32_t type_number_of(const Event& event) { return describe(event).type; }
std::uint16_t schema_version_of(const Event& event) { return describe(event).version; }

std::optional<std::uint32_t> type_number_of(std::string_view name) {
  const auto event = std::ranges::find(events(), name, &EventDescription::name);
  return event == events().end() ? std::nullopt : std::optional(event->type);
}

std::optional<std::string_view> type_name(std::uint32_t number) {
  const auto event = std::ranges::find(events(), number, &EventDescription::type);
  return event == events().end() ? std::nullopt : std::optional(event->name);
}

std::optional<std::string> find_registry_fault(std::span<const EventDescription> events,
                                               std::span<const CodecEntry> entries) {
  std::size_t wanted = 0;
  for (const auto& event : events) {
    const std::string name(event.name);
    if (std::ranges::count(events, event.name, &EventDescription::name) != 1)
      return name + ": name used twice";
    if (std::ranges::count(events, event.type, &EventDescription::type) != 1)
      return name + ": number used twice";
    if (event.type == 0 || event.version == 0)
      return name + ": numbers and versions start at 1";
    for (std::uint16_t version = 1; version <= event.version; ++version, ++wanted) {
      const auto matches = [&](const CodecEntry& entry) {
        return entry.type == event.type && entry.version == version;
      };
      const std::string which = name + " version " + std::to_string(version);
      if (std::ranges::count_if(entries, matches) != 1)
        return which + ": not exactly one decoder";
      const auto entry = std::ranges::find_if(entries, matches);
      if (entry->decode == nullptr || entry->reaches != event.version)
        return which + ": does not reach the newest";
      if ((entry->encode != nullptr) != (version == event.version))
        return which + ": only the newest is written";
    }
  }
  if (wanted != entries.size())
    return "a decoder of no known event";
  return std::nullopt;
}

std::optional<std::string> validate_registry() { return find_registry_fault(events(), entries()); }

}  // namespace gatehouse

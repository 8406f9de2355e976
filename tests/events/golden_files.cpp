#include "tests/events/golden_files.hpp"

#include <fstream>
#include <sstream>

#include <openssl/evp.h>

#include "events/archive.hpp"
#include "events/codec.hpp"
#include "events/frame.hpp"
#include "events/struct_text.hpp"
#include "events/upcast.hpp"
#include "tests/events/event_filler.hpp"

namespace gatehouse::testing {

namespace {

template <class T>
T make_value(std::string_view size) {
  T value{};
  if (size == "typical") {
    OrdinaryValues source;
    fill(value, source, "value");
  } else if (size == "maximal") {
    MostValues source;
    fill(value, source, "value");
  }
  return value;
}

Uuid numbered_uuid(std::uint64_t number) {
  std::array<std::uint8_t, 10> random{1, 2, 3, 4, 5, 6};
  random[7] = static_cast<std::uint8_t>(number >> 16);
  random[8] = static_cast<std::uint8_t>(number >> 8);
  random[9] = static_cast<std::uint8_t>(number);
  return make_uuid_v7(1'763'900'000'000, random);
}

Envelope minimal_envelope() {
  Envelope envelope;
  envelope.account_id = catalogue_stream;
  envelope.account_version = 1;
  envelope.commit_count = 1;
  return envelope;
}

Envelope typical_envelope() {
  Envelope envelope;
  envelope.account_id = AccountId(to_text(numbered_uuid(7)));
  envelope.account_version = 22;
  envelope.recorded_at.unix_ms = 1'763'900'000'123;
  envelope.actor = Actor{ActorType::user, to_text(numbered_uuid(8)), "admin"};
  envelope.catalogue_position = Position{74};
  envelope.commit_index = 1;
  envelope.commit_count = 3;
  return envelope;
}

Envelope maximal_envelope() {
  auto envelope = make_value<Envelope>("maximal");
  envelope.recorded_at.unix_ms = recorded_at_unix_ms_max;
  envelope.actor.id = make_value<UserId>("maximal").value;
  envelope.actor.role = make_value<RoleId>("maximal").value;
  envelope.commit_index = static_cast<std::uint16_t>(envelope.commit_count - 1);
  return envelope;
}

Envelope make_envelope(std::string_view size, std::uint64_t number) {
  auto envelope = size == "minimal" ? minimal_envelope() : size == "typical" ? typical_envelope() : maximal_envelope();
  envelope.event_id = numbered_uuid(10 * number + 1);
  envelope.command_id = numbered_uuid(10 * number + 2);
  envelope.correlation_id = size == "minimal" ? envelope.command_id : numbered_uuid(10 * number + 3);
  envelope.causation_id = size == "minimal" ? Uuid{} : numbered_uuid(10 * number + 4);
  return envelope;
}

template <class Stored>
UnknownEvent encode(const Stored& stored, std::uint32_t type, std::uint16_t version) {
  UnknownEvent encoded{type, version, {}, {}};
  ArchiveWriter writer(encoded.body, encoded.personal);
  writer(stored);
  return encoded;
}

template <class Stored>
std::optional<Stored> decode(std::string_view body, std::string_view personal) {
  std::optional<Stored> stored(std::in_place);
  ArchiveReader reader(body, personal);
  reader(*stored);
  if (!reader.complete())
    stored.reset();
  return stored;
}

template <class Stored, std::uint32_t type, std::uint16_t version>
std::string make_frame(std::string_view size, std::uint64_t number) {
  const Envelope envelope = make_envelope(size, number);
  std::array<std::uint8_t, 16> salt{};
  for (std::size_t index = 0; index < salt.size(); ++index)
    salt[index] = static_cast<std::uint8_t>(0xa0 + index);
  std::string frame = draft_frame(envelope, encode(make_value<Stored>(size), type, version), salt);
  const std::uint64_t first = size == "maximal" ? UINT64_MAX - envelope.commit_index : number;
  seal_frame(frame, Position{first + envelope.commit_index}, Position{first});
  return frame;
}

template <class Stored>
std::string show(std::string_view body, std::string_view personal) {
  const auto stored = decode<Stored>(body, personal);
  return stored ? struct_text(*stored) : "";
}

template <class Stored>
bool encodes_back(std::string_view body, std::string_view personal) {
  const auto stored = decode<Stored>(body, personal);
  if (!stored)
    return false;
  const UnknownEvent again = encode(*stored, 1, 1);
  return again.body == body && again.personal == personal;
}

template <EventType T, class Stored, std::uint16_t version>
GoldenVersion describe_version() {
  return {.name = std::string(event_name<T>) + ".v" + std::to_string(version),
          .type = type_number<T>,
          .version = version,
          .newest = version == schema_version<T>,
          .make_frame = &make_frame<Stored, type_number<T>, version>,
          .show = &show<Stored>,
          .encodes_back = &encodes_back<Stored>};
}

template <EventType T>
void add_versions(std::vector<GoldenVersion>& versions) {
  using All = boost::mp11::mp_push_back<typename EarlierVersions<T>::List, T>;
  boost::mp11::mp_for_each<boost::mp11::mp_iota<boost::mp11::mp_size<All>>>([&](auto index) {
    using Stored = boost::mp11::mp_at<All, decltype(index)>;
    versions.push_back(describe_version<T, Stored, decltype(index)::value + 1>());
  });
}

template <class... T>
std::vector<GoldenVersion> all_versions(const std::variant<T...>*) {
  std::vector<GoldenVersion> versions;
  (add_versions<T>(versions), ...);
  return versions;
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

std::vector<GoldenVersion> golden_versions() { return all_versions(static_cast<const Event*>(nullptr)); }

std::filesystem::path golden_folder() {
  return std::filesystem::path(GATEHOUSE_SOURCE_DIR) / "tests" / "events" / "golden";
}

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string show_envelope(std::string_view frame) {
  const auto view = parse_frame(frame);
  return view ? struct_text(view->envelope) : "";
}

std::map<std::string, std::string> read_checksums() {
  std::map<std::string, std::string> checksums;
  std::ifstream lines(golden_folder() / "SHA256SUMS");
  for (std::string digest, name; lines >> digest >> name;)
    checksums[name] = digest;
  return checksums;
}

std::string sha256_text(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const auto byte : digest)
    text.append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
  return text;
}

void write_missing_golden_files() {
  std::filesystem::create_directories(golden_folder());
  std::ofstream checksums(golden_folder() / "SHA256SUMS", std::ios::app);
  const auto write = [&](const std::string& name, const std::string& bytes) {
    write_file(golden_folder() / name, bytes);
    checksums << sha256_text(bytes) << "  " << name << "\n";
  };
  for (const auto& version : golden_versions()) {
    for (const auto size : golden_sizes) {
      const std::string stem = version.name + "." + std::string(size);
      if (std::filesystem::exists(golden_folder() / (stem + ".bin")))
        continue;
      const std::string frame = version.make_frame(size, 1000 * version.type + version.version);
      const auto view = parse_frame(frame);
      write(stem + ".bin", frame);
      write(stem + ".txt", show_envelope(frame) + "\n" + version.show(view->body, view->personal));
    }
  }
}

}  // namespace gatehouse::testing

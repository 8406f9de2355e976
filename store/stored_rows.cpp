#include "store/stored_rows.hpp"

#include "events/little_endian.hpp"
#include "store/event_chain.hpp"

namespace gatehouse::stored {

namespace {

constexpr char head_tag = 'h';
constexpr char version_tag = 'v';
constexpr char command_format = 1;
constexpr std::size_t number_bytes = 8;
constexpr std::size_t digest_bytes = 32;
constexpr std::size_t command_fixed_bytes = 1 + digest_bytes + 8 + 4 + 8 + 8;
constexpr std::size_t command_time_at = command_fixed_bytes - 8;

void append_big_endian(std::string& to, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8)
    to.push_back(static_cast<char>(static_cast<unsigned char>(number >> shift)));
}

std::uint64_t load_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes.substr(0, number_bytes))
    number = (number << 8) | static_cast<unsigned char>(byte);
  return number;
}

std::uint64_t load_number(std::string_view bytes, std::size_t at) {
  return load_little_endian<std::uint64_t>(bytes.data() + at);
}

}  // namespace

std::string log_key(Position position) {
  std::string key;
  append_big_endian(key, position.value);
  return key;
}

std::optional<Position> read_log_key(std::string_view key) {
  if (key.size() != number_bytes)
    return std::nullopt;
  return Position{load_big_endian(key)};
}

std::optional<LogRow> read_log_row(std::string_view value) {
  if (value.size() < digest_bytes)
    return std::nullopt;
  const auto frame_bytes = value.size() - digest_bytes;
  return LogRow{value.substr(0, frame_bytes), as_digest(value.substr(frame_bytes))};
}

std::string stream_head_key(const AccountId& stream) { return head_tag + stream.value; }

std::string stream_versions_prefix(const AccountId& stream) { return version_tag + stream.value + '\0'; }

std::string stream_version_key(const AccountId& stream, std::uint64_t version) {
  auto key = stream_versions_prefix(stream);
  append_big_endian(key, version);
  return key;
}

std::string encode(const StreamHead& head) {
  std::string value;
  append_little_endian(value, head.version);
  append_little_endian(value, head.position.value);
  append_little_endian(value, head.recorded_at.unix_ms);
  return value;
}

std::optional<StreamHead> read_stream_head(std::string_view value) {
  if (value.size() != 3 * number_bytes)
    return std::nullopt;
  return StreamHead{
      load_number(value, 0), {load_number(value, 8)}, {load_little_endian<std::int64_t>(value.data() + 16)}};
}

std::string encode(std::uint64_t number) {
  std::string value;
  append_little_endian(value, number);
  return value;
}

std::optional<std::uint64_t> read_number(std::string_view value) {
  if (value.size() != number_bytes)
    return std::nullopt;
  return load_number(value, 0);
}

std::string encode(Position position) { return encode(position.value); }

std::optional<Position> read_position(std::string_view value) {
  const auto number = read_number(value);
  return number ? std::optional(Position{*number}) : std::nullopt;
}

std::string command_key(const Uuid& command_id) {
  return {reinterpret_cast<const char*>(command_id.bytes.data()), command_id.bytes.size()};
}

std::string encode(const CommandRecord& record) {
  std::string value(1, command_format);
  value.append(as_bytes(record.request_digest));
  append_little_endian(value, record.first.value);
  append_little_endian(value, record.event_count);
  append_little_endian(value, record.account_version);
  append_little_endian(value, record.recorded_at.unix_ms);
  return value + record.result;
}

std::optional<CommandRecord> read_command(std::string_view value) {
  const auto recorded_at = read_command_time(value);
  if (!recorded_at)
    return std::nullopt;
  CommandRecord record;
  record.request_digest = as_digest(value.substr(1, digest_bytes));
  record.first = {load_number(value, 33)};
  record.event_count = load_little_endian<std::uint32_t>(value.data() + 41);
  record.account_version = load_number(value, 45);
  record.recorded_at = *recorded_at;
  record.result = value.substr(command_fixed_bytes);
  return record;
}

std::optional<Timestamp> read_command_time(std::string_view value) {
  if (value.size() < command_fixed_bytes || value[0] != command_format)
    return std::nullopt;
  return Timestamp{load_little_endian<std::int64_t>(value.data() + command_time_at)};
}

std::string group_key(std::uint64_t group) {
  std::string key(1, group_tag);
  append_big_endian(key, group);
  return key;
}

std::optional<std::uint64_t> read_group_key(std::string_view key) {
  if (key.size() != 1 + number_bytes || key[0] != group_tag)
    return std::nullopt;
  return load_big_endian(key.substr(1));
}

std::string encode(const LogHead& head) {
  std::string value;
  append_little_endian(value, head.mark.group);
  append_little_endian(value, head.mark.position.value);
  append_little_endian(value, head.log_time.unix_ms);
  value.append(as_bytes(head.mark.chain));
  return value;
}

std::optional<LogHead> read_head(std::string_view value) {
  if (value.size() != 3 * number_bytes + digest_bytes)
    return std::nullopt;
  return LogHead{{load_number(value, 0), {load_number(value, 8)}, as_digest(value.substr(24))},
                 {load_little_endian<std::int64_t>(value.data() + 16)}};
}

}  // namespace gatehouse::stored

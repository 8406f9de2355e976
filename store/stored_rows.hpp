// The bytes of the log's own rows in RocksDB, besides events and state: positions, stream heads, command records, the head of the log.
// Fixed little-endian layouts (docs/storage-format.md); keys big-endian so that they sort. A decoder answers nothing for bytes that
// cannot be a row of its kind.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/event_log.hpp"
#include "store/witness.hpp"

namespace gatehouse::stored {

inline constexpr std::uint32_t format_version = 1;

// Column family `log`: position -> frame, then its 32 bytes of chain.
[[nodiscard]] std::string log_key(Position position);
[[nodiscard]] std::optional<Position> read_log_key(std::string_view key);
struct LogRow {
  std::string_view frame;
  Digest chain{};
};
[[nodiscard]] std::optional<LogRow> read_log_row(std::string_view value);

// Column family `streams`: the head of each stream, and each of its versions -> position.
[[nodiscard]] std::string stream_head_key(const AccountId& stream);
[[nodiscard]] std::string stream_version_key(const AccountId& stream, std::uint64_t version);
[[nodiscard]] std::string stream_versions_prefix(const AccountId& stream);
[[nodiscard]] std::string encode(const StreamHead& head);
[[nodiscard]] std::optional<StreamHead> read_stream_head(std::string_view value);
[[nodiscard]] std::string encode(Position position);
[[nodiscard]] std::optional<Position> read_position(std::string_view value);

// Column family `commands`: command id -> record.
[[nodiscard]] std::string command_key(const Uuid& command_id);
[[nodiscard]] std::string encode(const CommandRecord& record);
[[nodiscard]] std::optional<CommandRecord> read_command(std::string_view value);
[[nodiscard]] std::optional<Timestamp> read_command_time(std::string_view value);

// Column family `default`: the format, the head, the version of the state's rows, a row for each append group since the witness's anchor.
inline constexpr std::string_view format_key = "format";
inline constexpr std::string_view head_key = "head";
inline constexpr std::string_view state_version_key = "state";
inline constexpr char group_tag = 'g';
[[nodiscard]] std::string group_key(std::uint64_t group);
[[nodiscard]] std::optional<std::uint64_t> read_group_key(std::string_view key);
[[nodiscard]] std::string encode(std::uint64_t number);
[[nodiscard]] std::optional<std::uint64_t> read_number(std::string_view value);

struct LogHead {
  LogMark mark;
  Timestamp log_time;  // the latest recorded_at so far: the clock by which command records expire
};
[[nodiscard]] std::string encode(const LogHead& head);
[[nodiscard]] std::optional<LogHead> read_head(std::string_view value);

}  // namespace gatehouse::stored

// A data folder with a history in it, made in process before the server starts on it, and tokens of the server's own key for those who then call.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gatehouse::bench {

struct PreparedHistory {
  std::uint64_t events{};
  std::size_t members{};
  std::size_t installations{};  // of installed_app()
};

// About `events` events: half of them members, nearly all others installations.
[[nodiscard]] PreparedHistory prepare_history(const std::filesystem::path& data, std::size_t events);

// What one AddMember puts into the write-ahead log, events and state together: what a disk must take for a command. Leaves nothing behind.
[[nodiscard]] std::size_t wal_bytes_per_command(const std::filesystem::path& folder);

struct Tokens {
  std::string company_owner;
  std::string company_directory;
  std::string neighbour_owner;
  std::string neighbour_directory;
  std::string operations;
  std::vector<std::string> members;  // of the company, from member 0
};
[[nodiscard]] Tokens mint_tokens(const std::filesystem::path& data, std::size_t members);

}  // namespace gatehouse::bench

// The same append by a database of the usual kind: PostgreSQL 15 with a stored function that does for one command what ours does (the next version of the account's
// stream, the event, a row of state, the idempotency record) in one transaction with its default durability, on the same disk. A cluster of its own in a
// scratch folder, reached over a Unix socket, stopped by the destructor.
#pragma once
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

namespace gatehouse::bench {

class PostgresPeer {
 public:
  // Whether PostgreSQL 15 is installed here.
  [[nodiscard]] static bool is_there();
  // Throws std::runtime_error when it cannot be started.
  explicit PostgresPeer(std::filesystem::path folder);
  PostgresPeer(const PostgresPeer&) = delete;
  PostgresPeer& operator=(const PostgresPeer&) = delete;
  ~PostgresPeer();

  struct Load {
    std::size_t connections{};
    std::size_t accounts{};     // streams that the connections append to, in turn
    std::size_t frame_bytes{};  // of one event
    std::chrono::milliseconds duration{};
  };
  // Appends a second, one call at a time on each connection.
  [[nodiscard]] double appends_per_second(const Load& load) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace gatehouse::bench

// For whoever can do without what cannot be read: a comparison, a fold that stops alone. What its thread cannot read comes back as an error then,
// instead of ending the process (store/store_health.hpp).
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <type_traits>

namespace gatehouse {

struct Unreadable {
  std::string table;
  std::string detail;
};
[[nodiscard]] std::string to_text(const Unreadable& unreadable);

// Thrown by stop_on_unreadable for try_to_read to catch. No std::exception: what reads on behalf of an event must not take it for that event's fault.
struct UnreadableRow {
  Unreadable unreadable;
};

// While one lives, its thread throws.
class ReadingMayFail {
 public:
  ReadingMayFail();
  ~ReadingMayFail();
  ReadingMayFail(const ReadingMayFail&) = delete;
  ReadingMayFail& operator=(const ReadingMayFail&) = delete;
  [[nodiscard]] static bool on_this_thread();
};

template <class Read>
[[nodiscard]] tl::expected<std::invoke_result_t<Read>, Unreadable> try_to_read(const Read& read) try {
  const ReadingMayFail may_fail;
  return read();
} catch (UnreadableRow& row) {
  return tl::unexpected(std::move(row.unreadable));
}

}  // namespace gatehouse

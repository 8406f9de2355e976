// A list that is followed: text/event-stream (WHATWG) with every item as it is now, then each one again when it changes. Nothing is remembered
// between connections: who connects again gets the whole list again, so that no change is missed, however long the gap was.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "api/exchange.hpp"
#include "api/followed_list.hpp"
#include "http/body_stream.hpp"

namespace gatehouse::api {

inline constexpr std::chrono::seconds stream_heartbeat{15};
inline constexpr std::chrono::milliseconds stream_pause{500};  // between two looks at a busy account, and
inline constexpr int stream_rest = 10;                         // so many times as long as a look takes
inline constexpr std::size_t stream_backlog_bytes_max =
    64U << 10;  // unread; a slower reader is told the state later, not each change

class ChangeStream {
 public:
  ChangeStream(std::unique_ptr<http::BodyWriter> writer, std::string_view event);

  // An event for each item that is not as it was shown, `removed` for those that are gone, or, where it says `truncated`, may only stand behind what is followed by now, `truncated` when the list begins or ceases to go on behind what is followed of
  // it, and a comment with the position: all before it has been told.
  void show(const FollowedList& list, Position position);
  void beat(Position position);

  [[nodiscard]] bool abandoned() const { return writer_->abandoned(); }
  // Until it may be looked at again.
  [[nodiscard]] std::chrono::nanoseconds pause() const { return pause_; }
  [[nodiscard]] bool reader_is_slow() const { return writer_->unread_bytes() > stream_backlog_bytes_max; }

 private:
  std::unique_ptr<http::BodyWriter> writer_;
  std::string_view event_;
  using Items = std::map<std::string, std::size_t, std::less<>>;  // the item's id -> a hash of it
  void tell_items(std::string& out, const QueryAnswer& page, Position position, Items& now) const;

  Items shown_;
  bool truncated_{};
  std::chrono::nanoseconds pause_ = stream_pause;
};

// Answers with a stream, which begins.
[[nodiscard]] std::unique_ptr<ChangeStream> begin_changes(Exchange& exchange, std::string_view event);

}  // namespace gatehouse::api

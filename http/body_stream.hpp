// A body that is not known when its answer begins: a writer appends to it from any thread for as long as it likes, and the connection takes what
// there is whenever its socket has room. It ends with its writer; when the connection goes first, the writer is told by append().
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse::http {

namespace detail {
struct StreamState;
}

class BodyWriter {
 public:
  explicit BodyWriter(std::shared_ptr<detail::StreamState> state) : state_(std::move(state)) {}
  BodyWriter(const BodyWriter&) = delete;
  BodyWriter& operator=(const BodyWriter&) = delete;
  ~BodyWriter();  // ends the body

  // False when nobody reads any more.
  bool append(std::string_view bytes);
  [[nodiscard]] bool abandoned() const;
  // What the connection has not taken yet: a writer that can wait should, while the reader is slow.
  [[nodiscard]] std::size_t unread_bytes() const;
  // Calls back once, when the connection has taken everything or is gone: at once if that is so, otherwise on the connection's thread. Must be quick.
  void when_read(std::function<void()> call);

 private:
  std::shared_ptr<detail::StreamState> state_;
};

// The connection's end.
class BodyReader {
 public:
  explicit BodyReader(std::shared_ptr<detail::StreamState> state) : state_(std::move(state)) {}
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;
  ~BodyReader();  // abandons the body

  // `wake` is called on the writer's thread when there is something to take after there was nothing.
  void on_ready(std::function<void()> wake);
  // Moves what there is behind `out`; false when nothing will follow.
  bool take(std::string& out);

 private:
  std::shared_ptr<detail::StreamState> state_;
};

[[nodiscard]] std::pair<std::unique_ptr<BodyWriter>, std::shared_ptr<BodyReader>> make_body_stream();

}  // namespace gatehouse::http

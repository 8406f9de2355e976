// The answers of one connection: requests are answered in any order, answers leave in the order of the requests, and the
// finished ones at the front leave together, a piece at a time. No sockets, no locks: it lives on its connection's thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "http/response_writer.hpp"

namespace gatehouse::http {

class AnswerQueue {
 public:
  static constexpr std::size_t piece_bytes = 64 * 1024;        // no further answer is gathered behind so many
  static constexpr std::size_t copied_body_bytes = 16 * 1024;  // a larger body leaves from where it lies

  // A place for the next request's answer; the number names it in answer().
  std::uint64_t open(AnswerShape shape);

  // False if that place is not waiting: never opened, already answered, or dropped with the connection.
  bool answer(std::uint64_t sequence, Response response);

  // Writes the answers that may leave now behind `out`, as many as make a piece. Of the last one a large body is given back instead of
  // being copied: it leaves after `out`. Once an answer closes the connection the later ones are dropped.
  [[nodiscard]] std::shared_ptr<const std::string> gather(std::string& out, std::string_view date);
  bool ready() const { return !closed_ && in_flight() > 0 && slots_[front_].response.has_value(); }

  // The newest place is the connection's last one: its answer says so unless it has left already.
  void close_after_last();

  // A body that goes on after its head was gathered: writes what there is of it behind `out`.
  void gather_stream(std::string& out);
  void end_stream() { stream_.reset(); }
  bool streaming() const { return stream_ != nullptr; }

  std::size_t in_flight() const { return slots_.size() - front_; }
  std::size_t waiting_bytes() const { return waiting_bytes_; }  // of the bodies that have not been gathered
  bool closed() const { return closed_; }  // the last answer that this connection will carry has been gathered

 private:
  struct Slot {
    AnswerShape shape;
    std::optional<Response> response;
  };

  void drop_front();

  std::vector<Slot> slots_;  // from front_ on; the ones before have left
  std::size_t front_ = 0;
  std::uint64_t front_sequence_ = 0;
  std::size_t waiting_bytes_ = 0;
  bool closed_ = false;
  std::shared_ptr<BodyReader> stream_;
};

}  // namespace gatehouse::http

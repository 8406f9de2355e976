#include "http/answer_queue.hpp"

#include <utility>

#include "http/body_stream.hpp"

namespace gatehouse::http {
namespace {

std::shared_ptr<const std::string> take_body(Response& response) {
  if (auto* own = std::get_if<std::string>(&response.body))
    return std::make_shared<const std::string>(std::move(*own));
  return std::get<std::shared_ptr<const std::string>>(response.body);
}

}  // namespace

std::uint64_t AnswerQueue::open(AnswerShape shape) {
  slots_.push_back({.shape = shape, .response = std::nullopt});
  return front_sequence_ + in_flight() - 1;
}

bool AnswerQueue::answer(std::uint64_t sequence, Response response) {
  if (closed_ || sequence < front_sequence_ || sequence - front_sequence_ >= in_flight())
    return false;
  Slot& slot = slots_[front_ + static_cast<std::size_t>(sequence - front_sequence_)];
  if (slot.response)
    return false;
  slot.response = std::move(response);
  waiting_bytes_ += body_text(slot.response->body).size();
  return true;
}

std::shared_ptr<const std::string> AnswerQueue::gather(std::string& out, std::string_view date) {
  std::shared_ptr<const std::string> large_body;
  while (ready() && large_body == nullptr && out.size() < piece_bytes) {
    Slot& slot = slots_[front_];
    waiting_bytes_ -= body_text(slot.response->body).size();
    append_head(out, *slot.response, slot.shape, date);
    if (const auto content = content_of(*slot.response, slot.shape); content.size() <= copied_body_bytes)
      out.append(content);
    else
      large_body = take_body(*slot.response);
    const auto* stream = std::get_if<std::shared_ptr<BodyReader>>(&slot.response->body);
    if (stream != nullptr && !slot.shape.head)
      stream_ = *stream;
    closed_ = !slot.shape.keep_alive || slot.response->close || stream != nullptr;
    drop_front();
  }
  if (closed_) {
    front_sequence_ += in_flight();
    slots_.clear();
    front_ = 0;
    waiting_bytes_ = 0;
  }
  return large_body;
}

void AnswerQueue::gather_stream(std::string& out) {
  if (stream_ != nullptr && !stream_->take(out))
    stream_.reset();
}

void AnswerQueue::close_after_last() {
  if (in_flight() > 0)
    slots_.back().shape.keep_alive = false;
}

void AnswerQueue::drop_front() {
  slots_[front_].response.reset();
  ++front_;
  ++front_sequence_;
  if (front_ == slots_.size()) {
    slots_.clear();
    front_ = 0;
  } else if (front_ * 2 > slots_.size()) {
    slots_.erase(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(front_));
    front_ = 0;
  }
}

}  // namespace gatehouse::http

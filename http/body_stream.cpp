#include "http/body_stream.hpp"

#include <mutex>

namespace gatehouse::http {

namespace detail {

struct StreamState {
  std::mutex mutex;
  std::string unread;
  std::function<void()> wake;
  std::function<void()> read;
  bool ended = false;
  bool abandoned = false;
};

}  // namespace detail

namespace {

// Called without the lock: the connection may look at once.
void wake(detail::StreamState& state) {
  std::function<void()> call;
  {
    const std::lock_guard lock(state.mutex);
    call = state.wake;
  }
  if (call)
    call();
}

}  // namespace

BodyWriter::~BodyWriter() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ended = true;
  }
  wake(*state_);
}

bool BodyWriter::append(std::string_view bytes) {
  bool was_empty = false;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->abandoned)
      return false;
    was_empty = state_->unread.empty();
    state_->unread.append(bytes);
  }
  if (was_empty)
    wake(*state_);
  return true;
}

bool BodyWriter::abandoned() const {
  const std::lock_guard lock(state_->mutex);
  return state_->abandoned;
}

std::size_t BodyWriter::unread_bytes() const {
  const std::lock_guard lock(state_->mutex);
  return state_->unread.size();
}

void BodyWriter::when_read(std::function<void()> call) {
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->unread.empty() && !state_->abandoned) {
      state_->read = std::move(call);
      return;
    }
  }
  call();
}

BodyReader::~BodyReader() {
  std::function<void()> call;
  {
    const std::lock_guard lock(state_->mutex);
    state_->abandoned = true;
    state_->wake = nullptr;
    call.swap(state_->read);
  }
  if (call)
    call();
}

void BodyReader::on_ready(std::function<void()> wake_up) {
  const std::lock_guard lock(state_->mutex);
  state_->wake = std::move(wake_up);
}

bool BodyReader::take(std::string& out) {
  std::function<void()> call;
  bool more = false;
  {
    const std::lock_guard lock(state_->mutex);
    out.append(state_->unread);
    state_->unread.clear();
    more = !state_->ended;
    call.swap(state_->read);
  }
  if (call)
    call();
  return more;
}

std::pair<std::unique_ptr<BodyWriter>, std::shared_ptr<BodyReader>> make_body_stream() {
  auto state = std::make_shared<detail::StreamState>();
  auto writer = std::make_unique<BodyWriter>(state);
  return {std::move(writer), std::make_shared<BodyReader>(std::move(state))};
}

}  // namespace gatehouse::http

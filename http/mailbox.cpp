#include "http/mailbox.hpp"

#include <utility>

#include <boost/asio/post.hpp>

#include "http/wake_batch.hpp"

namespace gatehouse::http {
namespace {

thread_local const Mailbox* own_mailbox = nullptr;

}  // namespace

Mailbox::OwnThread::OwnThread(const Mailbox& mailbox) { own_mailbox = &mailbox; }

Mailbox::OwnThread::~OwnThread() { own_mailbox = nullptr; }

void Mailbox::deliver(AnswerTicket ticket, Response response) {
  put({.ticket = ticket, .response = std::move(response)});
}

void Mailbox::abandon(AnswerTicket ticket) { put({.ticket = ticket}); }

void Mailbox::nudge(AnswerTicket ticket) { put({.ticket = ticket, .nudge = true}); }

void Mailbox::put(Letter letter) {
  if (own_mailbox == this) {
    receive_({&letter, 1});
    return;
  }
  const std::lock_guard lock(mutex_);
  if (closed_)
    return;
  letters_.push_back(std::move(letter));
  if (std::exchange(wake_due_, true))
    return;
  if (WakeBatch* batch = WakeBatch::current()) {
    batch->add(shared_from_this());
  } else {
    wake_locked();
  }
}

void Mailbox::wake() {
  const std::lock_guard lock(mutex_);
  if (!closed_)
    wake_locked();
}

// Under the lock, because the context must still be there.
void Mailbox::wake_locked() {
  boost::asio::post(executor_, [self = shared_from_this()] { self->collect(); });
}

void Mailbox::collect() {
  std::vector<Letter> arrived;
  {
    const std::lock_guard lock(mutex_);
    wake_due_ = false;
    arrived.swap(letters_);
  }
  receive_(arrived);
}

void Mailbox::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  letters_.clear();
}

}  // namespace gatehouse::http

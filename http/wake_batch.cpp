#include "http/wake_batch.hpp"

#include "http/mailbox.hpp"

namespace gatehouse::http {
namespace {

thread_local WakeBatch* current_batch = nullptr;

}  // namespace

WakeBatch::WakeBatch() {
  if (current_batch == nullptr)
    current_batch = this;
}

WakeBatch::~WakeBatch() {
  if (current_batch != this)
    return;
  current_batch = nullptr;
  for (const auto& mailbox : mailboxes_)
    mailbox->wake();
}

WakeBatch* WakeBatch::current() { return current_batch; }

void WakeBatch::add(std::shared_ptr<Mailbox> mailbox) { mailboxes_.push_back(std::move(mailbox)); }

}  // namespace gatehouse::http

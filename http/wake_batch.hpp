// Completions that come in bursts should not cost one wake-up each. While a WakeBatch lives on a thread, answers given on
// that thread are put into their mailboxes at once but the I/O threads are woken when it ends. Keep it as short as the burst.
#pragma once
#include <memory>
#include <vector>

namespace gatehouse::http {

class Mailbox;

class WakeBatch {
 public:
  WakeBatch();
  WakeBatch(const WakeBatch&) = delete;
  WakeBatch& operator=(const WakeBatch&) = delete;
  ~WakeBatch();

  static WakeBatch* current();  // of this thread, null if none; one inside another leaves the waking to the outer

  void add(std::shared_ptr<Mailbox> mailbox);

 private:
  std::vector<std::shared_ptr<Mailbox>> mailboxes_;
};

}  // namespace gatehouse::http

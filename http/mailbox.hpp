// Where answers for the connections of one I/O thread arrive. From the thread itself they are received at once; from others
// they are queued and the thread is woken, once for all that arrive before it looks. It may outlive its thread: answers that
// come later are dropped.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "http/respond.hpp"
#include "http/task.hpp"

namespace gatehouse::http {

class Mailbox final : public AnswerSink, public std::enable_shared_from_this<Mailbox> {
 public:
  struct Letter {
    AnswerTicket ticket;
    std::optional<Response> response{};  // empty: the request was abandoned
    bool nudge = false;                  // nothing but a sign that there is more of an answer that goes on
  };
  using Receive = std::function<void(std::span<Letter>)>;

  // While it lives, the calling thread is the mailbox's own.
  class OwnThread {
   public:
    explicit OwnThread(const Mailbox& mailbox);
    OwnThread(const OwnThread&) = delete;
    OwnThread& operator=(const OwnThread&) = delete;
    ~OwnThread();
  };

  Mailbox(Executor executor, Receive receive) : executor_(executor), receive_(std::move(receive)) {}

  void deliver(AnswerTicket ticket, Response response) override;
  void abandon(AnswerTicket ticket) override;
  void nudge(AnswerTicket ticket) override;

  void wake();   // any thread
  void close();  // before the executor's context goes

 private:
  void put(Letter letter);
  void wake_locked();
  void collect();

  const Executor executor_;
  const Receive receive_;
  std::mutex mutex_;
  std::vector<Letter> letters_;
  bool wake_due_ = false;  // a wake-up is on its way, or a WakeBatch owes it
  bool closed_ = false;
};

}  // namespace gatehouse::http

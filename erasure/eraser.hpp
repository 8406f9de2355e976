// Carries out what was asked for by EraseSubject: destroys the keys of the person, has copies of readable texts removed, and records that it is
// done, with the digests of the keys. An erasure stays open in the log's state until then, so a restart goes on with it. One thread.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "commands/command_service.hpp"
#include "domain/erasure.hpp"
#include "sealing/subject_keys.hpp"
#include "store/event_log.hpp"

namespace gatehouse {

class Eraser {
 public:
  // All outlive the eraser. `tell` and `complain` are for the operator, a line each time.
  struct Parts {
    EventLog& log;
    CommandService& commands;
    SubjectKeys& keys;
    std::function<void(const std::string& line)> tell;
    std::function<void(const std::string& line)> complain;
  };

  // Removes what else is kept of the subjects in a readable form, and keeps more from being made. Throws.
  using Forget = std::function<void(const AccountId& account, const std::vector<std::string>& subjects)>;

  explicit Eraser(Parts parts) : parts_(std::move(parts)) {}
  ~Eraser();  // stop()

  // What `forget` needs must last until stop().
  void start(Forget forget);
  void stop();

  [[nodiscard]] std::uint64_t erased() const { return erased_; }  // since the start
  // Something that was to be erased could not be, and is to be tried again.
  [[nodiscard]] bool is_failing() const { return failing_; }

 private:
  void run();
  [[nodiscard]] bool carry_out(const std::vector<OpenErasure>& all);
  [[nodiscard]] bool finish(const OpenErasure& open, const std::vector<std::string>& subjects,
                            std::vector<DestroyedKey> destroyed);
  [[nodiscard]] bool record(const OpenErasure& open, std::vector<DestroyedKey> destroyed);

  Parts parts_;
  Forget forget_;
  std::unique_ptr<EventLog::Listener> listener_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool look_ = true;  // something was appended since the last look
  bool stopping_ = false;
  std::atomic<std::uint64_t> erased_{};
  std::atomic<bool> failing_{};
  std::thread thread_;
};

}  // namespace gatehouse

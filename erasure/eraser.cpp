#include "erasure/eraser.hpp"

#include <chrono>
#include <future>
#include <stdexcept>

#include "identity/base64url.hpp"

namespace gatehouse {

namespace {

constexpr std::chrono::milliseconds pause_between_looks{50};
constexpr std::chrono::seconds pause_after_failure{5};

std::string name_of(const OpenErasure& open) {
  return open.account_id.value + "/" + subject_of(open.row.user_id, open.row.entry_ids);
}

std::vector<SubjectName> names_of(const std::vector<OpenErasure>& all) {
  std::vector<SubjectName> names;
  for (const auto& open : all) {
    for (auto& subject : subjects_of(open.row.user_id, open.row.entry_ids))
      names.push_back({open.account_id, std::move(subject)});
  }
  return names;
}

}  // namespace

Eraser::~Eraser() { stop(); }

void Eraser::start(Forget forget) {
  forget_ = std::move(forget);
  listener_ = parts_.log.on_append([this](Position) {
    const std::lock_guard lock(mutex_);
    look_ = true;
    wake_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

void Eraser::stop() {
  listener_.reset();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable())
    thread_.join();
}

void Eraser::run() {
  std::unique_lock lock(mutex_);
  const auto stopped = [this] { return stopping_; };
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || look_; });
    if (stopping_)
      return;
    look_ = false;
    lock.unlock();
    const bool all_done = carry_out(open_erasures(*parts_.log.state()));
    failing_ = !all_done;
    lock.lock();
    look_ = look_ || !all_done;
    if (wake_.wait_for(lock, all_done ? pause_between_looks : pause_after_failure, stopped))
      return;
  }
}

// May be repeated: destroying keys again does nothing and tells the same.
bool Eraser::carry_out(const std::vector<OpenErasure>& all) try {
  auto digests = parts_.keys.destroy(names_of(all));
  bool all_done = true;
  std::size_t next = 0;
  for (const auto& open : all) {
    std::vector<DestroyedKey> destroyed;
    const auto subjects = subjects_of(open.row.user_id, open.row.entry_ids);
    for (const auto& subject : subjects) {
      if (const auto& digest = digests[next++])
        destroyed.push_back({subject, identity::base64url_encode(*digest)});
    }
    all_done = finish(open, subjects, std::move(destroyed)) && all_done;
  }
  return all_done;
} catch (const std::exception& error) {
  parts_.complain("keys of persons who are to be erased cannot be destroyed, which is to be tried again: " +
                  std::string(error.what()));
  return false;
}

bool Eraser::finish(const OpenErasure& open, const std::vector<std::string>& subjects,
                    std::vector<DestroyedKey> destroyed) try {
  forget_(open.account_id, subjects);
  return record(open, std::move(destroyed));
} catch (const std::exception& error) {
  parts_.complain("the erasure of " + name_of(open) + " is to be tried again: " + error.what());
  return false;
}

bool Eraser::record(const OpenErasure& open, std::vector<DestroyedKey> destroyed) {
  Submission submission;
  submission.account_id = open.account_id;
  submission.caller = {.type = ActorType::system, .id = "erasure", .platform = false, .directory = false};
  submission.commands.emplace_back(RecordSubjectErased{open.row.user_id, open.row.entry_ids, std::move(destroyed)});
  const auto outcome = std::make_shared<std::promise<Outcome>>();
  parts_.commands.submit(std::move(submission), [outcome](Outcome done) { outcome->set_value(std::move(done)); });
  const auto done = outcome->get_future().get();
  if (!std::holds_alternative<Committed>(done)) {
    parts_.complain("the erasure of " + name_of(open) + " is done, and is to be recorded again");
    return false;
  }
  ++erased_;
  parts_.tell("erased " + name_of(open));
  return true;
}

}  // namespace gatehouse

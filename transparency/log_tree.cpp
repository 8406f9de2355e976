#include "transparency/log_tree.hpp"

#include <array>
#include <future>
#include <utility>

namespace gatehouse::transparency {

namespace {

constexpr std::size_t events_per_write = 1'000;
constexpr std::chrono::milliseconds pause{
    10};  // between two looks at a busy log: what came meanwhile is written together
constexpr std::chrono::seconds after_refusal{1};

}  // namespace

LogTree::LogTree(const Parts& parts, Settings settings)
    : parts_(parts), settings_(std::move(settings)),
      publisher_({parts.signer, parts.cosigner, parts.kept}, settings_.report) {}

LogTree::~LogTree() { stop(); }

tl::expected<void, std::string> LogTree::start() {
  auto table = open_table();
  if (!table)
    return tl::unexpected(table.error());
  table_ = std::move(*table);
  publisher_.start();
  listener_ = parts_.log.on_append([this](Position) { note_growth(); });
  thread_ = std::thread([this] { run(); });
  return {};
}

tl::expected<std::shared_ptr<ProjectionTable>, std::string> LogTree::open_table() {
  const ProjectionId id{std::string(tree_table), tree_table_version};
  auto table = parts_.store.find(id, GenerationRole::active);
  if (!table) {
    auto created = parts_.store.create(id);
    if (!created)
      return tl::unexpected(created.error().detail);
    if (auto active = parts_.store.activate(**created); !active)
      return tl::unexpected(active.error().detail);
    table = std::move(*created);
  }
  if (const auto end = table->snapshot()->checkpoint(); end > parts_.log.head())
    return tl::unexpected("the tree over the log is at position " + std::to_string(end.value) +
                          ", ahead of the log, which ends at " + std::to_string(parts_.log.head().value));
  return table;
}

void LogTree::stop() {
  listener_.reset();
  stopping_ = true;
  wake();
  if (thread_.joinable())
    thread_.join();
  publisher_.stop();
}

void LogTree::wait_for(Position position, Time deadline, Done done) {
  publisher_.wait_for([position](const TreeView& tree) { return tree.head().size >= position.value; }, deadline,
                      std::move(done));
}

void LogTree::wait_for_heads(Position position, Time deadline, Done done) {
  const auto covers = [position](const TreeView& tree) {
    return tree.heads() && (tree.heads()->through >= position.value || tree.heads()->position == position.value);
  };
  const auto now = published();
  if (!now || !covers(*now)) {
    auto wanted = heads_wanted_.load();
    while (wanted < position.value && !heads_wanted_.compare_exchange_weak(wanted, position.value)) {
    }
    wake();
  }
  publisher_.wait_for(covers, deadline, std::move(done));
}

std::string LogTree::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void LogTree::run() try { grow(); } catch (const BrokenHistory& broken) {
  settings_.report(std::string("nothing more is published of the log: ") + broken.what());
  const std::lock_guard lock(mutex_);
  failure_ = broken.what();
}

void LogTree::grow() {
  fold_.emplace(*table_->snapshot(), parts_.log);
  size_ = fold_->position().value;
  // The rows may be behind what was published before a power cut, the log is not: nothing is signed until they have all of it.
  while (!stopping_ && advance()) {
  }
  if (stopping_)
    return;
  restore_published();
  publisher_.offer(TreeView(parts_.log, table_->snapshot()));
  while (!stopping_) {
    bool grown = false;
    while (!stopping_ && advance())
      grown = true;
    if (grown)
      publisher_.offer(TreeView(parts_.log, table_->snapshot()));
    if (heads_are_due())
      commit_heads();
    else
      sleep();
  }
  // So that what a stopped server has left is complete by itself.
  while (advance()) {
  }
  if (fold_->has_uncommitted())
    commit_heads();
  while (advance()) {
  }
}

// Where nobody cosigns, the log's head is published at once instead.
void LogTree::restore_published() {
  if (parts_.kept == nullptr)
    return;
  auto published = parts_.kept->restore(TreeView(parts_.log, table_->snapshot()), verifier_key(), settings_.report);
  if (published && parts_.cosigner != nullptr)
    publisher_.resume(std::move(*published));
}

// False when there is nothing new.
bool LogTree::advance() {
  const auto page = parts_.log.read(fold_->position(), events_per_write);
  if (page.events.empty())
    return false;
  const auto snapshot = table_->snapshot();
  OverlayTable rows(*snapshot);
  for (const auto& event : page.events)
    fold_->add(rows, event);
  fold_->finish(rows);
  const std::array writes{ProjectionWrite{table_.get(), &rows.changes(), fold_->position()}};
  if (const auto written = parts_.store.write(writes); !written)
    throw BrokenHistory("the tree cannot be written: " + written.error().detail);
  size_ = fold_->position().value;
  return true;
}

bool LogTree::heads_are_wanted() const { return heads_wanted_ > committed_through_; }

bool LogTree::heads_are_due() {
  if (!fold_->has_uncommitted()) {
    committed_through_ = fold_->position().value;
    uncommitted_since_.reset();
    return false;
  }
  const auto now = Time::clock::now();
  uncommitted_since_ = uncommitted_since_.value_or(now);
  // What is wanted stands in the log; where it is not folded yet, the log has woken this thread already.
  return (heads_are_wanted() && heads_wanted_ <= fold_->position().value) || fold_->pending() >= heads_pending_max ||
         now - *uncommitted_since_ >= settings_.heads_interval;
}

void LogTree::commit_heads() {
  const auto heads = fold_->heads_now(*table_->snapshot());
  Submission submission;
  submission.account_id = catalogue_stream;  // the platform's door
  submission.caller = {.type = ActorType::system, .id = "transparency"};
  submission.commands.push_back(CommitAccountHeads{heads.through, heads.accounts, tlog::to_base64(heads.root)});
  const auto promise = std::make_shared<std::promise<Outcome>>();
  auto outcome = promise->get_future();
  parts_.commands.submit(std::move(submission), [promise](Outcome done) { promise->set_value(std::move(done)); });
  const auto done = outcome.get();
  GATEHOUSE_ASSERT(!std::holds_alternative<Refused>(done));
  if (std::holds_alternative<Committed>(done)) {
    committed_through_ = heads.through;
    uncommitted_since_.reset();
    return;
  }
  // The log takes nothing now; whoever wants heads waits until it does.
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, after_refusal, [this] { return stopping_.load(); });
}

void LogTree::sleep() {
  std::unique_lock lock(mutex_);
  const auto woken = [this] { return woken_ || stopping_; };
  if (uncommitted_since_)
    changed_.wait_until(lock, *uncommitted_since_ + settings_.heads_interval, woken);
  else
    changed_.wait(lock, woken);
  woken_ = false;
  if (!stopping_ && !heads_are_wanted())
    changed_.wait_for(lock, pause, [this] { return stopping_ || heads_are_wanted(); });
}

// Of an append, which is not to wake a thread that knows already.
void LogTree::note_growth() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(woken_, true))
    return;
  changed_.notify_one();
}

void LogTree::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_one();
}

}  // namespace gatehouse::transparency

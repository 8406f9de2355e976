#include "tests/store/crash_script.hpp"

#include <algorithm>

#include "store/rocks_event_log.hpp"
#include "tests/store/event_log_contract.hpp"

namespace gatehouse::testing {

namespace {

const ProjectionId count{"count", 1};
constexpr std::size_t text_bytes = 1'000;

// Group n: two commits of 1 and 2 events on two accounts, every fifth group a record alone.
constexpr std::uint64_t events_per_group = 3;
bool has_events(std::uint64_t group) { return group % 5 != 4; }
std::uint64_t groups_with_events(std::uint64_t groups) { return groups - groups / 5; }
std::uint64_t commands_of(std::uint64_t group) { return group * 2 + 1; }

std::string text(std::uint64_t group, std::uint64_t event) {
  std::string text = std::to_string(group) + "/" + std::to_string(event) + "/";
  // Random enough not to be compressed away.
  for (auto seed = group * 31 + event + 1; text.size() < text_bytes;
       seed = seed * 6364136223846793005U + 1442695040888963407U)
    text.push_back(static_cast<char>('!' + (seed >> 33) % 90));
  return text;
}

std::string row_key(std::uint64_t group) { return "group" + std::to_string(group); }

std::vector<CommitDraft> drafts(std::uint64_t group) {
  const auto command = commands_of(group);
  if (!has_events(group)) {
    return {
        DraftBuilder("a", groups_with_events(group), command).record(1, "nothing").row(row_key(group), "v").build()};
  }
  const auto before = groups_with_events(group);
  return {DraftBuilder("a", before, command).event(text(group, 0)).record(1, text(group, 0)).build(),
          DraftBuilder("b", before * 2, command + 1)
              .event(text(group, 1))
              .event(text(group, 2))
              .row(row_key(group), "v")
              .build()};
}

// The projection's one row says what its checkpoint must say.
OverlayTable::Changes count_row(Position checkpoint) { return {{"count", std::to_string(checkpoint.value)}}; }

bool project(RocksEventLog& log) {
  const auto& store = log.projections();
  auto table = store->find(count, GenerationRole::active);
  if (!table) {
    auto created = store->create(count);
    if (!created || !store->activate(**created))
      return false;
    table = *created;
  }
  const auto changes = count_row(log.head());
  const ProjectionWrite write{table.get(), &changes, log.head()};
  return store->write({&write, 1}).has_value();
}

// A fresh generation beside the active one, in its place once it is there, and the old one dropped.
bool rebuild(RocksEventLog& log, bool sorted, Answers& answers) {
  const auto& store = log.projections();
  const auto former = store->find(count, GenerationRole::active);
  const auto checkpoint = log.head();
  const auto row = count_row(checkpoint);
  auto created = store->create(count);
  if (!created)
    return false;
  auto& table = **created;
  const auto fill = [&](const ProjectionStore::RowSink& sink) { sink("count", *row.at("count")); };
  const auto change = [&](const ProjectionStore::ChangeSink& sink) { sink("count", row.at("count")); };
  if (!(sorted ? store->load(table, checkpoint, fill) : store->load_more(table, checkpoint, change)))
    return false;
  if (!store->activate(table))
    return false;
  answers.rebuilt_to = checkpoint.value;
  return store->drop(*former).has_value();
}

std::string check_events(const EventLog& log, std::uint64_t groups) {
  const auto page = log.read({}, page_events_max);
  if (page.events.size() != groups_with_events(groups) * events_per_group)
    return "events: " + std::to_string(page.events.size());
  std::size_t next = 0;
  for (std::uint64_t group = 0; group < groups; ++group) {
    for (std::uint64_t event = 0; has_events(group) && event < events_per_group; ++event) {
      if (text_of(page.events[next++]) != text(group, event))
        return "event " + std::to_string(next);
    }
  }
  return {};
}

std::string check_rows(const EventLog& log, std::uint64_t groups, std::uint64_t groups_played) {
  for (std::uint64_t group = 0; group < groups_played; ++group) {
    const bool expected = group < groups;
    if (log.state()->get(row_key(group)).has_value() != expected)
      return "state row of group " + std::to_string(group);
    if (log.find_command(numbered_uuid(commands_of(group))).has_value() != expected)
      return "record of group " + std::to_string(group);
  }
  return {};
}

std::string check_projection(const RocksEventLog& log, std::uint64_t rebuilt_to) {
  const auto table = log.projections()->find(count, GenerationRole::active);
  if (!table)
    return rebuilt_to == 0 ? "" : "a rebuilt projection is gone";
  const auto snapshot = table->snapshot();
  if (snapshot->checkpoint() > log.head())
    return "a projection is ahead of the log";
  if (snapshot->checkpoint().value < rebuilt_to)
    return "a rebuilt projection went back";
  const auto row = snapshot->get("count");
  if (row ? *row != std::to_string(snapshot->checkpoint().value) : snapshot->checkpoint().value != 0)
    return "a projection's rows are not those of its checkpoint";
  return {};
}

}  // namespace

OpenOptions CrashScript::options() const {
  auto small = small_log(data_dir);
  small.memtable_bytes = 64U << 10;
  small.wal_bytes_max = 16U << 10;
  return small;
}

std::unique_ptr<EventLog> CrashScript::play(const OpenOptions& options, Answers& answers) const {
  auto log = RocksEventLog::open(options);
  if (!log)
    return nullptr;
  const auto is_appended = [](const AppendResult& result) { return result.status == AppendStatus::appended; };
  for (std::uint64_t group = 0; group < groups; ++group) {
    auto commits = drafts(group);
    if (!std::ranges::all_of((*log)->append(commits), is_appended))
      return std::move(*log);
    ++answers.appended_groups;
    if (!project(**log))
      return std::move(*log);
    if (group % 4 == 3 && !rebuild(**log, group % 8 == 7, answers))
      return std::move(*log);
  }
  answers.finished = true;
  return std::move(*log);
}

std::string CrashScript::find_fault(const OpenOptions& options, const Answers& answers) const {
  auto opened = RocksEventLog::open(options);
  if (!opened)
    return "refused: " + to_text(opened.error());
  auto& log = **opened;
  // The group that nobody was promised may be there or not, and its record tells which.
  auto present = answers.appended_groups.load();
  if (log.find_command(numbered_uuid(commands_of(present))))
    ++present;
  for (auto fault : {check_events(log, present), check_rows(log, present, answers.appended_groups + 2),
                     check_projection(log, answers.rebuilt_to)}) {
    if (!fault.empty())
      return fault + ", acknowledged groups: " + std::to_string(answers.appended_groups);
  }
  if (const auto verified = log.verify_chain({}); !verified)
    return "verification: " + to_text(verified.error());
  auto commits = drafts(present);
  if (log.append(commits).front().status != AppendStatus::appended)
    return "cannot go on: " + log.read_only_reason();
  return {};
}

}  // namespace gatehouse::testing

#include "api/transparency/export.hpp"

#include "api/json/described_writer.hpp"
#include "api/transparency/completeness_json.hpp"
#include "replay/stream_places.hpp"
#include "table/assert.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::api {

namespace {

constexpr std::uint64_t events_per_part = 500;

}  // namespace

Export::Export(const EventLog& log, const transparency::TreeView& tree, const Asked& asked)
    : log_(&log), account_(asked.account), checkpoint_(tree.checkpoint()), after_(asked.after),
      through_{tree.head().size}, written_(asked.after.value), end_(tree.head().size),
      records_(asked.form, asked.reader) {}

std::optional<Export> Export::of(const EventLog& log, const transparency::TreeView& tree, const Asked& asked) {
  Export all(log, tree, asked);
  if (asked.account.empty())
    return all;
  auto completeness = tree.completeness(asked.account);
  if (!completeness)
    return std::nullopt;
  all.through_ = completeness->through;
  all.written_ = version_at(log, asked.account, asked.after);
  all.end_ = completeness->head.version;
  all.completeness_ = std::move(completeness);
  return all;
}

bool Export::write_part(std::string& out) {
  if (written_ < end_) {
    const auto count = static_cast<std::size_t>(std::min(events_per_part, end_ - written_));
    const auto page = account_.empty() ? log_->read({written_}, count) : log_->read_stream(account_, written_, count);
    GATEHOUSE_ASSERT(!page.events.empty());
    for (const auto& event : page.events)
      records_.add(out, event);
    written_ += page.events.size();
  }
  return written_ < end_;
}

std::string Export::manifest() const {
  GATEHOUSE_ASSERT(!begins_beyond_end());
  auto text = std::string(transparency::export_manifest_line) + "\n";
  {
    ObjectWriter manifest(text);
    manifest.member("form", records_.form())
        .member_if_any("account_id", account_)
        .member("after", after_)
        .member("through", through_)
        .member("records", records_.count())
        .member("chain", tlog::to_base64(records_.chain()))
        .member("checkpoint", checkpoint_);
    if (completeness_)
      append_completeness(manifest.key("completeness"), account_, *completeness_);
  }
  return text += '\n';
}

}  // namespace gatehouse::api

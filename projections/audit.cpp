#include "projections/audit.hpp"

#include <algorithm>
#include <array>

#include "projections/named_ids.hpp"
#include "projections/page.hpp"
#include "table/assert.hpp"
#include "table/key.hpp"
#include "table/row_cursor.hpp"

namespace gatehouse {

namespace {

constexpr char type_tag = 'T';
constexpr char app_tag = 'A';
constexpr char user_tag = 'U';
constexpr char actor_tag = 'W';
constexpr unsigned bucket_bits = 8;  // a version's place in its bucket is one byte

std::uint64_t bucket_of(std::uint64_t version) { return version >> bucket_bits; }

std::string prefix_by_type(const AccountId& account, std::uint32_t type) {
  return Key(type_tag).text(account.value).number(type).take();
}
std::string prefix_by_id(char tag, const AccountId& account, std::string_view id) {
  return Key(tag).text(account.value).text(id).take();
}

// Notes one version of an account in the rows that it belongs to. The keys of an account's rows differ in the tag and behind the account alone.
class Notes {
 public:
  Notes(Table& rows, const AccountId& account, std::uint64_t version)
      : rows_(rows), version_(version), key_(Key(type_tag).text(account.value).take()), shared_bytes_(key_.size()) {}

  void add_type(std::uint32_t type) {
    begin(type_tag);
    append_key_number(key_, type);
    add();
  }
  void add_id(char tag, std::string_view id) {
    begin(tag);
    append_key_text(key_, id);
    add();
  }

 private:
  void begin(char tag) {
    key_.resize(shared_bytes_);
    key_.front() = tag;
  }

  void add() {
    append_key_number(key_, bucket_of(version_));
    rows_.update(key_, [this](std::string& places) {
      const auto place = static_cast<unsigned char>(version_);
      if (!places.empty() && static_cast<unsigned char>(places.back()) >= place) {
        throw BrokenRow("version " + std::to_string(version_) + " is in the index already");
      }
      places.push_back(static_cast<char>(place));
    });
  }

  Table& rows_;
  std::uint64_t version_;
  std::string key_;  // of the row that was noted in last
  std::size_t shared_bytes_;
};

std::vector<std::string> prefixes_of(const AccountId& account, const AuditFilter& filter) {
  std::vector<std::string> prefixes;
  if (filter.user_id)
    prefixes.push_back(prefix_by_id(user_tag, account, filter.user_id->value));
  if (filter.app_id)
    prefixes.push_back(prefix_by_id(app_tag, account, filter.app_id->value));
  if (filter.actor_id)
    prefixes.push_back(prefix_by_id(actor_tag, account, *filter.actor_id));
  if (filter.type)
    prefixes.push_back(prefix_by_type(account, *filter.type));
  return prefixes;
}

std::string suffix_of(std::uint64_t bucket) {
  std::string suffix;
  append_key_number(suffix, bucket);
  return suffix;
}

std::uint64_t bucket_at(const RowCursor& cursor) {
  std::uint64_t bucket = 0;
  for (const char byte : cursor.suffix())
    bucket = (bucket << 8) | static_cast<unsigned char>(byte);
  return bucket;
}

enum class Search { found, ended, tired };

// Takes all cursors to the first bucket from `bucket` on that each of them has. A tired search has shown that none is before `bucket`.
Search next_shared_bucket(std::vector<RowCursor>& cursors, PageBudget& budget, std::uint64_t& bucket) {
  for (std::size_t agreed = 0; agreed < cursors.size();) {
    if (budget.spent(0))
      return Search::tired;
    agreed = 0;
    for (auto& cursor : cursors) {
      budget.count_row();
      cursor.seek(suffix_of(bucket));
      if (cursor.done())
        return Search::ended;
      const auto found = bucket_at(cursor);
      if (found > bucket) {
        bucket = found;
        break;
      }
      ++agreed;
    }
  }
  return Search::found;
}

std::string shared_places(const std::vector<RowCursor>& cursors) {
  std::string shared(cursors.front().value());
  for (const auto& cursor : cursors) {
    std::erase_if(shared, [&](char place) { return cursor.value().find(place) == std::string_view::npos; });
  }
  return shared;
}

}  // namespace

void AuditProjection::apply(Table& rows, const RecordedEvent& event) const {
  const auto& envelope = event.envelope;
  Notes notes(rows, envelope.account_id, envelope.account_version);
  notes.add_type(event.type);
  if (!envelope.actor.id.empty())
    notes.add_id(actor_tag, envelope.actor.id);
  const auto* known = event.known();
  if (known == nullptr)
    return;
  const auto ids = named_ids(*known);
  for (const auto app : ids.apps)
    notes.add_id(app_tag, app);
  for (const auto user : ids.users)
    notes.add_id(user_tag, user);
}

std::span<const RowShape> AuditProjection::shapes() const {
  static constexpr std::array<RowShape, 4> shapes{
      RowShape{type_tag, "events by type", "tnn"}, RowShape{app_tag, "events by app", "ttn"},
      RowShape{user_tag, "events by user", "ttn"}, RowShape{actor_tag, "events by actor", "ttn"}};
  return shapes;
}

bool matches(const AuditFilter& filter, const RecordedEvent& event) {
  if (filter.type && *filter.type != event.type)
    return false;
  if (filter.actor_id && *filter.actor_id != event.envelope.actor.id)
    return false;
  if (!filter.app_id && !filter.user_id)
    return true;
  const auto* known = event.known();
  if (known == nullptr)
    return false;
  const auto ids = named_ids(*known);
  return (!filter.app_id || std::ranges::binary_search(ids.apps, filter.app_id->value)) &&
         (!filter.user_id || std::ranges::binary_search(ids.users, filter.user_id->value));
}

AuditPage audit_page(const TableReader& rows, const AccountId& account, const AuditFilter& filter, std::uint64_t after,
                     std::uint64_t to, std::size_t versions_max) {
  GATEHOUSE_ASSERT(!filter.matches_all());
  AuditPage page{{}, after};
  PageBudget budget(versions_max);
  auto bucket = bucket_of(after + 1);
  const auto before = bucket > 0 ? suffix_of(bucket - 1) : std::string();
  std::vector<RowCursor> cursors;
  for (auto& prefix : prefixes_of(account, filter))
    cursors.emplace_back(rows, std::move(prefix), before);
  for (; bucket <= bucket_of(to); ++bucket) {
    const auto search = next_shared_bucket(cursors, budget, bucket);
    if (search == Search::ended)
      break;
    if (bucket > 0)
      page.scanned_to = std::clamp((bucket << bucket_bits) - 1, after, to);
    if (search == Search::tired)
      return page;
    for (const char place : shared_places(cursors)) {
      const auto version = (bucket << bucket_bits) | static_cast<unsigned char>(place);
      if (version <= after || version > to)
        continue;
      page.versions.push_back(version);
      page.scanned_to = version;
      if (page.versions.size() == versions_max)
        return page;
    }
  }
  page.scanned_to = to;
  return page;
}

}  // namespace gatehouse

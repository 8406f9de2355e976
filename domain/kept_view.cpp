#include "domain/kept_view.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "domain/row_writer.hpp"
#include "domain/state_keys.hpp"

namespace gatehouse {

namespace {

constexpr char absent = '-';
constexpr char present = '+';

bool same(const OpenListing& left, const OpenListing& right) {
  return left.account_id == right.account_id && left.account_version == right.account_version;
}

std::string copies_of(const OpenListing& listing) {
  return state_keys::kept_rows(listing.account_id, listing.account_version);
}

void put_listings(Table& rows, const AccountId& account, std::vector<OpenListing> open) {
  const auto key = state_keys::open_listings_of(account);
  if (open.empty())
    rows.erase(key);
  else
    put_row(rows, key, ListingsRow{std::move(open)});
}

}  // namespace

std::vector<OpenListing> open_listings_of(const TableReader& rows, const AccountId& account) {
  auto row = read_row<ListingsRow>(rows, state_keys::open_listings_of(account));
  return row ? std::move(row->open) : std::vector<OpenListing>();
}

std::vector<OpenListing> open_listings(const TableReader& rows) {
  std::vector<OpenListing> all;
  rows.scan(state_keys::open_listings(), [&](std::string_view, std::string_view value) {
    auto row = unpack_row<ListingsRow>(value);
    std::ranges::move(row.open, std::back_inserter(all));
    return true;
  });
  return all;
}

KeptView::KeptView(const TableReader& rows, const OpenListing& listing) : rows_(rows), kept_(copies_of(listing)) {}

std::optional<std::string> KeptView::get(std::string_view key) const {
  const auto copy = rows_.get(kept_ + std::string(key));
  if (!copy)
    return rows_.get(key);
  return copy->front() == present ? std::optional(copy->substr(1)) : std::nullopt;
}

void KeptView::scan(std::string_view prefix, std::string_view from, const Visitor& visit) const {
  std::vector<std::pair<std::string, std::string>> copies;
  rows_.scan(kept_ + std::string(prefix), from.empty() ? std::string() : kept_ + std::string(from),
             [&](std::string_view key, std::string_view value) {
               copies.emplace_back(key.substr(kept_.size()), value);
               return true;
             });
  auto next = copies.begin();
  const auto visit_copy = [&] {
    const auto& [key, value] = *next++;
    return value.front() == absent || visit(key, std::string_view(value).substr(1));
  };
  bool going = true;
  rows_.scan(prefix, from, [&](std::string_view key, std::string_view value) {
    while (going && next != copies.end() && next->first < key)
      going = visit_copy();
    if (going && next != copies.end() && next->first == key)
      going = visit_copy();
    else if (going)
      going = visit(key, value);
    return going;
  });
  while (going && next != copies.end())
    going = visit_copy();
}

KeepingTable::KeepingTable(Table& rows, const AccountId& stream) : rows_(rows) {
  const bool catalogue = stream == catalogue_stream;
  for (const auto& listing : catalogue ? open_listings(rows) : open_listings_of(rows, stream))
    kept_.push_back(kept_for(listing, catalogue));
}

KeepingTable::Kept KeepingTable::kept_for(const OpenListing& listing, bool catalogue) {
  const auto& account = listing.account_id;
  const auto& user = listing.user_id;
  Kept kept{.copies = copies_of(listing), .wishes = {}};
  if (catalogue) {
    kept.wishes = {{state_keys::apps(), {}}};
    return kept;
  }
  // A user's id is the last part of the rows of members and of their subscriptions.
  const auto of_user = user.empty() ? std::string() : user.value + '\0';
  const auto index =
      user.empty() ? state_keys::subscriptions_of_users(account) : state_keys::subscriptions_of_user(account, user);
  kept.wishes = {{state_keys::members(account), of_user},
                 {state_keys::user_subscriptions(account), of_user},
                 {index, {}},
                 {state_keys::governed_apps(account), {}},
                 {state_keys::account_subscriptions(account), {}},
                 {state_keys::apps_for_everyone(account), {}}};
  return kept;
}

void KeepingTable::keep(std::string_view key) {
  const auto is_wanted = [&](const Wish& wish) { return key.starts_with(wish.prefix) && key.ends_with(wish.ending); };
  for (const auto& kept : kept_) {
    const auto copy = kept.copies + std::string(key);
    if (std::ranges::none_of(kept.wishes, is_wanted) || rows_.get(copy))
      continue;
    const auto value = rows_.get(key);
    rows_.put(copy, value ? present + *value : std::string(1, absent));
  }
}

void KeepingTable::put(std::string_view key, std::string_view value) {
  keep(key);
  rows_.put(key, value);
}

void KeepingTable::erase(std::string_view key) {
  keep(key);
  rows_.erase(key);
}

void KeepingTable::update(std::string_view key, const std::function<void(std::string& value)>& change) {
  keep(key);
  rows_.update(key, change);
}

void open_listing(Table& rows, OpenListing listing) {
  const auto account = listing.account_id;
  auto open = open_listings_of(rows, account);
  open.push_back(std::move(listing));
  put_listings(rows, account, std::move(open));
}

void advance_listing(Table& rows, const OpenListing& listing, bool complete) {
  auto open = open_listings_of(rows, listing.account_id);
  const auto found = std::ranges::find_if(open, [&](const OpenListing& one) { return same(one, listing); });
  if (found == open.end())
    return;
  if (!complete) {
    *found = listing;
    return put_listings(rows, listing.account_id, std::move(open));
  }
  std::vector<std::string> copies;
  rows.scan(copies_of(listing), [&](std::string_view key, std::string_view) {
    copies.emplace_back(key);
    return true;
  });
  for (const auto& key : copies)
    rows.erase(key);
  open.erase(found);
  put_listings(rows, listing.account_id, std::move(open));
}

}  // namespace gatehouse

// A look back: the state's rows as they were just before one event, kept while something still has to be read from them. An event may end any number
// of subscriptions without naming them; where an endpoint wants to hear of each, those subscriptions are listed by later events, and until the list
// is complete every row that it is read from is copied before it changes. The rows are the account's members, apps and subscriptions, and the
// catalogue's apps; nothing is copied while no list is open.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "domain/decide.hpp"
#include "domain/rows.hpp"
#include "table/table.hpp"

namespace gatehouse {

// The lists of the account that are not complete, oldest first.
[[nodiscard]] std::vector<OpenListing> open_listings_of(const TableReader& rows, const AccountId& account);
// Of every account. Costs as much as there are.
[[nodiscard]] std::vector<OpenListing> open_listings(const TableReader& rows);

// The rows as they were before the listing's event. Both must outlive the view.
class KeptView final : public TableReader {
 public:
  KeptView(const TableReader& rows, const OpenListing& listing);
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  using TableReader::scan;
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override;

 private:
  const TableReader& rows_;
  std::string kept_;  // what the keys of the copies begin with
};

// The rows, for a fold of one event of `stream`: what an open list needs is copied before it changes.
class KeepingTable final : public Table {
 public:
  KeepingTable(Table& rows, const AccountId& stream);
  [[nodiscard]] bool keeps_nothing() const { return kept_.empty(); }

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override { return rows_.get(key); }
  using TableReader::scan;
  void scan(std::string_view prefix, std::string_view from, const Visitor& visit) const override {
    rows_.scan(prefix, from, visit);
  }
  void put(std::string_view key, std::string_view value) override;
  void erase(std::string_view key) override;
  void update(std::string_view key, const std::function<void(std::string& value)>& change) override;

 private:
  // Which rows a list is read from: those below the prefixes, of one member alone where the list is of one.
  struct Wish {
    std::string prefix;
    std::string ending;  // of the key; empty: any
  };
  struct Kept {
    std::string copies;  // what the keys of the copies begin with
    std::vector<Wish> wishes;
  };
  static Kept kept_for(const OpenListing& listing, bool catalogue);
  void keep(std::string_view key);

  Table& rows_;
  std::vector<Kept> kept_;  // for each open list
};

// Folds of lists: one is opened with the event, goes on, and is closed with all its copies.
void open_listing(Table& rows, OpenListing listing);
void advance_listing(Table& rows, const OpenListing& listing, bool complete);

}  // namespace gatehouse

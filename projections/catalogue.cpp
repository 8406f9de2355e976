#include "projections/catalogue.hpp"

#include <algorithm>
#include <array>
#include <boost/describe/class.hpp>
#include <utility>
#include <vector>

#include "events/archive.hpp"
#include "projections/catalogue_row.hpp"
#include "projections/row_text.hpp"
#include "table/key.hpp"

namespace gatehouse {

namespace {

constexpr std::size_t sort_name_bytes_max = 128;

std::string app_key(const AppId& app) { return Key('A').text(app.value).take(); }

// A shelf is what one kind of visitor sees: the public one has no name, an account's own has the account's.
std::string name_key(std::string_view shelf, const CatalogueRow& row, const AppId& app) {
  return Key('N').text(shelf).text(sort_name(row.name)).text(app.value).take();
}
std::string newest_key(std::string_view shelf, const CatalogueRow& row, const AppId& app) {
  return Key('D').text(shelf).descending(row.registered_version).text(app.value).take();
}

// Where the app is found; nowhere when it is withdrawn, or neither listed nor somebody's own.
std::optional<std::string> shelf_of(const CatalogueRow& row) {
  if (row.withdrawn) return std::nullopt;
  if (row.published && row.listed) return std::string();
  if (row.developer == DeveloperKind::account) return row.developer_account_id.value;
  return std::nullopt;
}

void take_off_shelf(Table& rows, const AppId& app, const CatalogueRow& row) {
  const auto shelf = shelf_of(row);
  if (!shelf) return;
  rows.erase(name_key(*shelf, row, app));
  rows.erase(newest_key(*shelf, row, app));
}

void put_on_shelf(Table& rows, const AppId& app, const CatalogueRow& row) {
  rows.put(app_key(app), pack(row));
  const auto shelf = shelf_of(row);
  if (!shelf) return;
  rows.put(name_key(*shelf, row, app), {});
  rows.put(newest_key(*shelf, row, app), {});
}

template <class Change>
void change_app(Table& rows, const AppId& app, const Change& change) {
  const auto stored = rows.get(app_key(app));
  if (!stored) throw BrokenRow("app " + app.value + " was never registered");
  auto row = unpack<CatalogueRow>(*stored);
  if (!row) throw BrokenRow("the row of app " + app.value + " cannot be read");
  take_off_shelf(rows, app, *row);
  change(*row);
  put_on_shelf(rows, app, *row);
}

class CatalogueFold {
 public:
  CatalogueFold(Table& rows, const Envelope& envelope) : rows_(rows), envelope_(envelope) {}

  void operator()(const AppRegistered& event) const {
    CatalogueRow row;
    row.developer = event.developer;
    row.developer_account_id = event.developer_account_id;
    row.registered_version = envelope_.account_version;
    take_facts(row, event.facts);
    put_on_shelf(rows_, event.app_id, row);
  }
  void operator()(const AppManifestUpdated& event) const {
    change_app(rows_, event.app_id, [&](CatalogueRow& row) { take_facts(row, event.facts); });
  }
  void operator()(const AppPublished& event) const {
    change_app(rows_, event.app_id, [&](CatalogueRow& row) {
      row.published = true;
      row.listed = event.listed;
    });
  }
  void operator()(const AppUnpublished& event) const {
    change_app(rows_, event.app_id, [](CatalogueRow& row) { row.published = row.listed = false; });
  }
  void operator()(const AppWithdrawn& event) const {
    change_app(rows_, event.app_id, [](CatalogueRow& row) { row.withdrawn = true; });
  }
  template <class Other>
  void operator()(const Other&) const {}

 private:
  Table& rows_;
  const Envelope& envelope_;
};

}  // namespace

void CatalogueProjection::apply(Table& rows, const RecordedEvent& event) const {
  if (const auto* known = event.known()) std::visit(CatalogueFold(rows, event.envelope), *known);
}

std::span<const RowShape> CatalogueProjection::shapes() const {
  static constexpr std::array<RowShape, 3> shapes{
      RowShape{'A', "app", "t", row_text<CatalogueRow>},
      RowShape{'N', "app by name", "ttt"},
      RowShape{'D', "app by age", "tdt"},
  };
  return shapes;
}

std::string fold_case(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string sort_name(std::string_view name) {
  auto folded = fold_case(name);
  std::erase_if(folded, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (folded.size() > sort_name_bytes_max) folded.resize(sort_name_bytes_max);
  return folded;
}

void take_facts(CatalogueRow& row, const AppFacts& facts) {
  row.name = facts.name;
  row.level = facts.level;
  row.scopes = facts.required_scopes;
  row.scopes.insert(row.scopes.end(), facts.optional_scopes.begin(), facts.optional_scopes.end());
  row.categories.clear();
  // Line breaks keep a word from being found across two of the parts.
  row.search_text = fold_case(facts.name + "\n" + facts.company);
  for (const auto& category : facts.categories) {
    row.categories.push_back(fold_case(category));
    row.search_text.append("\n").append(row.categories.back());
  }
  row.search_text.append("\n").append(fold_case(facts.description));
}

}  // namespace gatehouse

// Whatever happens after an event that a list is made of: what is seen of the rows before it is what they were.
#include "domain/kept_view.hpp"

#include <rapidcheck/gtest.h>

#include "domain/state_keys.hpp"
#include "tests/replay/world.hpp"

namespace gatehouse::testing {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

Rows rows_below(const TableReader& table, const std::string& prefix) {
  Rows rows;
  table.scan(prefix, [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  });
  return rows;
}

struct Then {
  OpenListing listing;
  MemoryTable rows;
};

// Of a list of one member, his rows alone are as they were.
Rows those_of(Rows rows, const OpenListing& listing, char tag) {
  const bool by_user = !listing.user_id.empty() && (tag == 'M' || tag == 'T' || tag == 'U');
  const auto user = listing.user_id.value + '\0';
  if (by_user)
    std::erase_if(rows, [&](const auto& row) { return row.first.find('\0' + user) == std::string::npos; });
  return rows;
}

void expect_as_then(const TableReader& now, const Then& then) {
  const KeptView seen(now, then.listing);
  const auto& account = then.listing.account_id;
  for (const auto& prefix : {state_keys::apps(), state_keys::members(account), state_keys::governed_apps(account),
                             state_keys::user_subscriptions(account), state_keys::account_subscriptions(account),
                             state_keys::subscriptions_of_users(account), state_keys::apps_for_everyone(account)}) {
    const auto expected = those_of(rows_below(then.rows, prefix), then.listing, prefix.front());
    RC_ASSERT(those_of(rows_below(seen, prefix), then.listing, prefix.front()) == expected);
    for (const auto& [key, value] : expected)
      RC_ASSERT(seen.get(key) == value);
  }
}

RC_GTEST_PROP(KeptView, shows_the_rows_as_they_were, ()) {
  const World world(*rc::gen::arbitrary<std::uint64_t>(), 200);
  MemoryTable now;
  std::vector<Then> lists;
  for (const auto& recorded : all_events(world.log)) {
    const auto& envelope = recorded.envelope;
    const auto* event = recorded.known();
    if (std::holds_alternative<DeauthorizationsListed>(*event))
      continue;  // no list is ever complete here
    const MemoryTable before = now;
    evolve(now,
           {envelope.account_id, envelope.account_version, envelope.recorded_at, envelope.actor, envelope.event_id},
           *event);
    const auto open = open_listings_of(now, envelope.account_id);
    if (!open.empty() && open.back().account_version == envelope.account_version)
      lists.push_back({open.back(), before});
  }
  RC_TAG(lists.size());
  for (const auto& then : lists)
    expect_as_then(now, then);
}

}  // namespace
}  // namespace gatehouse::testing

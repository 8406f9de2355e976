// Finds the events of one account by type, app, user (whoever the event names) and actor, without reading the others. A row holds up to 256
// account versions as one byte each, so an event costs a few bytes and a combination of filters is an intersection of short rows.
//
// Versions are the account's own, dense from 1; the log turns them into events. Time is not indexed: versions are in the order of time.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/projection.hpp"

namespace gatehouse {

inline constexpr std::string_view audit_projection = "audit";

class AuditProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return audit_projection; }
  [[nodiscard]] std::uint32_t version() const override { return 1; }
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

// All that are set must match.
struct AuditFilter {
  std::optional<std::uint32_t> type{};  // type number
  std::optional<AppId> app_id{};
  std::optional<UserId> user_id{};
  std::optional<std::string> actor_id{};

  [[nodiscard]] bool matches_all() const { return !type && !app_id && !user_id && !actor_id; }
};
// The same question about one event at hand.
[[nodiscard]] bool matches(const AuditFilter& filter, const RecordedEvent& event);

struct AuditPage {
  std::vector<std::uint64_t> versions;  // ascending
  std::uint64_t scanned_to{};           // all up to this version were looked at: go on after it
};

// Versions in (after, to] that match; at most `versions_max`. The filter must not match everything.
[[nodiscard]] AuditPage audit_page(const TableReader& rows, const AccountId& account, const AuditFilter& filter,
                                   std::uint64_t after, std::uint64_t to, std::size_t versions_max);

}  // namespace gatehouse

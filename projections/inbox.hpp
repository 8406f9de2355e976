// The admin's inbox: the apps that somebody asked for, the latest request first. The counts stand in the state's row of each app; this projection
// keeps the order, and apart from the rest the apps that may have a pending request, so that a long past does not slow the present.
//
// "May have": some events settle requests that only the state can name (a member who left, an app that was added for a group). Such an app stays
// among the possibly active ones until an event says how many were settled; listings look at the state and leave it out.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/state.hpp"
#include "projections/page.hpp"
#include "projections/projection.hpp"

namespace gatehouse {

inline constexpr std::string_view inbox_projection = "inbox";

class InboxProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return inbox_projection; }
  [[nodiscard]] std::uint32_t version() const override { return 2; }
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

// With a pending request; with none; with one that is pending no more; all.
enum class InboxPart : std::uint8_t { active, past, decided, all };

// The newest decision on requests: an approval or rejection of one or of many, by a person or as the consequence of a grant or restriction.
struct Review {
  UserId by;
  Timestamp at;
};

struct InboxApp {
  AppId app_id;
  RequestCounters counters;
  std::optional<RequestId> latest_request_id;
  std::optional<Review> latest_review;
};

// `state` is the account's.
[[nodiscard]] Page<InboxApp> inbox_page(const TableReader& rows, const State& state, RequestKind kind, InboxPart part,
                                        std::string_view cursor, std::size_t page_size);

}  // namespace gatehouse

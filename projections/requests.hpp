// Requests of an account, newest first: all of them, those for one app, those of one user. The index names them; what a request is and what
// became of it stands in the state, because one event may settle any number of requests without naming them.
#pragma once
#include <optional>
#include <string_view>

#include "domain/state.hpp"
#include "projections/page.hpp"
#include "projections/projection.hpp"

namespace gatehouse {

inline constexpr std::string_view requests_projection = "requests";

class RequestsProjection final : public Projection {
 public:
  [[nodiscard]] std::string_view name() const override { return requests_projection; }
  [[nodiscard]] std::uint32_t version() const override { return 1; }
  void apply(Table& rows, const RecordedEvent& event) const override;
  [[nodiscard]] std::span<const RowShape> shapes() const override;
};

struct RequestFilter {
  std::optional<RequestKind> kind{};
  std::optional<RequestStatus> status{};
  std::optional<AppId> app_id{};
  std::optional<UserId> user_id{};
};

// The rows are effective: decisions made for many at once are in them. `state` is the account's.
[[nodiscard]] Page<RequestRow> requests_page(const TableReader& rows, const State& state, const RequestFilter& filter,
                                             std::string_view cursor, std::size_t page_size);

}  // namespace gatehouse

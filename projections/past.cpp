#include "projections/past.hpp"

#include <algorithm>
#include <array>

#include "domain/rows.hpp"
#include "projections/approvals.hpp"
#include "projections/catalogue.hpp"
#include "projections/inbox.hpp"
#include "projections/notifications.hpp"
#include "projections/requests.hpp"
#include "projections/state_projection.hpp"
#include "projections/webhooks.hpp"
#include "table/undo_table.hpp"

namespace gatehouse {

namespace {

constexpr std::uint32_t own_version = 2;

struct Space {
  char tag{};  // never another one's: rows are stored under it
  std::string_view projection;
};
constexpr std::array spaces{Space{'s', state_projection},     Space{'c', catalogue_projection},
                            Space{'i', inbox_projection},     Space{'r', requests_projection},
                            Space{'a', approvals_projection}, Space{'n', notifications_projection},
                            Space{'w', webhooks_projection}};

const Space* find_space(std::string_view projection) {
  const auto* found = std::ranges::find(spaces, projection, &Space::projection);
  return found == spaces.end() ? nullptr : found;
}

}  // namespace

PastProjection::PastProjection()
    : parts_{std::make_shared<StateProjection>(),     std::make_shared<CatalogueProjection>(),
             std::make_shared<InboxProjection>(),     std::make_shared<RequestsProjection>(),
             std::make_shared<ApprovalsProjection>(), std::make_shared<NotificationsProjection>(),
             std::make_shared<WebhooksProjection>()} {}

std::uint32_t PastProjection::version() const {
  auto version = own_version;
  for (const auto& part : parts_)
    version += part->version();
  return version;
}

void PastProjection::apply(Table& rows, const RecordedEvent& event) const {
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    UndoTable recording(rows, spaces[part].tag, event.envelope.position.value);
    parts_[part]->apply(recording, event);
  }
}

std::span<const RowShape> PastProjection::shapes() const {
  static constexpr std::array shapes{RowShape{'s', "state", "r"},     RowShape{'c', "catalogue", "r"},
                                     RowShape{'i', "inbox", "r"},     RowShape{'r', "requests", "r"},
                                     RowShape{'a', "approvals", "r"}, RowShape{'n', "notifications", "r"},
                                     RowShape{'w', "webhooks", "r"},  RowShape{undo_rows::tag, "before", "r"}};
  return shapes;
}

std::shared_ptr<const PastView> past_rows(std::shared_ptr<const TableReader> past, std::string_view projection,
                                          Position position) {
  const auto* space = find_space(projection);
  if (space == nullptr)
    return nullptr;
  return std::make_shared<const PastView>(std::move(past), space->tag, position.value);
}

}  // namespace gatehouse

#include "projections/projection_set.hpp"

#include "projections/approvals.hpp"
#include "projections/audit.hpp"
#include "projections/catalogue.hpp"
#include "projections/inbox.hpp"
#include "projections/notifications.hpp"
#include "projections/outbound.hpp"
#include "projections/past.hpp"
#include "projections/requests.hpp"
#include "projections/webhooks.hpp"

namespace gatehouse {

ProjectionSet followed_projections() {
  return {std::make_shared<CatalogueProjection>(),     std::make_shared<InboxProjection>(),
          std::make_shared<RequestsProjection>(),      std::make_shared<ApprovalsProjection>(),
          std::make_shared<AuditProjection>(),         std::make_shared<OutboundProjection>(),
          std::make_shared<NotificationsProjection>(), std::make_shared<WebhooksProjection>()};
}

ProjectionSet all_projections() {
  auto all = followed_projections();
  all.push_back(std::make_shared<PastProjection>());
  return all;
}

}  // namespace gatehouse

#include "projections/projection_set.hpp"

#include "projections/approvals.hpp"
#include "projections/audit.hpp"
#include "projections/catalogue.hpp"
#include "projections/inbox.hpp"
#include "projections/requests.hpp"

namespace gatehouse {

ProjectionSet followed_projections() {
  return {std::make_shared<CatalogueProjection>(), std::make_shared<InboxProjection>(),
          std::make_shared<RequestsProjection>(), std::make_shared<ApprovalsProjection>(),
          std::make_shared<AuditProjection>()};
}

}  // namespace gatehouse

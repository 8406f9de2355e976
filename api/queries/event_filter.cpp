#include "api/queries/event_filter.hpp"

#include "events/codec.hpp"

namespace gatehouse::api {

tl::expected<AuditFilter, Problem> filter_of(const Parameters& parameters) {
  AuditFilter filter;
  if (const auto type = parameters.text("type")) {
    filter.type = type_number_of(*type);
    if (!filter.type)
      return tl::unexpected(invalid_parameter("type", "There is no such type of event."));
  }
  if (const auto app = parameters.text("app_id"))
    filter.app_id = AppId{*app};
  if (const auto user = parameters.text("user_id"))
    filter.user_id = UserId{*user};
  if (const auto actor = parameters.text("actor_id"))
    filter.actor_id = std::string(*actor);
  return filter;
}

}  // namespace gatehouse::api

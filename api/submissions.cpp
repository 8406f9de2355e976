#include "api/submissions.hpp"

#include <array>

#include "api/route.hpp"
#include "identity/secure_random.hpp"

namespace gatehouse::api {

Uuid make_uuid(Timestamp now) {
  std::array<std::uint8_t, 10> random;
  identity::fill_with_random(random);
  return make_uuid_v7(now.unix_ms, random);
}

tl::expected<Caller, Problem> caller_of(const Services& services, const Entry& entry) {
  if (entry.route->who == Who::platform)
    return platform_access(*entry.claims, *entry.account).caller;
  const auto snapshot = services.log.state();
  const auto access = look_up_access(*entry.claims, *entry.account, State(*snapshot, entry.account->id()));
  if (!access)
    return tl::unexpected(access.error());
  return access->caller;
}

}  // namespace gatehouse::api

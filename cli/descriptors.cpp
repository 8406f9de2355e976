#include "cli/descriptors.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace gatehouse::cli {

namespace {

constexpr std::uint64_t table_share = 4;  // one part in so many
constexpr std::uint64_t webhook_share = 16;

}  // namespace

DescriptorShares share_descriptors(const DescriptorNeeds& needs, std::uint64_t available) {
  const auto besides = descriptors_besides_max + needs.threads * descriptors_per_thread;
  const auto all = besides + needs.table_files + needs.connections + needs.webhooks * descriptors_per_webhook;
  if (available >= all)
    return {all, needs.connections, needs.table_files, needs.webhooks};
  const auto tables = std::min<std::uint64_t>(needs.table_files, available / table_share);
  const auto webhooks = std::min<std::size_t>(
      needs.webhooks, std::max<std::uint64_t>(available / webhook_share / descriptors_per_webhook, 1));
  const auto others = besides + tables + webhooks * descriptors_per_webhook;
  if (available < others + connections_min) {
    throw std::runtime_error("at most " + std::to_string(available) +
                             " files may be open at once, which is not enough for " + std::to_string(connections_min) +
                             " connections; raise the hard limit (ulimit -Hn)");
  }
  return {available, std::min<std::size_t>(needs.connections, available - others), tables, webhooks};
}

DescriptorShares reserve_descriptors(const DescriptorNeeds& needs) {
  static_assert(RLIM_INFINITY > std::uint64_t{1} << 32U);
  rlimit limit{};
  const auto fail = [](const char* what) { throw std::system_error(errno, std::generic_category(), what); };
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    fail("cannot read the limit of open files");
  const auto shares = share_descriptors(needs, limit.rlim_max);
  if (limit.rlim_cur >= shares.open_at_once)
    return shares;
  limit.rlim_cur = shares.open_at_once;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
    fail("cannot raise the limit of open files");
  return shares;
}

}  // namespace gatehouse::cli

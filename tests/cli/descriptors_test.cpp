#include "cli/descriptors.hpp"

#include <sys/resource.h>

#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include <gtest/gtest.h>

namespace gatehouse::cli {
namespace {

constexpr DescriptorNeeds needs{.connections = 4'000, .table_files = 1'000, .threads = 2};
constexpr std::size_t besides = descriptors_besides_max + 2 * descriptors_per_thread;
constexpr std::size_t all = 5'000 + besides;

TEST(Descriptors, suffice_for_everything_when_the_hard_limit_does) {
  for (const std::uint64_t hard : {std::uint64_t{all}, std::uint64_t{1} << 20U, UINT64_MAX}) {
    const auto shares = share_descriptors(needs, hard);
    EXPECT_EQ(shares.open_at_once, all);
    EXPECT_EQ(shares.connections, needs.connections);
    EXPECT_EQ(shares.table_files, needs.table_files);
  }
}

TEST(Descriptors, never_add_up_to_more_than_there_are) {
  for (std::uint64_t hard = 256; hard < all; ++hard) {
    const auto shares = share_descriptors(needs, hard);
    EXPECT_EQ(shares.open_at_once, hard);
    EXPECT_LE(shares.connections + shares.table_files + besides, hard);
    EXPECT_GE(shares.connections, connections_min);
    EXPECT_LE(shares.connections, needs.connections);
    EXPECT_LE(shares.table_files, hard / 4);
  }
}

TEST(Descriptors, of_webhooks_are_no_others) {
  constexpr DescriptorNeeds with_webhooks{.connections = 4'000, .table_files = 1'000, .webhooks = 500, .threads = 2};
  for (std::uint64_t hard = 256; hard < all + 2'000; ++hard) {
    const auto shares = share_descriptors(with_webhooks, hard);
    EXPECT_GE(shares.webhooks, 1U);
    EXPECT_LE(shares.connections + shares.table_files + shares.webhooks * descriptors_per_webhook + besides, hard);
  }
  EXPECT_EQ(share_descriptors(with_webhooks, UINT64_MAX).webhooks, 500U);
}

TEST(Descriptors, are_refused_when_hardly_anybody_could_connect) {
  EXPECT_THROW(static_cast<void>(share_descriptors(needs, 0)), std::runtime_error);
  EXPECT_THROW(static_cast<void>(share_descriptors(needs, besides + connections_min)), std::runtime_error);
}

// In a process of its own, because a hard limit does not come back.
[[noreturn]] void reserve_under(rlim_t soft, rlim_t hard, const DescriptorNeeds& wanted = needs) {
  rlimit limit{soft, hard};
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
    std::exit(1);
  const auto shares = reserve_descriptors(wanted);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  std::cerr << "soft " << limit.rlim_cur << " hard " << limit.rlim_max << " connections " << shares.connections << ".";
  std::exit(0);
}

TEST(DescriptorsDeathTest, raise_the_soft_limit_to_what_is_needed_and_no_further_than_the_hard_one) {
  EXPECT_EXIT(reserve_under(64, 1'024), ::testing::ExitedWithCode(0), "soft 1024 hard 1024 connections 624\\.");
  EXPECT_EXIT(reserve_under(800, 800), ::testing::ExitedWithCode(0), "soft 800 hard 800 connections 456\\.");
}

TEST(DescriptorsDeathTest, raise_the_soft_limit_no_further_than_needed_and_never_lower_it) {
  constexpr DescriptorNeeds few{.connections = 200, .table_files = 100, .threads = 2};
  const auto needed = std::to_string(300 + besides);
  EXPECT_EXIT(reserve_under(64, 500, few), ::testing::ExitedWithCode(0),
              "soft " + needed + " hard 500 connections 200\\.");
  EXPECT_EXIT(reserve_under(500, 500, few), ::testing::ExitedWithCode(0), "soft 500 hard 500 connections 200\\.");
}

}  // namespace
}  // namespace gatehouse::cli

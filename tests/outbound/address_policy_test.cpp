#include "outbound/address_policy.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gatehouse::outbound {
namespace {

bool allowed(const AddressPolicy& policy, const char* address) {
  return policy.allows(boost::asio::ip::make_address(address));
}

TEST(AddressPolicy, lets_public_addresses_through_and_nothing_else) {
  const AddressPolicy policy;
  for (const auto* address : {"93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1",
                              "::ffff:8.8.8.8", "64:ff9b::808:808"})
    EXPECT_TRUE(allowed(policy, address)) << address;
  for (const auto* address :
       {"127.0.0.1",       "127.255.255.254", "0.0.0.0",     "10.0.0.1",     "172.16.0.1", "172.31.255.255",
        "192.168.1.1",     "169.254.169.254", "100.64.0.1",  "192.0.2.1",    "198.18.0.1", "203.0.113.7",
        "224.0.0.1",       "255.255.255.255", "::1",         "::",           "fe80::1",    "fc00::1",
        "fd12::1",         "ff02::1",         "2001:db8::1", "2002:a00:1::", "2001::1",    "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1",  "::127.0.0.1", "fec0::1"})
    EXPECT_FALSE(allowed(policy, address)) << address;
}

TEST(AddressPolicy, lets_through_what_the_operator_names) {
  const AddressPolicy policy({"10.1.0.0/16", "127.0.0.1", "fd00::/8"});
  for (const auto* address : {"10.1.2.3", "127.0.0.1", "fd00::1", "::ffff:10.1.2.3", "8.8.8.8"})
    EXPECT_TRUE(allowed(policy, address)) << address;
  for (const auto* address : {"10.2.0.1", "127.0.0.2", "fe80::1"})
    EXPECT_FALSE(allowed(policy, address)) << address;
  EXPECT_TRUE(policy.allows_by_name(boost::asio::ip::make_address("10.1.2.3")));
  EXPECT_FALSE(policy.allows_by_name(boost::asio::ip::make_address("8.8.8.8")));
}

TEST(AddressPolicy, refuses_what_is_no_network) {
  for (const auto* text : {"", "10.0.0.0/33", "10.0.0/8", "example.com", "10.0.0.0/", "10.0.0.0/8x", "::/129"})
    EXPECT_THROW(AddressPolicy({text}), std::invalid_argument) << text;
}

}  // namespace
}  // namespace gatehouse::outbound

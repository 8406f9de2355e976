// Which servers are known by their place.
#include "cli/running_server.hpp"

#include <gtest/gtest.h>

namespace gatehouse::cli {
namespace {

TEST(RunningServer, is_on_this_machine_by_an_address_of_its_own) {
  for (const auto* url : {"https://127.0.0.1:8443", "https://127.9.9.9/v1", "https://[::1]:8443", "https://localhost",
                          "https://localhost:1/x", "https://0.0.0.0:8443", "127.0.0.1:80"})
    EXPECT_TRUE(is_on_this_machine(url)) << url;
}

TEST(RunningServer, is_elsewhere_whatever_its_name_begins_with) {
  for (const auto* url :
       {"https://192.0.2.1:8443", "https://127.0.0.1.example.com", "https://localhost.example.com",
        "https://127.0.0.1@example.com/", "https://127.0.0.1:8443@example.com", "https://example.com/127.0.0.1",
        "https://[2001:db8::1]:8443", "https://224.0.0.1", "https://[::1]@example.com", ""})
    EXPECT_FALSE(is_on_this_machine(url)) << url;
}

}  // namespace
}  // namespace gatehouse::cli

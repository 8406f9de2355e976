#include "cli/configuration.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::cli {
namespace {

using testing::HasSubstr;

std::string refusal(const std::string& listen) {
  try {
    static_cast<void>(parse_address(listen));
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST(ListenAddress, is_an_ip_address_and_a_port) {
  const auto four = parse_address("0.0.0.0:80");
  EXPECT_EQ(four.host, "0.0.0.0");
  EXPECT_EQ(four.port, 80);
  const auto six = parse_address("[::1]:0");
  EXPECT_EQ(six.host, "::1");
  EXPECT_EQ(six.port, 0);
}

TEST(ListenAddress, a_name_is_refused_with_the_form_that_is_wanted) {
  for (const auto* listen : {"localhost:8080", ":8080", "[]:8080", "[127.0.0.1]:8080", "::1:8080", "256.0.0.1:8080"}) {
    EXPECT_THAT(refusal(listen), HasSubstr("names are not resolved")) << listen;
    EXPECT_THAT(refusal(listen), HasSubstr("127.0.0.1:8080 or [::1]:8080")) << listen;
    EXPECT_THAT(refusal(listen), HasSubstr("\"" + std::string(listen) + "\""));
  }
}

TEST(ListenAddress, a_missing_or_impossible_port_is_refused) {
  for (const auto* listen : {"127.0.0.1", "", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x"})
    EXPECT_THAT(refusal(listen), HasSubstr("has no port")) << listen;
}

TEST(ListenAddress, of_the_configuration_file_is_held_to_the_same) {
  const auto file = std::filesystem::path{testing::TempDir()} / "configuration_test.toml";
  const auto read = [&](const std::string& text) {
    std::ofstream{file} << text;
    Configuration configuration;
    read_configuration(file.string(), configuration);
    return configuration.listen;
  };
  EXPECT_EQ(read("listen = \"[::]:9000\"\n").port, 9000);
  EXPECT_EQ(read("threads = 1\n").port, 8080);
  EXPECT_THROW(read("listen = \"localhost:9000\"\n"), std::runtime_error);
  EXPECT_THROW(read("listen = 9000\n"), std::runtime_error);
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace gatehouse::cli

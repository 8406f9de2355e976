#include "cli/log_place.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <stdexcept>

#include "identity/signing_key.hpp"

namespace gatehouse::cli {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class LogPlaceTest : public testing::Test {
 protected:
  LogPlaceTest() {
    auto pattern = testing::TempDir() + "log_place_XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(config()) << "data = \"/srv/gatehouse\"\n[transparency]\norigin = \"gatehouse.example.com/log\"\n";
  }
  ~LogPlaceTest() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string config() const { return folder_ / "gatehouse.toml"; }

  std::filesystem::path folder_;
};

TEST_F(LogPlaceTest, is_the_default_without_options) {
  const auto place = settled({});
  EXPECT_EQ(place.data, "./data");
  EXPECT_EQ(place.origin, "");
}

TEST_F(LogPlaceTest, is_that_of_the_configuration_unless_an_option_says_otherwise) {
  const auto configured = settled({.config = config(), .data = {}, .origin = {}});
  EXPECT_EQ(configured.data, "/srv/gatehouse");
  EXPECT_EQ(configured.origin, "gatehouse.example.com/log");
  const auto told = settled({.config = config(), .data = "/mnt/copy", .origin = "another.example.com/log"});
  EXPECT_EQ(told.data, "/mnt/copy");
  EXPECT_EQ(told.origin, "another.example.com/log");
}

TEST_F(LogPlaceTest, has_an_origin_that_can_be_a_keys_name) {
  for (const auto* origin : {"two words", "a+b", "gatehouse.export/v1"})
    EXPECT_THAT([&] { static_cast<void>(settled({.config = {}, .data = {}, .origin = origin})); },
                ThrowsMessage<std::runtime_error>(HasSubstr("--origin must be a name")));
}

TEST_F(LogPlaceTest, signs_by_the_key_that_is_there_and_makes_none) {
  const LogPlace place{.config = {}, .data = folder_ / "data", .origin = "gatehouse.example.com/log"};
  EXPECT_THAT([&] { static_cast<void>(signer_of(place)); },
              ThrowsMessage<std::runtime_error>(HasSubstr("the server makes it at its first start")));
  EXPECT_FALSE(std::filesystem::exists(place.data));
  const auto key = identity::load_or_create_key(place.data, identity::log_key);
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(signer_of(place).verifier_key().name(), "gatehouse.example.com/log");
}

}  // namespace
}  // namespace gatehouse::cli

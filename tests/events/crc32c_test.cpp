#include "events/crc32c.hpp"

#include <array>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace gatehouse {
namespace {

std::string counted(int first, int step) {
  std::string bytes;
  for (int index = 0; index < 32; ++index)
    bytes.push_back(static_cast<char>(first + step * index));
  return bytes;
}

// RFC 3720, B.4, and the check value of the catalogue of CRC algorithms.
const std::array<std::pair<std::string, std::uint32_t>, 6> vectors{{
    {std::string(32, '\0'), 0x8a9136aa},
    {std::string(32, '\xff'), 0x62a8ab43},
    {counted(0, 1), 0x46dd794e},
    {counted(31, -1), 0x113fdb5c},
    {"123456789", 0xe3069283},
    {"", 0},
}};

TEST(Crc32c, agrees_with_the_published_vectors) {
  for (const auto& [bytes, checksum] : vectors) {
    EXPECT_EQ(crc32c(bytes), checksum);
    EXPECT_EQ(crc32c_portable(bytes), checksum);
  }
}

RC_GTEST_PROP(Crc32c, is_the_same_with_and_without_the_instruction, (const std::string& bytes)) {
  RC_ASSERT(crc32c(bytes) == crc32c_portable(bytes));
}

}  // namespace
}  // namespace gatehouse

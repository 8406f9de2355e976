#include "identity/secret.hpp"

#include <ostream>

#include <gtest/gtest.h>

namespace gatehouse::identity {
namespace {

template <class Value>
concept Streamable = requires(std::ostream& stream, const Value& value) {
  stream << value;
};

static_assert(Streamable<std::string>);
static_assert(!Streamable<Secret>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string_view> && !std::is_convertible_v<Secret, std::string>);

TEST(Secret, moves_its_bytes_and_leaves_none_behind) {
  Secret first{{1, 2, 3}};
  Secret second{std::move(first)};
  EXPECT_EQ(first.size(), 0U);  // NOLINT(bugprone-use-after-move): that is what is tested
  EXPECT_EQ(second.reveal_text(), std::string_view("\1\2\3"));
  Secret third{{9}};
  third = std::move(second);
  EXPECT_EQ(third.size(), 3U);
}

}  // namespace
}  // namespace gatehouse::identity

#include "api/parameters.hpp"

#include <gtest/gtest.h>

#include "api/route.hpp"

namespace gatehouse::api {
namespace {

const ParameterSpec size_spec{.name = "size", .type = ParameterType::number, .meaning = "", .min = 1, .max = 300};
const ParameterSpec word_spec{.name = "q", .type = ParameterType::text, .meaning = ""};
const ParameterSpec id_spec{.name = "user_id", .type = ParameterType::id, .meaning = ""};
const ParameterSpec flag_spec{.name = "dry_run", .type = ParameterType::flag, .meaning = ""};
const ParameterSpec kind_spec{
    .name = "kind", .type = ParameterType::choice, .meaning = "", .choices = {"pre_approval", "install"}};
const ParameterSpec time_spec{.name = "from", .type = ParameterType::time, .meaning = ""};
const std::vector<const ParameterSpec*> specs{&size_spec, &word_spec, &id_spec, &flag_spec, &kind_spec, &time_spec};

auto check(Parameters::Pairs sent) { return Parameters::check(std::move(sent), specs); }

std::string code(Parameters::Pairs sent) {
  const auto parameters = check(std::move(sent));
  return parameters ? "accepted" : std::string(parameters.error().code);
}

TEST(Parameters, have_their_types) {
  const auto parameters = check({{"size", "300"}, {"q", "two words"}, {"dry_run", "true"}, {"kind", "install"}});
  ASSERT_TRUE(parameters);
  EXPECT_EQ(parameters->number("size"), 300U);
  EXPECT_EQ(parameters->text("q"), "two words");
  EXPECT_TRUE(parameters->flag("dry_run"));
  EXPECT_EQ(parameters->choice<RequestKind>("kind"), RequestKind::install);
  EXPECT_EQ(parameters->text("user_id"), std::nullopt);
}

TEST(Parameters, are_known) { EXPECT_EQ(code({{"sise", "1"}}), "unknown_parameter"); }

TEST(Parameters, stand_there_once) { EXPECT_EQ(code({{"size", "1"}, {"size", "1"}}), "invalid_parameter"); }

TEST(Parameters, are_refused_when_they_do_not_have_their_type) {
  const Parameters::Pairs wrong{{"size", ""},        {"size", "0"},    {"size", "301"},    {"size", "-1"},
                                {"size", "1.5"},     {"size", "+1"},   {"size", "0x1"},    {"q", ""},
                                {"q", "a\nb"},       {"q", "\xff"},    {"user_id", "a b"}, {"dry_run", "yes"},
                                {"kind", "Install"}, {"from", "today"}};
  for (const auto& pair : wrong)
    EXPECT_EQ(code({pair}), "invalid_parameter") << pair.first << "=" << pair.second;
}

TEST(ParseTime, reads_rfc_3339) {
  EXPECT_EQ(parse_time("1970-01-01T00:00:01Z"), Timestamp{1'000});
  EXPECT_EQ(parse_time("2024-02-29T12:34:56.007Z"), Timestamp{1'709'210'096'007});
  EXPECT_EQ(parse_time("2024-02-29T12:34:56.0079999z"), Timestamp{1'709'210'096'007});
  EXPECT_EQ(parse_time("2024-02-29T14:34:56.5+02:00"), Timestamp{1'709'210'096'500});
  EXPECT_EQ(parse_time("2024-02-29T11:04:56-01:30"), Timestamp{1'709'210'096'000});
}

TEST(ParseTime, takes_the_next_millisecond_for_a_part_of_one_where_that_is_asked_for) {
  EXPECT_EQ(parse_time("2024-02-29T12:34:56.0070001Z", Fraction::next), Timestamp{1'709'210'096'008});
  EXPECT_EQ(parse_time("2024-02-29T12:34:56.0070000Z", Fraction::next), Timestamp{1'709'210'096'007});
  EXPECT_EQ(parse_time("2024-02-29T12:34:56.9995Z", Fraction::next), Timestamp{1'709'210'097'000});
}

TEST(ParseTime, refuses_everything_else) {
  for (const auto* text :
       {"", "2024", "2024-02-30T00:00:00Z", "2024-02-29 12:34:56Z", "2024-02-29T24:00:00Z", "2024-02-29T12:60:00Z",
        "2024-02-29T12:34:56", "2024-02-29T12:34:56.Z", "2024-02-29T12:34:56+2", "2024-02-29T12:34:56Zx",
        "2024-02-29T12:34:56+02:60", "-024-02-29T12:34:56Z", "2024-2-29T12:34:56Z"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

TEST(PathValues, are_found_by_their_name) {
  PathValues path;
  path.add("app_id", "a");
  EXPECT_EQ(path.at("app_id"), "a");
  EXPECT_FALSE(path.has("user_id"));
  EXPECT_TRUE(path.all_valid_ids());
  path.add("user_id", std::string("a\0b", 3));
  EXPECT_FALSE(path.all_valid_ids());
}

}  // namespace
}  // namespace gatehouse::api

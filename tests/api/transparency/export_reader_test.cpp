#include "api/transparency/export_reader.hpp"

#include <gmock/gmock.h>
#include <sstream>

namespace gatehouse::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

// As docs/transparency.md has it: the text up to the comma before its chain, then the chain over it.
std::string record(std::uint64_t position, tlog::Hash& chain) {
  auto text = R"({"position":)" + std::to_string(position) + R"(,"account_id":"acme","frame":"ZnJhbWU=")";
  chain = identity::sha256(std::string(tlog::as_bytes(chain)) + text);
  return text + R"(,"chain":")" + tlog::to_base64(chain) + R"("})";
}

std::vector<std::string> records(std::initializer_list<std::uint64_t> positions) {
  std::vector<std::string> lines;
  tlog::Hash chain{};
  for (const auto position : positions)
    lines.push_back(record(position, chain));
  return lines;
}

const std::string manifest = R"({"manifest":"the note"})";

std::string text_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines)
    text.append(line).append("\n");
  return text;
}

struct Read {
  std::vector<std::string> frames;
  std::string refusal;
  std::string manifest;
};

Read read(const std::string& text) {
  std::istringstream lines(text);
  ExportReader reader(lines);
  Read all;
  for (;;) {
    auto frame = reader.next();
    if (!frame)
      all.refusal = frame.error();
    if (!frame || !*frame) {
      all.manifest = reader.manifest();
      return all;
    }
    all.frames.push_back(std::move(**frame));
  }
}

std::string refusal(std::vector<std::string> lines) {
  lines.push_back(manifest);
  return read(text_of(lines)).refusal;
}

TEST(ExportReader, gives_every_frame_and_then_the_manifest) {
  auto lines = records({1, 2, 3});
  lines.push_back(manifest);
  const auto all = read(text_of(lines));
  EXPECT_EQ(all.refusal, "");
  EXPECT_THAT(all.frames, ElementsAre("frame", "frame", "frame"));
  EXPECT_EQ(all.manifest, "the note");
  EXPECT_THAT(read(manifest + "\n").frames, IsEmpty()) << "of an empty log";
}

TEST(ExportReader, reads_no_line_that_is_longer_than_a_record_can_be) {
  const auto refusal = read(text_of(records({1})) + R"({"event_id":")" + std::string(17U << 20U, 'a')).refusal;
  EXPECT_THAT(refusal, HasSubstr("position 2: the line is longer than a record can be"));
}

TEST(ExportReader, names_the_first_record_whose_readable_part_was_changed) {
  for (std::size_t index = 0; index < 3; ++index) {
    auto lines = records({1, 2, 3});
    lines[index].replace(lines[index].find("acme"), 4, "umbr");
    EXPECT_THAT(refusal(lines), StartsWith("position " + std::to_string(index + 1) + ": the chain")) << index;
  }
}

TEST(ExportReader, names_the_place_where_records_are_missing_swapped_or_doubled) {
  auto missing = records({1, 2, 3});
  missing.erase(missing.begin() + 1);
  EXPECT_THAT(refusal(missing), StartsWith("position 2: the chain"));
  auto swapped = records({1, 2, 3});
  std::swap(swapped[0], swapped[1]);
  EXPECT_THAT(refusal(swapped), StartsWith("position 1: the chain"));
  auto doubled = records({1, 2, 3});
  doubled.insert(doubled.begin() + 1, doubled.front());
  EXPECT_THAT(refusal(doubled), StartsWith("position 2: the chain"));
  auto bare = records({1, 2});
  bare[1].resize(bare[1].find(",\"chain\""));
  bare[1] += "}";
  EXPECT_THAT(refusal(bare), StartsWith("position 2: the record does not end with its chain"));
}

TEST(ExportReader, says_when_an_export_is_of_one_account_or_goes_on_after_another) {
  EXPECT_THAT(refusal(records({4, 5})), HasSubstr("position 1 is not in it, but position 4 in its place"));
  EXPECT_THAT(refusal(records({1, 5})), HasSubstr("position 2 is not in it, but position 5 in its place"));
}

TEST(ExportReader, says_when_a_text_was_cut_off_or_added_to) {
  const auto lines = records({1, 2});
  EXPECT_THAT(read(text_of(lines)).refusal, HasSubstr("its manifest is missing"));
  const auto half = lines[0] + "\n" + lines[1].substr(0, 20);
  EXPECT_THAT(read(half).refusal, StartsWith("position 2: no JSON object"));
  EXPECT_THAT(refusal({lines[0], manifest}), HasSubstr("something follows its manifest"));
  EXPECT_EQ(read("").refusal, "it is empty");
}

TEST(ExportReader, says_what_else_it_was_given) {
  EXPECT_THAT(read("position,event_id\n1,x\n").refusal, StartsWith("it is CSV: only"));
  EXPECT_THAT(read("[\n{}\n]\n").refusal, StartsWith("it is CloudEvents: only"));
  EXPECT_THAT(read("hello\n").refusal, StartsWith("its first line is no JSON object"));
  EXPECT_THAT(read("{}\n").refusal, StartsWith("its first line has no frame"));
  const std::string problem =
      R"({"title":"A token is needed","status":401,"detail":"The request needs a bearer token."})";
  EXPECT_THAT(read(problem).refusal,
              HasSubstr("the server's refusal of an export, \"A token is needed. The request needs a bearer token.\""));
}

}  // namespace
}  // namespace gatehouse::api

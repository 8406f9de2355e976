#include "tests/events/golden_files.hpp"

#include <cstdlib>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "events/codec.hpp"
#include "events/frame.hpp"

// Golden files of a new event, or of a new version of one, come from this test with GATEHOUSE_WRITE_GOLDEN=1 in the environment.
namespace gatehouse {
namespace {

using testing::golden_folder;
using testing::GoldenVersion;
using testing::read_file;

class Golden : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (std::getenv("GATEHOUSE_WRITE_GOLDEN") != nullptr)
      testing::write_missing_golden_files();
  }

  // Calls `check(version, frame, stem)` with every golden file that there must be.
  template <class Check>
  static void for_each_file(const Check& check) {
    for (const auto& version : testing::golden_versions()) {
      for (const auto size : testing::golden_sizes) {
        const std::string stem = version.name + "." + std::string(size);
        SCOPED_TRACE(stem);
        const std::string frame = read_file(golden_folder() / (stem + ".bin"));
        ASSERT_FALSE(frame.empty()) << "the golden file is missing";
        check(version, frame, stem);
      }
    }
  }
};

TEST_F(Golden, there_are_files_of_every_version_and_no_others) {
  std::set<std::string> wanted{"SHA256SUMS"};
  for_each_file([&](const GoldenVersion&, const std::string&, const std::string& stem) {
    wanted.insert(stem + ".bin");
    wanted.insert(stem + ".txt");
  });
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(golden_folder())) {
    found.insert(entry.path().filename().string());
  }
  EXPECT_EQ(found, wanted);
}

TEST_F(Golden, no_file_was_ever_changed) {
  const auto checksums = testing::read_checksums();
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(golden_folder())) {
    const auto name = entry.path().filename().string();
    if (name == "SHA256SUMS")
      continue;
    ++files;
    const auto line = checksums.find(name);
    ASSERT_NE(line, checksums.end()) << name << " has no checksum";
    EXPECT_EQ(testing::sha256_text(read_file(entry.path())), line->second) << name << " was changed";
  }
  EXPECT_EQ(files, checksums.size());
}

TEST_F(Golden, every_file_shows_what_it_was_written_from) {
  for_each_file([](const GoldenVersion& version, const std::string& frame, const std::string& stem) {
    const auto view = parse_frame(frame);
    ASSERT_TRUE(view) << to_text(view.error());
    EXPECT_EQ(view->type, version.type);
    EXPECT_EQ(view->schema_version, version.version);
    EXPECT_EQ(testing::show_envelope(frame) + "\n" + version.show(view->body, view->personal),
              read_file(golden_folder() / (stem + ".txt")));
  });
}

TEST_F(Golden, every_version_still_has_the_layout_it_was_stored_with) {
  for_each_file([](const GoldenVersion& version, const std::string& frame, const std::string&) {
    const auto view = parse_frame(frame);
    ASSERT_TRUE(view) << to_text(view.error());
    EXPECT_TRUE(version.encodes_back(view->body, view->personal));
  });
}

TEST_F(Golden, every_file_is_known_to_the_rules_of_today) {
  for_each_file([](const GoldenVersion& version, const std::string& frame, const std::string&) {
    const auto recorded = decode_frame(frame);
    ASSERT_TRUE(recorded) << to_text(recorded.error());
    EXPECT_EQ(recorded->schema_version, version.version);
    ASSERT_NE(recorded->known(), nullptr);
    EXPECT_EQ(type_number_of(*recorded->known()), version.type);
    EXPECT_TRUE(version.name.starts_with(std::string(name_of(*recorded->known())) + ".v"));
  });
}

TEST_F(Golden, the_newest_version_is_written_byte_for_byte_as_it_was) {
  for_each_file([](const GoldenVersion& version, const std::string& frame, const std::string&) {
    if (!version.newest)
      return;
    const auto view = parse_frame(frame);
    const auto recorded = decode_frame(frame);
    ASSERT_TRUE(view && recorded && recorded->known() != nullptr);
    std::array<std::uint8_t, 16> salt{};
    std::copy(view->salt.begin(), view->salt.end(), salt.begin());
    std::string again = draft_frame(recorded->envelope, *recorded->known(), salt);
    seal_frame(again, recorded->envelope.position, recorded->envelope.commit_first);
    EXPECT_EQ(again, frame);
  });
}

// What reads the whole log decodes into events that it is done with: of the same type and of others, longer ones and shorter ones.
TEST_F(Golden, nothing_of_a_former_event_is_left_in_one_that_is_decoded_into_it) {
  std::vector<std::string> frames;
  for_each_file([&](const GoldenVersion&, const std::string& frame, const std::string&) { frames.push_back(frame); });
  const std::vector<std::string> backwards(frames.rbegin(), frames.rend());
  frames.insert(frames.end(), backwards.begin(), backwards.end());
  const auto encoded = [](const RecordedEvent& recorded) {
    return draft_frame(recorded.envelope, *recorded.known(), std::array<std::uint8_t, 16>{});
  };
  RecordedEvent used;
  for (const auto& frame : frames) {
    const auto fresh = decode_frame(frame);
    ASSERT_TRUE(fresh && decode_frame(frame, used) && used.known() != nullptr);
    EXPECT_EQ(encoded(used), encoded(*fresh));
    EXPECT_EQ(std::tuple(used.type, used.schema_version, used.envelope.position, used.envelope.commit_first),
              std::tuple(fresh->type, fresh->schema_version, fresh->envelope.position, fresh->envelope.commit_first));
  }
}

}  // namespace
}  // namespace gatehouse

// docs/storage-format.md shows a whole data folder byte by byte, and names every kind of row there is.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "projections/projection_set.hpp"
#include "projections/state_projection.hpp"
#include "tests/store/data_folder_example.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

using ::testing::HasSubstr;

std::string document() {
  std::ostringstream text;
  text << std::ifstream(GATEHOUSE_SOURCE_DIR "/docs/storage-format.md", std::ios::binary).rdbuf();
  return text.str();
}

TEST(StorageFormat, the_documented_folder_is_what_the_program_writes) {
  const TemporaryFolder folder;
  make_example(folder.path());
  EXPECT_THAT(document(), HasSubstr("\n" + print_database(folder.path())));
  EXPECT_THAT(document(), HasSubstr("\n" + print_witness(folder.path())));
}

TEST(StorageFormat, the_documented_folder_is_the_same_each_time) {
  const TemporaryFolder one;
  const TemporaryFolder other;
  make_example(one.path());
  make_example(other.path());
  EXPECT_EQ(print_database(one.path()), print_database(other.path()));
  EXPECT_EQ(print_witness(one.path()), print_witness(other.path()));
}

TEST(StorageFormat, the_documented_folder_holds_these_files) {
  const TemporaryFolder folder;
  make_example(folder.path());
  const auto text = document();
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    EXPECT_THAT(text, HasSubstr("\n| `" + entry.path().filename().string()));
  }
}

std::string documented_parts(const RowShape& shape) {
  std::string parts;
  for (const char part : shape.parts)
    parts += part == 't' ? " text" : part == 'n' ? " number" : part == 'r' ? " rest" : " descending";
  return parts;
}

void expect_documented(const std::string& text, const Projection& projection) {
  for (const auto& shape : projection.shapes()) {
    const auto row =
        "\n| `" + std::string(1, shape.tag) + "`" + documented_parts(shape) + " | " + std::string(shape.name) + " |";
    const auto at = text.find(row);
    ASSERT_NE(at, std::string::npos) << projection.name() << ": " << row;
    const auto rest = text.substr(at + row.size(), text.find('\n', at + row.size()) - at - row.size());
    EXPECT_EQ(rest.find("Row`") != std::string::npos, shape.text_of != nullptr)
        << projection.name() << ": " << row << rest;
  }
}

TEST(StorageFormat, names_every_kind_of_row_of_the_state_and_the_projections) {
  const auto text = document();
  expect_documented(text, StateProjection());
  for (const auto& projection : all_projections()) {
    EXPECT_THAT(text, HasSubstr("\n**" + std::string(projection->name()) + "**, version " +
                                std::to_string(projection->version())));
    expect_documented(text, *projection);
  }
}

}  // namespace
}  // namespace gatehouse::testing

#include "backup/file_list.hpp"

#include <fstream>
#include <gtest/gtest.h>

#include "store/event_chain.hpp"
#include "tests/store/temporary_folder.hpp"

namespace gatehouse::testing {
namespace {

TEST(FileList, is_read_as_it_was_written) {
  const FileList files{
      {"meta/1", 120, sha256("a")}, {"shared_checksum/000012_s_9.sst", 9, sha256("b")}, {"a name with spaces", 0, {}}};
  EXPECT_EQ(parse_file_list(to_text(files)), files);
  EXPECT_EQ(parse_file_list(""), FileList());
}

TEST(FileList, is_refused_in_any_other_form) {
  const auto line = to_text({{"meta/1", 120, sha256("a")}});
  for (const auto& bad : {line.substr(0, line.size() - 1), line.substr(1), "x" + line, line + "\n",
                          line.substr(0, 45) + "\n", line.substr(0, 45) + "12x meta\n", line.substr(0, 45) + "12 \n"})
    EXPECT_FALSE(parse_file_list(bad).has_value()) << bad;
}

TEST(FileList, has_the_digest_of_a_files_bytes) {
  const TemporaryFolder folder;
  const std::string bytes(3'000'000, 'x');
  std::ofstream(folder.path() / "file") << bytes;
  std::uint64_t told = 0;
  const auto file = digest_of(folder.path(), "file", [&](std::uint64_t count) { told += count; });
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(*file, (ListedFile{"file", bytes.size(), sha256(bytes)}));
  EXPECT_EQ(told, bytes.size());
  EXPECT_FALSE(digest_of(folder.path(), "none", {}).has_value());
}

}  // namespace
}  // namespace gatehouse::testing

#include "tests/architecture/rules.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gatehouse::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using Check = Findings (*)(const SourceFile&);

const std::vector<std::pair<std::string, Check>> all_checks{
    {"layers", check_layers},
    {"libraries", check_libraries},
    {"coroutines", check_coroutines},
    {"file length", check_file_length},
    {"names", check_name},
    {"function length", check_function_length},
    {"markers", check_markers},
    {"header opening", check_header_opening},
};

// Folders that hold sources of ours are those in which git would list them: not hidden, not built, not data.
std::vector<SourceFile> read_tree(const std::filesystem::path& root) {
  std::vector<SourceFile> files;
  for (auto entry = std::filesystem::recursive_directory_iterator{root};
       entry != std::filesystem::recursive_directory_iterator{}; ++entry) {
    const auto name = entry->path().filename().string();
    if (entry->is_directory() &&
        (name.starts_with(".") || (entry.depth() == 0 && (name == "build" || name == "data")))) {
      entry.disable_recursion_pending();
    } else if (name.ends_with(".cpp") || name.ends_with(".hpp")) {
      std::ostringstream text;
      text << std::ifstream{entry->path(), std::ios::binary}.rdbuf();
      files.push_back({entry->path().lexically_relative(root).generic_string(), text.str()});
    }
  }
  return files;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t time = 0; time < times; ++time) {
    result += text;
  }
  return result;
}

TEST(Architecture, every_source_file_keeps_every_rule) {
  const auto files = read_tree(GATEHOUSE_SOURCE_DIR);
  ASSERT_GE(files.size(), 4U) << "no sources found under " << GATEHOUSE_SOURCE_DIR;
  for (const auto& [name, check] : all_checks) {
    for (const auto& file : files) {
      for (const auto& finding : check(file)) {
        ADD_FAILURE() << finding << " (" << name << ")";
      }
    }
  }
}

TEST(ArchitectureRules, a_folder_includes_only_folders_below_it) {
  EXPECT_THAT(check_layers({"domain/decide.cpp", "#include \"events/ids.hpp\"\n#include \"domain/rule.hpp\"\n"}),
              IsEmpty());
  EXPECT_THAT(check_layers({"domain/decide.cpp", "#include <map>\n#include \"store/event_log.hpp\"\n"}),
              ElementsAre("domain/decide.cpp:2: domain may not include store/event_log.hpp"));
  EXPECT_THAT(check_layers({"http/session.cpp", "#include \"table/assert.hpp\""}), IsEmpty());
  EXPECT_THAT(check_layers({"http/session.cpp", "#include \"table/table.hpp\""}), SizeIs(1));
  EXPECT_THAT(check_layers({"api/route.cpp", "  #  include \"cli/serve.hpp\""}), SizeIs(1));
  EXPECT_THAT(check_layers({"store/log.cpp", "#include \"tests/fake.hpp\""}), SizeIs(1));
}

TEST(ArchitectureRules, an_include_is_a_path_from_the_root) {
  EXPECT_THAT(check_layers({"domain/decide.cpp", "#include \"rule.hpp\""}), SizeIs(1));
  EXPECT_THAT(check_layers({"domain/decide.cpp", "#include \"../events/ids.hpp\""}), SizeIs(1));
  EXPECT_THAT(check_layers({"tests/domain/decide_test.cpp", "#include \"domain/decide.hpp\""}), IsEmpty());
}

TEST(ArchitectureRules, a_library_stays_with_its_owner) {
  EXPECT_THAT(check_libraries({"store/log.cpp", "#include <rocksdb/db.h>\n#include <fcntl.h>\n"}), IsEmpty());
  EXPECT_THAT(check_libraries({"tests/store/log_test.cpp", "#include <rocksdb/db.h>"}), IsEmpty());
  EXPECT_THAT(check_libraries({"bench/log.cpp", "#include <rocksdb/db.h>"}), IsEmpty());
  EXPECT_THAT(check_libraries({"tests/domain/gate_test.cpp", "#include <rapidcheck.h>\n#include <gtest/gtest.h>"}),
              IsEmpty());

  EXPECT_THAT(check_libraries({"api/route.cpp", "#include <rocksdb/db.h>"}), SizeIs(1));
  EXPECT_THAT(check_libraries({"tests/api/route_test.cpp", "#include <rocksdb/db.h>"}), SizeIs(1));
  EXPECT_THAT(check_libraries({"store/log.cpp", "#include <cereal/cereal.hpp>"}), SizeIs(1));
  EXPECT_THAT(check_libraries({"api/route.cpp", "#include <boost/beast/http.hpp>"}), SizeIs(1));
  EXPECT_THAT(check_libraries({"commands/pipeline.cpp", "#include <boost/asio/post.hpp>"}), SizeIs(1));
  EXPECT_THAT(check_libraries({"api/route.cpp", "#include <CLI/CLI.hpp>"}), SizeIs(1));
}

TEST(ArchitectureRules, the_pure_folders_use_neither_the_system_nor_libraries) {
  EXPECT_THAT(check_libraries({"domain/decide.cpp", "#include <vector>\n#include <tl/expected.hpp>\n"}), IsEmpty());
  EXPECT_THAT(check_libraries({"domain/decide.cpp", "#include <unistd.h>"}), SizeIs(1));
  EXPECT_THAT(check_libraries({"table/key.cpp", "#include <sys/stat.h>"}), SizeIs(1));
  EXPECT_THAT(check_libraries({"projections/inbox.cpp", "#include <spdlog/spdlog.h>"}), SizeIs(1));
}

TEST(ArchitectureRules, coroutines_stay_at_the_rim) {
  EXPECT_THAT(check_coroutines({"http/session.cpp", "co_await read();"}), IsEmpty());
  EXPECT_THAT(check_coroutines({"commands/commit.cpp", "// no co_await here\nauto text = \"co_await\";"}), IsEmpty());
  EXPECT_THAT(check_coroutines({"commands/commit.cpp", "\nco_return 1;"}), SizeIs(1));
}

TEST(ArchitectureRules, a_file_has_at_most_three_hundred_lines) {
  EXPECT_THAT(check_file_length({"domain/a.cpp", repeated("\n", file_lines_max)}), IsEmpty());
  EXPECT_THAT(check_file_length({"domain/a.cpp", repeated("\n", file_lines_max + 1)}), SizeIs(1));
}

TEST(ArchitectureRules, a_function_has_at_most_seventy_lines) {
  const auto body = [](std::size_t lines) { return "{\n" + repeated("    step({1});\n", lines - 2) + "}\n"; };
  EXPECT_THAT(check_function_length({"a.cpp", "namespace x {\nint f(int a,\n      int b) const " + body(70) + "}"}),
              IsEmpty());
  EXPECT_THAT(check_function_length({"a.cpp", "namespace x {\nint f(int a,\n      int b) const " + body(71) + "}"}),
              ElementsAre("a.cpp:3: a function has at most 70 lines, this one 71"));
  EXPECT_THAT(check_function_length({"a.cpp", "TEST(a, b) " + body(71)}), SizeIs(1));
  EXPECT_THAT(check_function_length({"a.cpp", "auto f() -> std::vector<int> " + body(71)}), SizeIs(1));
  EXPECT_THAT(check_function_length({"a.cpp", "const Table rows = " + body(200)}), IsEmpty());
  EXPECT_THAT(check_function_length({"a.cpp", "class Gate : public Rule<f()> " + body(200)}), IsEmpty());
}

TEST(ArchitectureRules, a_header_opens_with_its_purpose_and_a_guard) {
  EXPECT_THAT(check_header_opening({"a.hpp", "// Ids.\n#pragma once\n#include <map>\n"}), IsEmpty());
  EXPECT_THAT(check_header_opening({"a.hpp", "#pragma once\n\n// Ids.\nstruct Id {};\n"}), IsEmpty());
  EXPECT_THAT(check_header_opening({"a.hpp", "#pragma once\n#include <map>\n// Ids.\n"}), SizeIs(1));
  EXPECT_THAT(check_header_opening({"a.hpp", "// Ids.\nstruct Id {};\n#pragma once\n"}), SizeIs(1));
  EXPECT_THAT(check_header_opening({"a.hpp", ""}), SizeIs(2));
  EXPECT_THAT(check_header_opening({"a.cpp", "int a;"}), IsEmpty());
}

TEST(ArchitectureRules, a_file_is_named_for_a_concept) {
  EXPECT_THAT(check_name({"domain/commonality.cpp", ""}), IsEmpty());
  EXPECT_THAT(check_name({"domain/key_utils.cpp", ""}), SizeIs(1));
  EXPECT_THAT(check_name({"domain/helpers/key.hpp", ""}), SizeIs(1));
  EXPECT_THAT(check_name({"domain/KeyTable.hpp", ""}), SizeIs(1));
}

TEST(ArchitectureRules, nothing_is_left_undone_or_switched_off) {
  EXPECT_THAT(check_markers({"a.cpp", "int todo_list;\n"}), IsEmpty());
  EXPECT_THAT(check_markers({"a.cpp", "int a; // TO"
                                      "DO: b\n"}),
              SizeIs(1));
  EXPECT_THAT(check_markers({"a.cpp", "/* FIX"
                                      "ME */"}),
              SizeIs(1));
  EXPECT_THAT(check_markers({"a_test.cpp", "TEST(A, DIS"
                                           "ABLED_b) {}"}),
              SizeIs(1));
  EXPECT_THAT(check_markers({"a_test.cpp", "GTEST_"
                                           "SKIP();"}),
              SizeIs(1));
}

TEST(ArchitectureRules, comments_and_strings_are_not_code) {
  EXPECT_EQ(code_only("a /* {\n */ b // }\nc"), "a     \n    b     \nc");
  EXPECT_EQ(code_only(R"(f("\"{", '{', 1'000);)"), "f(     ,    , 1'000);");
  EXPECT_EQ(code_only("R\"x({)\" )x\";"), "           ;");
  EXPECT_EQ(code_only("\"never closed"), "             ");
}

}  // namespace
}  // namespace gatehouse::architecture

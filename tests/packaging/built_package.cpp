#include "tests/packaging/built_package.hpp"

#include <cstdlib>
#include <stdexcept>

#include "tests/system/program.hpp"

namespace gatehouse::packaging_test {

namespace {

using system_test::run_program;
using system_test::ScratchFolder;

std::filesystem::path make(const std::filesystem::path& folder) {
  const auto config = std::filesystem::path(GATEHOUSE_BINARY).parent_path() / "CPackConfig.cmake";
  const auto made = run_program(
      {"/bin/bash", "-c", "umask 022; exec cpack --config \"$0\" -B \"$1\"", config.string(), folder.string()});
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".deb" && made.exit_code == 0)
      return entry.path();
  }
  throw std::runtime_error("no package: " + made.output);
}

}  // namespace

const std::filesystem::path& built_package() {
  static const ScratchFolder folder;
  const char* made_already = std::getenv(package_variable.c_str());
  static const auto package = made_already == nullptr ? make(folder.path()) : std::filesystem::path(made_already);
  return package;
}

void make_version(const std::filesystem::path& package, const std::string& version,
                  const std::filesystem::path& target) {
  const auto made =
      run_program({"/bin/bash", "-euc",
                   "folder=$(mktemp -d); trap 'rm -r \"$folder\"' EXIT; dpkg-deb -R \"$0\" \"$folder/tree\";"
                   "sed -i \"s/^Version: .*/Version: $1/\" \"$folder/tree/DEBIAN/control\";"
                   "dpkg-deb --root-owner-group -Znone -b \"$folder/tree\" \"$2\"",
                   package.string(), version, target.string()});
  if (made.exit_code != 0)
    throw std::runtime_error("no package of version " + version + ": " + made.output);
}

}  // namespace gatehouse::packaging_test

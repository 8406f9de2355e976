// The package of what was built, made once for all tests of a program.
#pragma once
#include <filesystem>
#include <string>

namespace gatehouse::packaging_test {

// In the environment: a package that is made already.
inline const std::string package_variable = "GATEHOUSE_PACKAGE";

// Made by cpack in a folder that goes with the process; throws std::runtime_error with cpack's words.
[[nodiscard]] const std::filesystem::path& built_package();

// The same files under another version.
void make_version(const std::filesystem::path& package, const std::string& version,
                  const std::filesystem::path& target);

}  // namespace gatehouse::packaging_test

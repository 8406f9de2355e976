// What the source tree must look like, as functions of a path and a text, so that each rule can be shown to fail.
// A finding reads "path:line: what is wrong". Paths are relative to the repository root, with forward slashes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::architecture {

inline constexpr std::size_t file_lines_max = 300;
inline constexpr std::size_t function_lines_max = 70;

struct SourceFile {
  std::string path;
  std::string text;
};

using Findings = std::vector<std::string>;

// Folders include only folders below them, and always by the path from the root.
Findings check_layers(const SourceFile& file);

// Each third-party library stays in the folders that own it.
Findings check_libraries(const SourceFile& file);

// The middle of the program is synchronous: coroutines live at the rim.
Findings check_coroutines(const SourceFile& file);

Findings check_file_length(const SourceFile& file);
Findings check_function_length(const SourceFile& file);
Findings check_header_opening(const SourceFile& file);
Findings check_name(const SourceFile& file);

// Nothing is left for later and no test is switched off.
Findings check_markers(const SourceFile& file);

std::string finding(const SourceFile& file, std::size_t line, std::string_view what);
std::vector<std::string> lines_of(std::string_view text);

// The text with comments, strings and characters blanked and every line break kept.
std::string code_only(std::string_view text);

}  // namespace gatehouse::architecture

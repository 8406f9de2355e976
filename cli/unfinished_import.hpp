// The file `import-unfinished` in a data folder, from the beginning of an import to its end: what an import that was stopped has left is not taken for a log.
#pragma once
#include <filesystem>

namespace gatehouse::cli {

// On disk when it returns. All throw std::runtime_error.
void begin_import(const std::filesystem::path& data);
void end_import(const std::filesystem::path& data);
// Whether there is one; says what to do where that cannot be seen.
[[nodiscard]] bool is_import_unfinished(const std::filesystem::path& data);
// Says what to do about it.
void refuse_unfinished_import(const std::filesystem::path& data);

}  // namespace gatehouse::cli

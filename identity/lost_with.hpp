// What is lost with each of the server's keys and secrets: said where one would rather be replaced than mended.
#pragma once
#include <filesystem>
#include <string_view>

namespace gatehouse::identity {

// By the file's name; empty for others.
[[nodiscard]] std::string_view lost_with(const std::filesystem::path& file);

}  // namespace gatehouse::identity

// Whether anything may leave the server on a data folder. An import, or a restore, makes the file `outbound-held` in it: what is due in another instance's history is then not
// sent by this one as well, unless somebody takes the file away.
#pragma once
#include <filesystem>

namespace gatehouse::cli {

[[nodiscard]] std::filesystem::path outbound_hold_of(const std::filesystem::path& data);
// Throws std::runtime_error when it cannot be written.
void hold_outbound(const std::filesystem::path& data);
[[nodiscard]] bool is_outbound_held(const std::filesystem::path& data);

}  // namespace gatehouse::cli

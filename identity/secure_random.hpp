// Unpredictable bytes from the operating system's generator, for keys, secrets and token ids. Safe from any thread.
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace gatehouse::identity {

void fill_with_random(std::span<std::uint8_t> bytes);

// 128 random bits as 22 base64url characters.
[[nodiscard]] std::string random_id();

}  // namespace gatehouse::identity

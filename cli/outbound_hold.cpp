#include "cli/outbound_hold.hpp"

#include <fstream>
#include <stdexcept>

namespace gatehouse::cli {

namespace {

constexpr std::string_view content =
    "This data was imported or restored: mails and webhooks that are due in its history may be another instance's to "
    "send.\n"
    "While this file is here the server sends none. Take it away and start the server anew to let it send.\n";

}  // namespace

std::filesystem::path outbound_hold_of(const std::filesystem::path& data) { return data / "outbound-held"; }

void hold_outbound(const std::filesystem::path& data) {
  std::ofstream file(outbound_hold_of(data), std::ios::trunc);
  file << content;
  if (!file.flush())
    throw std::runtime_error(outbound_hold_of(data).string() + " cannot be written");
}

// What cannot be looked at holds.
bool is_outbound_held(const std::filesystem::path& data) {
  std::error_code error;
  return std::filesystem::exists(outbound_hold_of(data), error) || error;
}

}  // namespace gatehouse::cli

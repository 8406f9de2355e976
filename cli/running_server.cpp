#include "cli/running_server.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace gatehouse::cli {

namespace {

std::filesystem::path file_in(const std::string& data) { return std::filesystem::path(data) / "server-url"; }

}  // namespace

void write_server_url(const std::string& data, const std::string& url) {
  std::ofstream file(file_in(data), std::ios::trunc);
  file << url << "\n";
  if (!file.flush())
    throw std::runtime_error(file_in(data).string() + " cannot be written");
}

std::optional<std::string> read_server_url(const std::string& data) {
  std::ifstream file(file_in(data));
  std::string url;
  return std::getline(file, url) && !url.empty() ? std::optional(url) : std::nullopt;
}

}  // namespace gatehouse::cli

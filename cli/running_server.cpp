#include "cli/running_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace gatehouse::cli {

namespace {

std::filesystem::path file_in(const std::string& data) { return std::filesystem::path(data) / "server-url"; }

std::string host_in(std::string_view url) {
  const auto scheme = url.find("://");
  auto host = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (host.find('@') != std::string_view::npos)
    return {};
  if (host.starts_with('['))
    return std::string(host.substr(1, host.find(']') - 1));
  return std::string(host.substr(0, host.find(':')));
}

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

bool is_on_this_machine(std::string_view url) {
  namespace asio = boost::asio;
  const auto host = host_in(url);
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error || address.is_multicast())
    return host == "localhost";
  asio::io_context context;
  asio::ip::udp::socket socket(context);
  socket.open(address.is_v6() ? asio::ip::udp::v6() : asio::ip::udp::v4(), error);
  socket.bind({address, 0}, error);  // nobody can but whose address it is
  return address.is_loopback() || !error;
}

outbound::HttpAnswer call_server(outbound::HttpRequest request) {
  request.any_certificate = is_on_this_machine(request.url);
  return outbound::http_call(request);
}

}  // namespace gatehouse::cli

#include "cli/demo/client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <chrono>
#include <stdexcept>

namespace gatehouse::demo {

namespace {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::chrono::seconds answer_timeout{30};
}  // namespace

struct Client::Connection {
  asio::io_context io;
  beast::tcp_stream stream{io};
  beast::flat_buffer buffer;
  std::string host;

  Answer exchange(http::verb method, const std::string& token, const std::string& target, std::string body) {
    http::request<http::string_body> request(method, target, 11);
    request.set(http::field::host, host);
    request.set(http::field::authorization, "Bearer " + token);
    if (!body.empty()) request.set(http::field::content_type, "application/json");
    request.body() = std::move(body);
    request.prepare_payload();
    stream.expires_after(answer_timeout);
    http::write(stream, request);
    http::response<http::string_body> response;
    http::read(stream, buffer, response);
    Answer answer{.status = response.result_int(), .body = nullptr, .etag = std::string(response[http::field::etag])};
    if (!response.body().empty()) answer.body = boost::json::parse(response.body());
    return answer;
  }
};

Client::Client(std::string_view url) : connection_(std::make_unique<Connection>()) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || parsed->scheme() != "http") throw std::runtime_error("the server's URL must look like http://127.0.0.1:8080");
  const std::string port = parsed->has_port() ? std::string(parsed->port()) : "80";
  connection_->host = std::string(parsed->encoded_host()) + ":" + port;
  boost::system::error_code error;
  asio::ip::tcp::resolver resolver(connection_->io);
  const auto addresses = resolver.resolve(std::string(parsed->host()), port, error);
  if (!error) connection_->stream.connect(addresses, error);
  if (error) throw std::runtime_error("cannot reach " + std::string(url) + ": " + error.message());
}

Client::~Client() = default;

Answer Client::get(const std::string& token, const std::string& target) {
  return connection_->exchange(http::verb::get, token, target, {});
}

Answer Client::post(const std::string& token, const std::string& target, const boost::json::value& body) {
  return connection_->exchange(http::verb::post, token, target, boost::json::serialize(body));
}

}  // namespace gatehouse::demo

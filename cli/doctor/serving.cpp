#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cerrno>
#include <fstream>
#include <string_view>

#include "cli/doctor/checks.hpp"
#include "cli/running_server.hpp"
#include "store/data_lock.hpp"
#include "store/witness.hpp"

namespace gatehouse::cli {

namespace {

using std::chrono::seconds;

struct Remedy {
  std::string_view reason;  // how it begins
  std::string_view advice;
};
constexpr std::array remedies{
    Remedy{"read_only:disk_full", "make room on the disk; the server goes on by itself"},
    Remedy{"read_only:", "look into the server's log for the error of the disk, and restart it"},
    Remedy{"building:", "wait: a read model is being made; /metrics tells how far it is"},
    Remedy{"behind:",
           "wait: a read model is catching up; if it goes on, the machine is too slow for what is asked of it"},
    Remedy{"failed:backup",
           "see whether the backups' folder has room and may be written; GET /v1/ops/backups has the reason"},
    Remedy{"failed:erasure",
           "look into the server's log for what keeps the person's data from being erased; it is tried again"},
    Remedy{"damaged:", "see docs/operations.md, Damaged data: rebuild the read model, or restore a backup"},
    Remedy{"parked:", "GET /v1/ops/projections/{name}/parked has the event and the error"},
    Remedy{"failed:transparency",
           "the server's log says why, and docs/transparency.md, When something is wrong, what then"},
    Remedy{"fork:", "stop the server, keep its data as it is, and see docs/transparency.md, When something is wrong"},
    Remedy{"failed:", "look into the server's log for what the read model could not take, and restart it"},
    Remedy{"unpublished:", "see docs/transparency.md: a witness is missing, or the log's key"},
    Remedy{"stopping", "wait until it has stopped"}};

std::string advice_for(const std::string& reason) {
  for (const auto& remedy : remedies) {
    if (reason.starts_with(remedy.reason))
      return std::string(remedy.advice);
  }
  return "look into the server's log";
}

std::string joined(const boost::json::value& list) {
  std::string text;
  for (const auto& item : list.as_array())
    text += (text.empty() ? "" : ", ") + std::string(item.as_string());
  return text;
}

Finding unlike_gatehouse(long status) {
  return {"server", Verdict::wrong, "answers " + std::to_string(status) + " to /readyz, and not as Gatehouse does",
          "see what listens there"};
}

}  // namespace

Standing standing_of(const std::string& data) {
  const auto folder = std::filesystem::path(data);
  Standing standing;
  // A witness or a checkpoint without a log tells of one that was lost.
  standing.has_log = std::ranges::any_of(std::array{"db/CURRENT", "witness", "checkpoint"},
                                         [&](const char* name) { return std::filesystem::exists(folder / name); });
  if (standing.has_log) {
    const auto witness = Witness::open(*posix_disk(), folder / "witness", Disk::OpenMode::read);
    standing.has_events = !witness || witness->record().head.position != Position{};
  }
  if (!std::filesystem::exists(folder / "lock"))
    return standing;  // asking for the lock would make it
  const auto lock = DataLock::take(folder, true);
  if (lock || lock.error().kind != OpenErrorKind::locked)
    return standing;
  int process = 0;
  std::ifstream(folder / "lock") >> process;
  standing.server = process;
  standing.url = read_server_url(data);
  return standing;
}

Finding check_port(const Address& address) {
  namespace asio = boost::asio;
  const auto place = address.host + ", port " + std::to_string(address.port);
  asio::io_context context;
  const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(address.host), address.port);
  asio::ip::tcp::acceptor acceptor(context);
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error)
    acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error)
    acceptor.bind(endpoint, error);
  if (error == asio::error::address_in_use)
    return {"port", Verdict::wrong, place + " is taken by another program",
            "stop that program, or configure another `listen`"};
  if (error == asio::error::access_denied)
    return {"port", Verdict::wrong, place + " may be opened by root alone",
            "configure a port from 1024 on, behind a proxy"};
  if (error)
    return {"port", Verdict::wrong, place + ": " + error.message(), "configure an address of this machine as `listen`"};
  return {"port", Verdict::ok, place + " is free"};
}

Finding judge_readiness(long status, const std::string& body) {
  boost::system::error_code error;
  const auto answer = boost::json::parse(body, error);
  const auto* object = error ? nullptr : answer.if_object();
  if ((status != 200 && status != 503) || object == nullptr || !object->contains("ready"))
    return unlike_gatehouse(status);
  const auto& reasons = object->at("reasons");
  const auto& degraded = object->at("degraded");
  if (status == 503)
    return {"server", Verdict::wrong, "is not ready: " + joined(reasons),
            reasons.as_array().empty() ? "look into the server's log"
                                       : advice_for(std::string(reasons.as_array().front().as_string()))};
  if (!degraded.as_array().empty())
    return {"server", Verdict::warning, "is ready, but: " + joined(degraded),
            advice_for(std::string(degraded.as_array().front().as_string()))};
  return {"server", Verdict::ok, "runs and is ready"};
}

Finding check_readiness(const std::string& url) {
  const auto answer = call_server({.url = url + "/readyz", .timeout = seconds{10}});
  if (answer.status == 0)
    return {"server", Verdict::wrong, "has the data, but does not answer at " + url + ": " + answer.error,
            "look into its log; if it is starting, wait and ask again"};
  return judge_readiness(answer.status, answer.body);
}

}  // namespace gatehouse::cli

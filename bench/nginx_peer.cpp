#include "bench/nginx_peer.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "bench/http_answer.hpp"
#include "bench/load_generator.hpp"

namespace gatehouse::bench {

namespace {

const std::filesystem::path program = "/usr/sbin/nginx";
constexpr int attempts = 200;
constexpr std::chrono::milliseconds between_attempts{10};

// nginx writes these itself.
bool is_its_own(const std::string& name) {
  return name == "Server" || name == "Date" || name == "Content-Length" || name == "Content-Type" ||
         name == "Connection";
}

// Our other header fields as directives.
std::string fields_of(const std::string& head) {
  std::istringstream lines(head);
  std::string line, directives;
  std::getline(lines, line);
  while (std::getline(lines, line) && line.size() > 1) {
    const auto colon = line.find(": ");
    const auto name = line.substr(0, colon), value = line.substr(colon + 2, line.size() - colon - 3);
    if (!is_its_own(name))
      directives += "add_header " + name + " '" + value + "';\n";
  }
  return directives;
}

std::string configuration(const std::filesystem::path& folder, std::uint16_t port, unsigned workers,
                          const std::string& answer) {
  const auto end = answer.find("\r\n\r\n");
  std::ostringstream text;
  text << "daemon off;\nmaster_process on;\nworker_processes " << workers << ";\npid " << (folder / "pid").string()
       << ";\nerror_log " << (folder / "error.log").string()
       << ";\nevents { worker_connections 1024; }\nhttp {\naccess_log off;\n"
       << "keepalive_requests 1000000000;\n"
       << "client_body_temp_path " << folder.string() << "/b;\nproxy_temp_path " << folder.string()
       << "/p;\nfastcgi_temp_path " << folder.string() << "/f;\nuwsgi_temp_path " << folder.string()
       << "/u;\nscgi_temp_path " << folder.string() << "/s;\nserver {\nlisten 127.0.0.1:" << port
       << " reuseport;\nlocation / {\ndefault_type application/json;\n"
       << fields_of(answer.substr(0, end)) << "return 200 '" << answer.substr(end + 4) << "';\n}\n}\n}\n";
  return text.str();
}

}  // namespace

bool NginxPeer::is_there() { return std::filesystem::exists(program); }

NginxPeer::NginxPeer(const std::filesystem::path& folder, std::uint16_t port, unsigned workers,
                     const std::string& answer)
    : port_(port) {
  std::filesystem::create_directories(folder);
  const auto file = folder / "nginx.conf";
  std::ofstream(file) << configuration(folder, port, workers, answer);
  process_ = ::fork();
  if (process_ < 0)
    throw std::runtime_error("cannot start a process");
  if (process_ == 0) {
    ::execl(program.c_str(), program.c_str(), "-c", file.c_str(), "-e", (folder / "error.log").c_str(), nullptr);
    ::_exit(127);
  }
  for (int attempt = 0; attempt < attempts; ++attempt) {
    try {
      if (ask(port_, get_request("/livez", {})).status == 200)
        return;
    } catch (const std::runtime_error&) {  // not listening yet
    }
    std::this_thread::sleep_for(between_attempts);
  }
  throw std::runtime_error("nginx does not answer; see error.log in " + folder.string());
}

NginxPeer::~NginxPeer() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace gatehouse::bench

// nginx answering with the bytes that our /livez answers with, by as many workers as we have threads: what a request costs on this machine at the least.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace gatehouse::bench {

class NginxPeer {
 public:
  // Whether nginx is installed here.
  [[nodiscard]] static bool is_there();
  // Returns when it answers. Throws std::runtime_error when it does not. `answer` is a whole answer of ours, head and body.
  NginxPeer(const std::filesystem::path& folder, std::uint16_t port, unsigned workers, const std::string& answer);
  NginxPeer(const NginxPeer&) = delete;
  NginxPeer& operator=(const NginxPeer&) = delete;
  ~NginxPeer();

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_;
  pid_t process_ = -1;
};

}  // namespace gatehouse::bench

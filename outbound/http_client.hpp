// One HTTP request to an operator's own choice of server, and its answer: for witnesses and for the command line. Blocks. Any thread.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::outbound {

inline constexpr std::size_t http_answer_bytes_max = 4U << 20;

struct HttpRequest {
  std::string url;
  std::string body{};  // posted unless it is empty
  std::vector<std::string> headers{};
  std::chrono::milliseconds timeout{10'000};           // 0: none
  std::string ca_file{};                               // empty: the system's
  bool any_certificate = false;                        // of a server that is known by its place, such as one's own
  const std::atomic<bool>* cancelled{};                // ends it soon
  std::function<void(std::string_view bytes)> sink{};  // takes the body of a 200 as it comes, however long
};

struct HttpAnswer {
  long status{};  // 0: there is none, and `error` says why
  std::string content_type;
  std::string body;
  std::string error;
};

[[nodiscard]] HttpAnswer http_call(const HttpRequest& request);

}  // namespace gatehouse::outbound

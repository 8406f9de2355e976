// One look at a running server: /readyz and /metrics. Blocks.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/top/exposition.hpp"

namespace gatehouse::cli::top {

struct Readiness {
  bool ready{};
  std::vector<std::string> reasons;   // why it is not
  std::vector<std::string> degraded;  // what does not keep it from serving the rest
};
[[nodiscard]] std::optional<Readiness> readiness_in(const std::string& body);

struct Look {
  std::chrono::steady_clock::time_point at;
  std::string fault;  // why there is no answer, or none that can be used; empty: there is
  Readiness readiness;
  Exposition measured;
};

struct Server {
  std::string url;
  std::function<std::string()> make_token;  // asked where the server wants one; may throw std::runtime_error
};

class Looker {
 public:
  // `cancelled` ends a look soon.
  Looker(Server server, const std::atomic<bool>& cancelled) : server_(std::move(server)), cancelled_(&cancelled) {}

  [[nodiscard]] Look look();

 private:
  struct Answer {
    long status{};
    std::string body;
    std::string error;
  };
  [[nodiscard]] Answer get(const std::string& path);
  [[nodiscard]] std::string take_in(Look& look);

  Server server_;
  const std::atomic<bool>* cancelled_;
  std::string token_;
};

}  // namespace gatehouse::cli::top

// Whether the server lives, whether it is ready, and what it counts.
#pragma once
#include <string>
#include <vector>

#include "api/services.hpp"

namespace gatehouse::api {

struct Readiness {
  std::vector<std::string> reasons;   // why the server is not ready
  std::vector<std::string> degraded;  // what does not keep it from serving the rest
};
[[nodiscard]] Readiness look(const Services& services);

void show_liveness(const Services& services, ExchangePointer exchange);
// 503 with the reasons while the server stops, takes no commands, or its read models are not there yet.
void show_readiness(const Services& services, ExchangePointer exchange);
void show_metrics(const Services& services, ExchangePointer exchange);

}  // namespace gatehouse::api

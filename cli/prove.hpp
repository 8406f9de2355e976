// `gatehouse proof` and `gatehouse verifier-key`: what an auditor takes away from the log. A proof comes from a stopped server's data, or from a
// running server's public tiles, as anybody could make it.
#pragma once
#include <cstdint>
#include <string>

#include "cli/log_place.hpp"

namespace gatehouse::cli {

struct ProofRequest {
  std::uint64_t event{};  // position
  LogPlace place;
  std::string url;  // of a server; empty: that of the data folder
};

// Throw std::runtime_error with what is wrong. The process's exit code.
int run_proof(const ProofRequest& request);
int run_verifier_key(const LogPlace& place);

}  // namespace gatehouse::cli

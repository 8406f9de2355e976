// `gatehouse proof` and `gatehouse verifier-key`: what an auditor takes away from the log. A proof comes from a stopped server's data, or from a
// running server's public tiles, as anybody could make it.
#pragma once
#include <cstdint>
#include <string>

namespace gatehouse::cli {

struct ProofRequest {
  std::uint64_t event{};  // position
  std::string data = "./data";
  std::string url;     // of a server; empty: that of the data folder
  std::string origin;  // of the log, when it is configured
};

// Throw std::runtime_error with what is wrong. The process's exit code.
int run_proof(const ProofRequest& request);
int run_verifier_key(const ProofRequest& request);

}  // namespace gatehouse::cli

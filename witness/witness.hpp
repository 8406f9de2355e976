// A witness (C2SP tlog-witness): cosigns checkpoints of logs that it knows, as long as each only adds to the one before. It never answers with a cosignature
// that it does not remember. Any thread; one request after the other.
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tlog/checkpoint.hpp"
#include "tlog/note.hpp"
#include "witness/checkpoint_store.hpp"

namespace gatehouse::witness {

inline constexpr std::size_t request_bytes_max = 64U << 10;

struct Answer {
  unsigned status{};
  std::string content_type;
  std::string body;
  // For the witness' operator: what was asked about, as far as it could be read. The origin is anybody's words unless a key of the log has signed.
  std::string origin{};
  std::uint64_t size{};
  bool differs = false;  // the log's key has signed what does not follow from what was cosigned before
};

class Witness {
 public:
  // `signer` is of type ed25519_cosignature. Both outlive the witness.
  Witness(const tlog::NoteSigner& signer, CheckpointStore& store, std::vector<tlog::VerifierKey> logs);

  // POST <prefix>/add-checkpoint. `unix_seconds`: the time of the cosignature.
  [[nodiscard]] Answer add_checkpoint(std::string_view body, std::uint64_t unix_seconds);

 private:
  struct Submission {
    std::uint64_t old_size{};
    tlog::Path path;
    tlog::Note note;
    tlog::Checkpoint checkpoint;
  };
  [[nodiscard]] static std::optional<Submission> parse(std::string_view body);
  [[nodiscard]] Answer judge(const Submission& submission, std::uint64_t unix_seconds);

  const tlog::NoteSigner& signer_;
  CheckpointStore& store_;
  const std::vector<tlog::VerifierKey> logs_;
  std::mutex mutex_;  // looking at the last checkpoint and replacing it are one step
};

}  // namespace gatehouse::witness

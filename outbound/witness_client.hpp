// Asks witnesses to cosign the log's checkpoints (C2SP tlog-witness), all at once; how far each of them is they say themselves.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tlog/note.hpp"
#include "transparency/checkpoint_publisher.hpp"

namespace gatehouse::outbound {

inline constexpr std::chrono::milliseconds witness_timeout{5'000};

struct WitnessSettings {
  std::string url;  // the submission prefix, without a slash at its end
  tlog::VerifierKey key;
};

class WitnessClient final : public transparency::Cosigner {
 public:
  // `quorum`: how many cosignatures are enough. `report`: what an operator should know; called on the threads that ask.
  WitnessClient(std::vector<WitnessSettings> witnesses, std::size_t quorum, std::string ca_file,
                std::function<void(std::string_view)> report);

  [[nodiscard]] Result cosign(const transparency::TreeView& tree, const tlog::Note& checkpoint) override;
  void cancel() override { cancelled_ = true; }

 private:
  struct Witness {
    WitnessSettings settings;
    std::uint64_t size{};  // that it cosigned last, as far as we know
    bool failing = false;  // reported already
  };

  [[nodiscard]] std::vector<tlog::Signature> ask(Witness& witness, const transparency::TreeView& tree,
                                                 const tlog::Note& checkpoint) const;
  void note_outcome(Witness& witness, const std::string& problem) const;

  std::vector<Witness> witnesses_;
  const std::size_t quorum_;
  const std::string ca_file_;
  const std::function<void(std::string_view)> report_;
  std::atomic<bool> cancelled_{};
};

}  // namespace gatehouse::outbound

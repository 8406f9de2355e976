// Asks witnesses to cosign the log's checkpoints (C2SP tlog-witness), all at once; how far each of them is they say themselves.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tlog/note.hpp"
#include "transparency/cosigner.hpp"

namespace gatehouse::outbound {

struct HttpAnswer;

inline constexpr std::chrono::milliseconds witness_timeout{5'000};

struct WitnessSettings {
  std::string url;  // the submission prefix, without a slash at its end
  tlog::VerifierKey key;
};

class WitnessClient final : public transparency::Cosigner {
 public:
  enum class Severity : std::uint8_t { info, warning, error };
  // What an operator should know; on the thread that has cosign() called. Each reason of a witness not to cosign is told once, until it has cosigned again.
  using Report = std::function<void(Severity, std::string_view)>;

  // `quorum`: how many cosignatures are enough.
  WitnessClient(std::vector<WitnessSettings> witnesses, std::size_t quorum, std::string ca_file, Report report);

  [[nodiscard]] Result cosign(const transparency::TreeView& tree, const tlog::Note& checkpoint) override;
  void cancel() override { cancelled_ = true; }
  [[nodiscard]] transparency::CosigningStatus status() const override;

 private:
  // Touched by one thread at a time, `status` by any.
  struct Witness {
    WitnessSettings settings;
    std::uint64_t size{};        // that it cosigned last, as far as we know
    std::set<std::string> told;  // the kinds of refusals that were reported since it cosigned
    transparency::WitnessStatus status;
  };
  struct Refusal {
    std::string kind;  // refusals of one kind may have texts with other figures
    std::string text;
    bool differs = false;  // it has cosigned another history
  };
  struct Asked {
    std::vector<tlog::Signature> signatures;  // none: refused
    Refusal refusal;
  };

  [[nodiscard]] Asked ask(Witness& witness, const transparency::TreeView& tree, const tlog::Note& checkpoint) const;
  [[nodiscard]] static Refusal refusal_in(const HttpAnswer& answer, std::uint64_t asked_from, std::uint64_t size);
  [[nodiscard]] std::vector<tlog::Signature> settle(Witness& witness, Asked asked) const;
  void tell_quorum(std::size_t cosigned);

  std::vector<Witness> witnesses_;
  const std::size_t quorum_;
  const std::string ca_file_;
  const Report report_;
  std::atomic<bool> cancelled_{};
  std::size_t told_cosigned_;  // as was reported last; the quorum, or how many were too few
  mutable std::mutex mutex_;   // guards the witnesses' status
};

}  // namespace gatehouse::outbound

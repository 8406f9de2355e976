// Witnesses that the test decides about.
#pragma once
#include <atomic>
#include <thread>

#include "transparency/cosigner.hpp"

namespace gatehouse::transparency {

class ScriptedCosigner final : public Cosigner {
 public:
  Result cosign(const TreeView& tree, const tlog::Note&) override {
    const Result result{{}, enough.load()};
    last_size = tree.head().size;
    return result;
  }
  void cancel() override {}
  [[nodiscard]] CosigningStatus status() const override {
    return {.witnesses = {{.name = "w.example", .url = "http://w.example", .cosigns = enough}}, .quorum = 1};
  }

  // Until it was asked about so many events.
  void wait_for_size(std::uint64_t size) const {
    for (int wait = 0; wait < 1'000 && last_size < size; ++wait)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  std::atomic<bool> enough{};
  std::atomic<std::uint64_t> last_size{};
};

}  // namespace gatehouse::transparency

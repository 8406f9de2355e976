// Makes calls of a server fail that is started while `Preload` lives, and shifts its clock. One server at a time.
#pragma once
#include <filesystem>
#include <string>

#include "tests/faults/fault_control.hpp"
#include "tests/system/program.hpp"

namespace gatehouse::faults {

class InjectedFaults {
 public:
  // Of files below this folder.
  explicit InjectedFaults(const std::filesystem::path& below);
  ~InjectedFaults();
  InjectedFaults(const InjectedFaults&) = delete;
  InjectedFaults& operator=(const InjectedFaults&) = delete;

  // Programs that are started while it lives are under the faults' control, for as long as they run.
  class Preload {
   public:
    explicit Preload(const InjectedFaults& faults);
    ~Preload();
    Preload(const Preload&) = delete;
    Preload& operator=(const Preload&) = delete;
  };

  // From now on: the `at`-th of these calls fails, and if it `goes_on`, all that follow. With 0 they are only counted.
  void arm(std::uint32_t calls, std::uint64_t at, int error, bool goes_on = false);
  void disarm() { control_->calls = 0; }
  void set_clock_ahead(std::int64_t seconds) { control_->clock_ahead_s = seconds; }

  [[nodiscard]] std::uint64_t seen() const { return control_->seen; }
  [[nodiscard]] std::uint64_t failed() const { return control_->failed; }
  [[nodiscard]] std::string first_failed() const { return control_->first_failed.data(); }

 private:
  system_test::ScratchFolder scratch_;
  std::filesystem::path file_ = scratch_.path() / "control";
  std::filesystem::path below_;
  FaultControl* control_ = nullptr;
};

}  // namespace gatehouse::faults

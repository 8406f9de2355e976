#include "tests/faults/injected_faults.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace gatehouse::faults {

InjectedFaults::InjectedFaults(const std::filesystem::path& below) : below_(below) {
  const int descriptor = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const bool sized = descriptor >= 0 && ::ftruncate(descriptor, sizeof(FaultControl)) == 0;
  void* mapped =
      sized ? ::mmap(nullptr, sizeof(FaultControl), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) : MAP_FAILED;
  ::close(descriptor);
  if (mapped == MAP_FAILED)
    throw std::runtime_error("no memory for the control of faults");
  control_ = static_cast<FaultControl*>(mapped);
}

InjectedFaults::~InjectedFaults() { ::munmap(control_, sizeof(FaultControl)); }

InjectedFaults::Preload::Preload(const InjectedFaults& faults) {
  ::setenv("GATEHOUSE_FAULTS", faults.file_.c_str(), 1);
  ::setenv("GATEHOUSE_FAULTS_BELOW", faults.below_.c_str(), 1);
  ::setenv("LD_PRELOAD", GATEHOUSE_FAULT_LIBRARY, 1);
}

InjectedFaults::Preload::~Preload() {
  for (const auto* name : {"GATEHOUSE_FAULTS", "GATEHOUSE_FAULTS_BELOW", "LD_PRELOAD"})
    ::unsetenv(name);
}

void InjectedFaults::arm(std::uint32_t calls, std::uint64_t at, int error, bool goes_on) {
  control_->calls = 0;
  control_->at = at;
  control_->goes_on = goes_on ? 1 : 0;
  control_->error = error;
  control_->seen = 0;
  control_->failed = 0;
  control_->first_failed = {};
  control_->calls = calls;
}

}  // namespace gatehouse::faults

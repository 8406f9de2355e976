// The service of an installed package, started by its unit's own words as systemd would: as its user, without capabilities, on a read-only
// file system, with a socket for its state.
#pragma once
#include <string>

#include "tests/packaging/throw_away_root.hpp"

namespace gatehouse::packaging_test {

class InstalledService {
 public:
  explicit InstalledService(const ThrowAwayRoot& root);
  ~InstalledService();  // kills
  InstalledService(const InstalledService&) = delete;
  InstalledService& operator=(const InstalledService&) = delete;

  void start();
  void signal(int number) const;
  int wait_for_end();
  // What the service tells its manager next, waited for up to 30 seconds; empty when nothing comes.
  [[nodiscard]] std::string told() const;
  [[nodiscard]] std::string output() const { return system_test::read_text(scratch_.path() / "output"); }

 private:
  [[nodiscard]] std::string in_unit(const std::string& setting) const;

  const ThrowAwayRoot& root_;
  system_test::ScratchFolder scratch_;
  int socket_ = -1;
  pid_t pid_ = 0;
};

}  // namespace gatehouse::packaging_test

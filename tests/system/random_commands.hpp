// Commands as a busy account sends them, drawn from a seed: members, requests, decisions, lists, installations, settings, batches
// that succeed and batches that must fail as a whole.
#pragma once
#include <cstdint>
#include <random>
#include <string>

namespace gatehouse::system_test {

struct Attempt {
  std::string caller;  // whose token
  std::string body;
  std::string key;     // its Idempotency-Key
};

class RandomCommands {
 public:
  // `name` makes the keys and the ids of new members unlike those of any other source.
  RandomCommands(std::uint64_t seed, std::string name) : random_(seed), name_(std::move(name)) {}

  Attempt next();

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  std::string user();
  std::string app();
  std::string add_member();
  std::string batch(bool fails);
  Attempt draw();

  std::mt19937_64 random_;
  std::string name_;
  std::uint64_t made_ = 0;
};

}  // namespace gatehouse::system_test

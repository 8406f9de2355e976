// A log in memory with a random story in it, its commit thread, and the tree over it.
#pragma once
#include <future>

#include "commands/command_service.hpp"
#include "commands/mac_confirmation_tokens.hpp"
#include "commands/system_ids.hpp"
#include "tests/replay/world.hpp"
#include "transparency/log_signer.hpp"
#include "transparency/log_tree.hpp"

namespace gatehouse::transparency {

struct TreeFixture {
  explicit TreeFixture(std::uint64_t seed, std::size_t commands_of_story = 400)
      : world(seed, commands_of_story),
        commands(world.log, ids, confirmations, [] { return Timestamp{2'000'000'000'000}; }) {
    commands.start();
  }

  [[nodiscard]] LogTree::Parts parts() { return {world.log, world.store, commands, signer}; }

  // Of a running tree.
  [[nodiscard]] static bool reaches(LogTree& tree, Position position) {
    return answer([&](LogTree::Done done) { tree.wait_for(position, in_a_while(), std::move(done)); });
  }
  [[nodiscard]] static bool commits_heads(LogTree& tree, Position position) {
    return answer([&](LogTree::Done done) { tree.wait_for_heads(position, in_a_while(), std::move(done)); });
  }

  // Comes to, within a while.
  [[nodiscard]] static bool lacks_cosignatures(const LogTree& tree) {
    while (!tree.lacks_cosignatures() && tree.since_start() < std::chrono::seconds(20))
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return tree.lacks_cosignatures();
  }

  ::gatehouse::testing::World world;
  SystemIds ids;
  MacConfirmationTokens confirmations{[](std::string_view message) { return std::string(message); }};
  CommandService commands;
  tlog::NoteSigner signer = make_log_signer("log.example", identity::SigningKey::generate());

 private:
  static LogTree::Time in_a_while() { return LogTree::Time::clock::now() + std::chrono::seconds(20); }
  template <class Ask>
  static bool answer(const Ask& ask) {
    auto promise = std::make_shared<std::promise<bool>>();
    ask([promise](bool reached) { promise->set_value(reached); });
    return promise->get_future().get();
  }
};

}  // namespace gatehouse::transparency

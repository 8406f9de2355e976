#include "cli/replay_commands.hpp"

#include "cli/argument_checks.hpp"

namespace gatehouse::cli {

namespace {

void add_replay_events(CLI::App& replay, ReplayFlags& flags, int& exit_code) {
  auto* events = replay.add_subcommand("events", "Print the history as JSON lines");
  events->add_option("--account", flags.account, "Events of this account")->check(not_empty);
  events->add_option("--after", flags.after, "After this position")->check(whole_number);
  events->add_option("--limit", flags.limit, "At most so many")->check(whole_number);
  events->add_option("--type", flags.type, "Of this type, for example AppInstalled")->check(not_empty);
  events->add_option("--app", flags.app, "About this app")->check(not_empty);
  events->add_option("--user", flags.user, "That name this user")->check(not_empty);
  events->add_option("--actor", flags.actor, "Made by this user or service")->check(not_empty);
  events->add_option("--from", flags.from, "Recorded then or later (RFC 3339)")->check(not_empty);
  events->add_option("--to", flags.to, "Recorded before (RFC 3339)")->check(not_empty);
  events->callback([&flags, &exit_code] { exit_code = run_replay_events(flags); });
}

}  // namespace

void add_replay(CLI::App& app, ReplayFlags& flags, int& exit_code) {
  auto* replay = app.add_subcommand(
      "replay", "Look at, check and rebuild a stopped server's data; rebuild asks a server that runs");
  replay->require_subcommand(1);
  replay->add_option("--data", flags.data, "Data directory")->check(not_empty)->capture_default_str();
  replay->fallthrough();
  add_replay_events(*replay, flags, exit_code);
  const auto scratch_option = [&flags](CLI::App& command) {
    command.add_option("--scratch", flags.scratch, "Folder with room for the rows that the log gives")
        ->check(not_empty)
        ->capture_default_str();
  };
  auto* verify = replay->add_subcommand("verify", "Check every frame, and every row against the log");
  scratch_option(*verify);
  verify->callback([&flags, &exit_code] { exit_code = run_replay_verify(flags); });
  auto* rebuild = replay->add_subcommand("rebuild", "Make a projection anew from the log");
  rebuild->add_option("projection", flags.projection, "Its name");
  rebuild->add_flag("--all", flags.all, "All of them, and of a stopped server's data the state");
  scratch_option(*rebuild);
  rebuild->callback([&flags, &exit_code] { exit_code = run_replay_rebuild(flags); });
  replay->add_subcommand("projections", "What there is, and how far it is")->callback([&flags, &exit_code] {
    exit_code = run_replay_projections(flags);
  });
  for (auto* subcommand : replay->get_subcommands({}))
    subcommand->fallthrough();
}

}  // namespace gatehouse::cli

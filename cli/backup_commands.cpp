#include "cli/backup_commands.hpp"

#include "cli/argument_checks.hpp"

namespace gatehouse::cli {

namespace {

void add_place(CLI::App& command, LogPlace& place) {
  command.add_option("--config", place.config, "The server's configuration file (TOML)")->check(not_empty);
  command.add_option("--data", place.data, "Data directory of the server, ./data unless configured")->check(not_empty);
}

void add_backup(CLI::App& app, BackupFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand(
      "backup", "Make a backup: by the running server, into its configured directory, or from a stopped one's data");
  add_place(*command, flags.place);
  command->add_option("--to", flags.to, "Directory of the backups, the configured one unless it is given")
      ->check(not_empty);
  command
      ->add_option(
          "--keys-to", flags.keys_to,
          "Directory for the one copy of the keys, apart from the backups; the configured one unless it is given")
      ->check(not_empty);
  command->add_option("--keep", flags.keep, "How many backups stay, as configured or 24 unless it is given")
      ->check(at_least_one);
  command->add_option("--origin", flags.place.origin, "The log's origin, as configured unless it is given")
      ->check(not_empty);
  command->callback([&flags, &exit_code] { exit_code = run_backup(flags); });
}

void add_verify(CLI::App& app, VerifyBackupFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand(
      "verify-backup", "Check every file of a backup, every frame and hash of its log, and its manifest. Ends with "
                       "0 when all holds, 1 when something is damaged, 2 when it could not be looked at");
  command->add_option("directory", flags.folder, "Directory of the backups")->check(not_empty)->required();
  auto* one =
      command->add_option("--backup", flags.backup, "Its number; the newest unless it is given")->check(at_least_one);
  command->add_flag("--all", flags.all, "Every backup")->excludes(one);
  command->add_flag("--files-only", flags.files_only, "The files' bytes alone");
  command->add_option("--key", flags.key, "Verifier key of the log, which must have signed the manifest")
      ->check(not_empty);
  command->add_option("--scratch", flags.scratch, "Folder with room for the tree of a large log")
      ->check(not_empty)
      ->capture_default_str();
  command->callback([&flags, &exit_code] { exit_code = run_verify_backup(flags); });
}

void add_restore(CLI::App& app, RestoreFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand(
      "restore", "Make a data directory of a backup, or nothing when it does not prove itself. A server on it "
                 "sends no mails and webhooks until the file outbound-held is taken out of it");
  auto& order = flags.order;
  command->add_option("--from", order.from, "Directory of the backups")->check(not_empty)->required();
  command->add_option("--data", flags.data, "Data directory to make")->check(not_empty)->required();
  command->add_option("--keys", order.keys, "Directory of the copy of the keys")->check(not_empty);
  command->add_flag("--accept-locked", order.accept_locked,
                    "Restore although keys of persons are missing: their texts stay locked");
  command
      ->add_option("--backup", order.point.backup, "Its number; the newest that reaches the point unless it is given")
      ->check(at_least_one);
  auto* position = command
                       ->add_option_function<std::uint64_t>(
                           "--position", [&order](std::uint64_t number) { order.point.position = Position{number}; },
                           "End the log with this event")
                       ->check(at_least_one);
  command->add_option("--time", flags.time, "End the log before the first event that was recorded later (RFC 3339)")
      ->check(not_empty)
      ->excludes(position);
  command
      ->add_option("--checkpoint", order.checkpoint,
                   "File with the checkpoint that the log published last: it goes on under its key, if it has all of "
                   "that; it gets a new key without")
      ->check(not_empty);
  command->add_option("--key", order.key, "Verifier key of the log, which must have signed the manifest")
      ->check(not_empty);
  command->callback([&flags, &exit_code] { exit_code = run_restore(flags); });
}

void add_drill(CLI::App& app, DrillFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand(
      "drill", "Restore the newest backup into a folder that goes away again, prove it, and say how long it "
               "took and what would be lost. Ends as verify-backup does");
  add_place(*command, flags.place);
  command->add_option("--from", flags.from, "Directory of the backups, the configured one unless it is given")
      ->check(not_empty);
  command->add_option("--keys", flags.keys, "Directory of the copy of the keys, the configured one unless it is given")
      ->check(not_empty);
  command->add_option("--scratch", flags.scratch, "Folder with room for the restored data")->check(not_empty);
  command->callback([&flags, &exit_code] { exit_code = run_drill(flags); });
}

}  // namespace

void add_backup_commands(CLI::App& app, BackupCommands& flags, int& exit_code) {
  add_backup(app, flags.backup, exit_code);
  add_verify(app, flags.verify, exit_code);
  add_restore(app, flags.restore, exit_code);
  add_drill(app, flags.drill, exit_code);
}

}  // namespace gatehouse::cli

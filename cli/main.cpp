// The program: its subcommands and their options. Each subcommand's work is in a file of its own.
#include <CLI/CLI.hpp>
#include <iostream>
#include <sys/stat.h>

#include "cli/argument_checks.hpp"
#include "cli/backup_commands.hpp"
#include "cli/configuration.hpp"
#include "cli/demo/demo.hpp"
#include "cli/doctor/doctor.hpp"
#include "cli/export_history.hpp"
#include "cli/import_history.hpp"
#include "cli/manual/manual.hpp"
#include "cli/prove.hpp"
#include "cli/replay_commands.hpp"
#include "cli/serve.hpp"
#include "cli/token.hpp"
#include "cli/top/top.hpp"
#include "cli/witness_server.hpp"
#include "store/freed_memory.hpp"

namespace gatehouse::cli {

namespace {

constexpr int arguments_refused = 2;

struct ServeFlags {
  std::string config;
  std::string data;
  std::string listen;
  bool new_subject_keys = false;
  bool new_secrets = false;
};

void add_serve(CLI::App& app, ServeFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand("serve", "Serve HTTP until SIGTERM; SIGHUP reads the issuers' keys again");
  command->add_option("--config", flags.config, "Configuration file (TOML)")->check(not_empty);
  command->add_option("--data", flags.data, "Data directory, ./data unless configured")->check(not_empty);
  command->add_option("--listen", flags.listen, "IP address and port, 127.0.0.1:8080 unless configured")
      ->check(not_empty);
  command->add_flag("--new-subject-keys", flags.new_subject_keys,
                    "Go on without keys of persons that are lost, in a store that is made anew where there is none: "
                    "what was sealed with "
                    "them stays locked for good");
  command->add_flag(
      "--new-secrets", flags.new_secrets,
      "Make the key of tokens and the secret of webhooks anew where they are missing although the log has "
      "events: tokens that were given stop working, receivers need their new secret");
  command->callback([&flags, &exit_code] {
    Configuration configuration;
    if (!flags.config.empty())
      read_configuration(flags.config, configuration);
    if (!flags.data.empty())
      configuration.data = flags.data;
    if (!flags.listen.empty())
      configuration.listen = parse_address(flags.listen);
    configuration.new_subject_keys = flags.new_subject_keys;
    configuration.new_secrets = flags.new_secrets;
    exit_code = run_serve(std::move(configuration));
  });
}

void add_token(CLI::App& app, TokenRequest& request, int& exit_code) {
  auto* command = app.add_subcommand("token", "Print an access token signed with the server's own key");
  command->add_option("--data", request.data, "Data directory of the server")->check(not_empty)->capture_default_str();
  command
      ->add_option("--account", request.account,
                   "Account that the token is for; none for the platform's scopes, which are for all of them")
      ->check(not_empty);
  command->add_option("--user", request.user, "User id, or the name of a service")->check(not_empty)->required();
  command->add_option("--scope", request.scope,
                      "Scopes, divided by spaces: of services platform directory auditor ops, or those that "
                      "the routes of the vendor's API ask for (/docs)");
  command->add_option("--ttl", request.ttl, "How long it is valid: a number with s, m, h or d")->capture_default_str();
  command->callback([&request, &exit_code] { exit_code = run_token(request); });
}

void add_place(CLI::App& command, LogPlace& place) {
  command
      .add_option("--config", place.config, "The server's configuration file (TOML), for its data and its log's origin")
      ->check(not_empty);
  command.add_option("--data", place.data, "Data directory, ./data unless configured")->check(not_empty);
  command
      .add_option("--origin", place.origin,
                  "The log's origin; that of the configuration, or else of its key, unless it is given")
      ->check(not_empty);
}

void add_proof(CLI::App& app, ProofRequest& request, int& exit_code) {
  auto* proof =
      app.add_subcommand("proof", "Print the proof that an event is in the log (C2SP tlog-proof): from the data "
                                  "of a stopped server, or from the running server's public tiles");
  proof->add_option("--event", request.event, "Position of the event")->check(whole_number)->required();
  proof->add_option("--url", request.url, "A server to ask; needs neither its data nor a token")->check(not_empty);
  add_place(*proof, request.place);
  proof->callback([&request, &exit_code] { exit_code = run_proof(request); });
}

void add_verifier_key(CLI::App& app, LogPlace& place, int& exit_code) {
  auto* key =
      app.add_subcommand("verifier-key", "Print the key by which the log's signatures are verified; also while a "
                                         "server runs");
  add_place(*key, place);
  key->add_flag("--create", place.create,
                "Make the key where there is none yet, for witnesses that must know it before the server starts");
  key->callback([&place, &exit_code] { exit_code = run_verifier_key(place); });
}

void add_export(CLI::App& app, ExportFlags& flags, int& exit_code) {
  auto* command =
      app.add_subcommand("export", "Print the history with a signed manifest: from the data of a stopped server, "
                                   "or from the running server");
  command->add_option("--account", flags.account, "Of this account; of all unless it is given")->check(not_empty);
  command->add_option("--after", flags.after, "Events after this position, where an earlier export ended (its through)")
      ->check(whole_number)
      ->capture_default_str();
  command->add_option("--form", flags.form, "ndjson, csv or cloudevents")->capture_default_str();
  command
      ->add_option("--output", flags.output,
                   "File to write, which gets its name when it is whole; standard output unless it is given")
      ->check(not_empty);
  add_place(*command, flags.place);
  command->callback([&flags, &exit_code] { exit_code = run_export(flags); });
}

void add_import(CLI::App& app, ImportFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand(
      "import", "Put a whole export (JSON lines) into an empty data directory. A server on it sends no mails and "
                "webhooks until the file outbound-held is taken out of it");
  command->add_option("file", flags.file, "The export, - for standard input")->check(not_empty)->required();
  command->add_option("--data", flags.data, "Data directory to make")->check(not_empty)->capture_default_str();
  command
      ->add_option("--key", flags.key,
                   "Verifier key of the log that it comes from; its signature is not looked at unless it is given")
      ->check(not_empty);
  command
      ->add_option("--subject-keys", flags.subject_keys,
                   "Folder subject-keys of the log that it comes from, to read the texts about persons; they stay "
                   "locked without")
      ->check(not_empty);
  command->callback([&flags, &exit_code] { exit_code = run_import(flags); });
}

void add_witness(CLI::App& app, WitnessFlags& flags, int& exit_code) {
  auto* command =
      app.add_subcommand("witness", "Cosign the checkpoints of logs as long as they only grow (C2SP tlog-witness)");
  command->add_option("--data", flags.data, "Directory of its key and of what it has seen")
      ->check(not_empty)
      ->capture_default_str();
  command->add_option("--listen", flags.listen, "IP address and port")->check(not_empty)->capture_default_str();
  command->add_option("--name", flags.name, "Name of its key, such as witness.example.com/w1")->capture_default_str();
  command->add_option("--log", flags.logs,
                      "Verifier key of a log that it witnesses, which is needed to serve; may be repeated");
  command->add_flag("--print-key", flags.print_key, "Print its verifier key and end");
  command->callback([&flags, &exit_code] { exit_code = run_witness(flags); });
}

struct DemoFlags {
  demo::Options options;
  std::string data = "./data";
};

void add_demo(CLI::App& app, DemoFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand("demo", "Play the whole story against a running server, over HTTP");
  command->add_option("--url", flags.options.url, "The server, http or https")->check(not_empty)->capture_default_str();
  command->add_option("--data", flags.data, "Its data directory, for the key that tokens are signed with")
      ->check(not_empty)
      ->capture_default_str();
  command->add_option("--manifests", flags.options.manifests_folder,
                      "Folder of further manifests to register (*.json)");
  command->callback([&flags, &exit_code] {
    const auto mint = [&flags](const std::string& subject, const std::string& account, const std::string& scope) {
      TokenRequest request;
      request.data = flags.data;
      request.user = subject;
      if (!account.empty())
        request.account = account;
      request.scope = scope;
      return mint_token(request);
    };
    exit_code = demo::play(flags.options, mint, std::cout);
  });
}

void add_doctor(CLI::App& app, DoctorFlags& flags, int& exit_code) {
  auto* command =
      app.add_subcommand("doctor", "Check configuration, disk, permissions, time, keys and history, of a running "
                                   "server or a stopped one, and say what to do; changes nothing");
  command->add_option("--config", flags.config, "Configuration file (TOML)")->check(not_empty);
  command->add_option("--data", flags.data, "Data directory, ./data unless configured")->check(not_empty);
  command->add_option("--listen", flags.listen, "IP address and port, 127.0.0.1:8080 unless configured")
      ->check(not_empty);
  command->add_flag("--json", flags.json, "Print JSON");
  command->add_flag("--network", flags.network, "Connect to the mail server as well");
  command->callback([&flags, &exit_code] { exit_code = run_doctor(flags); });
}

void add_top(CLI::App& app, TopFlags& flags, int& exit_code) {
  constexpr double least_seconds = 0.1, most_seconds = 3'600;
  auto* command =
      app.add_subcommand("top", "Show what a running server does, on one screen, until q is pressed; one frame "
                                "of plain text where there is no terminal");
  command
      ->add_option("--url", flags.url,
                   "The server; where the one on the data directory says it is, unless given, or else "
                   "http://127.0.0.1:8080")
      ->check(not_empty);
  command
      ->add_option("--data", flags.data,
                   "Data directory of the server, for its address, and for the key of a token where it wants one")
      ->check(not_empty)
      ->capture_default_str();
  command->add_option("--interval", flags.interval_seconds, "Seconds from one look to the next, 0.1 to 3600")
      ->capture_default_str()
      ->check(CLI::Range(least_seconds, most_seconds).description(""))
      ->check(number_of_digits);
  command->add_flag("--once", flags.once, "Print one frame of plain text, of two looks");
  command->callback([&flags, &exit_code] { exit_code = run_top(flags); });
}

// Hidden: for packaging. Describes whatever else is added to the program.
void add_manual(CLI::App& app, ManualFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand("manual", "Write the manual pages and the shells' completions");
  command->group("");
  command->add_option("--output", flags.output, "Folder to write to")->required();
  command->add_option("--sections", flags.sections, "Folder of further sections, <page>.roff");
  command->add_option("--configuration", flags.configuration, "The documented configuration file");
  command->callback([&app, &flags, &exit_code] { exit_code = run_manual(flags, describe(app, "gatehouse")); });
}

}  // namespace

int run_command(int argument_count, const char* const* arguments) {
  CLI::App app{"Gatehouse governs which apps the people of an account may install."};
  app.set_version_flag("--version", GATEHOUSE_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  ServeFlags serve;
  TokenRequest token;
  DemoFlags demo;
  ReplayFlags replay;
  add_serve(app, serve, exit_code);
  add_token(app, token, exit_code);
  add_demo(app, demo, exit_code);
  add_replay(app, replay, exit_code);
  ProofRequest proof;
  WitnessFlags witness;
  LogPlace key_of;
  add_proof(app, proof, exit_code);
  add_verifier_key(app, key_of, exit_code);
  add_witness(app, witness, exit_code);
  ExportFlags exported;
  ImportFlags imported;
  add_export(app, exported, exit_code);
  add_import(app, imported, exit_code);
  DoctorFlags doctor;
  TopFlags top;
  add_doctor(app, doctor, exit_code);
  add_top(app, top, exit_code);
  ManualFlags manual;
  add_manual(app, manual, exit_code);
  BackupCommands backups;
  add_backup_commands(app, backups, exit_code);
  const auto say = [&app](const CLI::ParseError& error) { return app.exit(error) == 0 ? 0 : arguments_refused; };
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::RequiredError& error) {
    if (const auto unknown = app.remaining(true); !unknown.empty())
      std::cerr << "Not understood: " << unknown.front() << "\n";
    return say(error);
  } catch (const CLI::ParseError& error) {
    return say(error);  // or the help that was asked for
  } catch (const std::exception& error) {
    std::cerr << "gatehouse: " << error.what() << "\n";
    return 1;
  }
  return exit_code;
}

// What is written tells of people, so that files are its owner's alone. Whoever reads the output must not take a part of it for all.
int run(int argument_count, const char* const* arguments) {
  ::umask(S_IRWXG | S_IRWXO);
  keep_freed_memory();
  const auto exit_code = run_command(argument_count, arguments);
  if (std::cout.flush())
    return exit_code;
  std::cerr << "gatehouse: the output could not be written\n";
  return exit_code == 0 ? 1 : exit_code;
}

}  // namespace gatehouse::cli

int main(int argument_count, char** arguments) { return gatehouse::cli::run(argument_count, arguments); }

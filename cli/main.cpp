// The program: its subcommands and their options. Each subcommand's work is in a file of its own.
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/configuration.hpp"
#include "cli/demo/demo.hpp"
#include "cli/replay.hpp"
#include "cli/serve.hpp"
#include "cli/token.hpp"

namespace gatehouse::cli {

namespace {

struct ServeFlags {
  std::string config;
  std::string data;
  std::string listen;
};

void add_serve(CLI::App& app, ServeFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand("serve", "Serve HTTP until SIGTERM; SIGHUP reads the issuers' keys again");
  command->add_option("--config", flags.config, "Configuration file (TOML)");
  command->add_option("--data", flags.data, "Data directory, ./data unless configured");
  command->add_option("--listen", flags.listen, "IP address and port, 127.0.0.1:8080 unless configured");
  command->callback([&flags, &exit_code] {
    Configuration configuration;
    if (!flags.config.empty()) read_configuration(flags.config, configuration);
    if (!flags.data.empty()) configuration.data = flags.data;
    if (!flags.listen.empty()) configuration.listen = parse_address(flags.listen);
    exit_code = run_serve(std::move(configuration));
  });
}

void add_token(CLI::App& app, TokenRequest& request, int& exit_code) {
  auto* command = app.add_subcommand("token", "Print an access token signed with the server's own key");
  command->add_option("--data", request.data, "Data directory of the server")->capture_default_str();
  command->add_option("--account", request.account, "Account that the token is for");
  command->add_option("--user", request.user, "User id, or the name of a service")->required();
  command->add_option("--scope", request.scope, "Service scopes, divided by spaces: platform directory auditor ops");
  command->add_option("--ttl", request.ttl, "How long it is valid: a number with s, m, h or d")->capture_default_str();
  command->callback([&request, &exit_code] { exit_code = run_token(request); });
}

struct DemoFlags {
  demo::Options options;
  std::string data = "./data";
};

void add_demo(CLI::App& app, DemoFlags& flags, int& exit_code) {
  auto* command = app.add_subcommand("demo", "Play the whole story against a running server, over HTTP");
  command->add_option("--url", flags.options.url, "The server")->capture_default_str();
  command->add_option("--data", flags.data, "Its data directory, for the key that tokens are signed with")->capture_default_str();
  command->add_option("--manifests", flags.options.manifests_folder, "Folder of further manifests to register (*.json)");
  command->callback([&flags, &exit_code] {
    const auto mint = [&flags](const std::string& subject, const std::string& account, const std::string& scope) {
      TokenRequest request;
      request.data = flags.data;
      request.user = subject;
      if (!account.empty()) request.account = account;
      request.scope = scope;
      return mint_token(request);
    };
    exit_code = demo::play(flags.options, mint, std::cout);
  });
}

void add_replay_events(CLI::App& replay, ReplayFlags& flags, int& exit_code) {
  auto* events = replay.add_subcommand("events", "Print the history as JSON lines");
  events->add_option("--account", flags.account, "Events of this account");
  events->add_option("--after", flags.after, "After this position");
  events->add_option("--limit", flags.limit, "At most so many");
  events->add_option("--type", flags.type, "Of this type, for example AppInstalled");
  events->add_option("--app", flags.app, "About this app");
  events->add_option("--user", flags.user, "That name this user");
  events->add_option("--actor", flags.actor, "Made by this user or service");
  events->add_option("--from", flags.from, "Recorded then or later (RFC 3339)");
  events->add_option("--to", flags.to, "Recorded before (RFC 3339)");
  events->callback([&flags, &exit_code] { exit_code = run_replay_events(flags); });
}

void add_replay(CLI::App& app, ReplayFlags& flags, int& exit_code) {
  auto* replay = app.add_subcommand("replay", "Look at, check and rebuild a stopped server's data");
  replay->require_subcommand(1);
  replay->add_option("--data", flags.data, "Data directory")->capture_default_str();
  replay->fallthrough();
  add_replay_events(*replay, flags, exit_code);
  const auto scratch_option = [&flags](CLI::App& command) {
    command.add_option("--scratch", flags.scratch, "Folder with room for the rows that the log gives")->capture_default_str();
  };
  auto* verify = replay->add_subcommand("verify", "Check every frame, and every row against the log");
  scratch_option(*verify);
  verify->callback([&flags, &exit_code] { exit_code = run_replay_verify(flags); });
  auto* rebuild = replay->add_subcommand("rebuild", "Make a projection anew from the log");
  rebuild->add_option("projection", flags.projection, "Its name");
  rebuild->add_flag("--all", flags.all, "All of them, and the state");
  scratch_option(*rebuild);
  rebuild->callback([&flags, &exit_code] { exit_code = run_replay_rebuild(flags); });
  replay->add_subcommand("projections", "What there is, and how far it is")->callback([&flags, &exit_code] {
    exit_code = run_replay_projections(flags);
  });
  for (auto* subcommand : replay->get_subcommands({})) subcommand->fallthrough();
}

}  // namespace

int run(int argument_count, const char* const* arguments) {
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
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::cerr << "gatehouse: " << error.what() << "\n";
    return 1;
  }
  return exit_code;
}

}  // namespace gatehouse::cli

int main(int argument_count, char** arguments) { return gatehouse::cli::run(argument_count, arguments); }

// The program: its subcommands and their options. Each subcommand's work is in a file of its own.
#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/configuration.hpp"
#include "cli/demo/demo.hpp"
#if __has_include("cli/replay.hpp")
#include "cli/replay.hpp"
#endif
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
  auto* command = app.add_subcommand("serve", "Serve HTTP until SIGTERM");
  command->add_option("--config", flags.config, "Configuration file (TOML)");
  command->add_option("--data", flags.data, "Data directory, ./data unless configured");
  command->add_option("--listen", flags.listen, "Address and port, 127.0.0.1:8080 unless configured");
  command->callback([&flags, &exit_code] {
    Configuration configuration;
    if (!flags.config.empty()) read_configuration(flags.config, configuration);
    if (!flags.data.empty()) configuration.data = flags.data;
    if (!flags.listen.empty()) configuration.listen = flags.listen;
    exit_code = run_serve(configuration);
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

}  // namespace

int run(int argument_count, const char* const* arguments) {
  CLI::App app{"Gatehouse governs which apps the people of an account may install."};
  app.set_version_flag("--version", GATEHOUSE_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  ServeFlags serve;
  TokenRequest token;
  DemoFlags demo;
#if __has_include("cli/replay.hpp")
  ReplayFlags replay;
#endif
  add_serve(app, serve, exit_code);
  add_token(app, token, exit_code);
  add_demo(app, demo, exit_code);
#if __has_include("cli/replay.hpp")
  add_replay(app, replay, exit_code);
#endif
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

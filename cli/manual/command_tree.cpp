#include "cli/manual/command_tree.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace gatehouse::cli {

namespace {

DescribedOption describe(const CLI::Option& option) {
  DescribedOption described;
  described.positional = option.get_positional();
  for (const auto& name : option.get_snames())
    described.names.push_back("-" + name);
  for (const auto& name : option.get_lnames())
    described.names.push_back("--" + name);
  if (described.positional)
    described.names = {option.get_name(true)};
  described.description = option.get_description();
  described.value = option.get_type_size_max() > 0 ? option.get_type_name() : std::string();
  described.default_text = option.get_default_str();
  described.required = option.get_required();
  described.repeated = !described.value.empty() && option.get_expected_max() > 1;
  return described;
}

std::vector<DescribedOption> options_of(const CLI::App& app) {
  std::vector<DescribedOption> options;
  for (const auto* option : app.get_options())
    options.push_back(describe(*option));
  return options;
}

DescribedCommand describe(const CLI::App& app, const std::string& path, const std::vector<DescribedOption>& above) {
  DescribedCommand command{path, app.get_name(), app.get_description(), options_of(app), {}, {}};
  if (app.get_fallthrough())
    std::ranges::copy_if(above, std::back_inserter(command.inherited), [&](const DescribedOption& option) {
      return std::ranges::find(command.options, option) == command.options.end();
    });
  for (const auto* below : app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); }))
    command.commands.push_back(describe(*below, path + " " + below->get_name(), command.options));
  return command;
}

}  // namespace

DescribedCommand describe(const CLI::App& app, const std::string& program) {
  auto command = describe(app, program, {});
  command.name = program;
  return command;
}

}  // namespace gatehouse::cli

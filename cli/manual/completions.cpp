#include "cli/manual/completions.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace gatehouse::cli {

namespace {

using Visit = std::function<void(const DescribedCommand&)>;

void for_each(const DescribedCommand& command, const Visit& visit) {
  visit(command);
  for (const auto& below : command.commands)
    for_each(below, visit);
}

// Those that begin with a dash, of the command and of those above that it takes as well.
std::vector<DescribedOption> dashed(const DescribedCommand& command) {
  std::vector<DescribedOption> options;
  for (const auto* some : {&command.options, &command.inherited})
    std::ranges::copy_if(*some, std::back_inserter(options), [](const auto& option) { return !option.positional; });
  return options;
}

bool takes_files(const DescribedCommand& command) {
  return std::ranges::any_of(command.options, &DescribedOption::positional);
}

std::string joined(const std::set<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words)
    text += (text.empty() ? "" : between) + word;
  return text;
}

std::string identifier(const DescribedCommand& command) {
  auto name = "_" + command.path;
  std::ranges::replace_if(name, [](char one) { return one == ' ' || one == '-'; }, '_');
  return name;
}

// Within single quotes of any of the three.
std::string quoted(std::string text) {
  for (auto at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 4))
    text.replace(at, 1, "'\\''");
  return "'" + text + "'";
}

// Within the brackets of a specification of _arguments, and behind the colon of one of _describe.
std::string zsh_text(const std::string& text) {
  std::string result;
  for (const char character : text) {
    if (character == '[' || character == ']' || character == ':' || character == '\\')
      result += '\\';
    result += character;
  }
  return result;
}

std::string zsh_option(const DescribedOption& option) {
  std::string text;
  for (const auto& name : option.names) {
    text += " \\\n    " + quoted((option.repeated ? "*" : "") + name + "[" + zsh_text(option.description) + "]" +
                                 (option.value.empty() ? "" : ":" + option.value + ":_files"));
  }
  return text;
}

std::string zsh_function(const DescribedCommand& command) {
  std::string text = identifier(command) + "() {\n";
  if (!command.commands.empty())
    text += "  local curcontext=$curcontext state line\n  typeset -A opt_args\n";
  text += "  _arguments -C";
  for (const auto& option : dashed(command))
    text += zsh_option(option);
  if (takes_files(command))
    text += " \\\n    '*:file:_files'";
  if (command.commands.empty())
    return text + "\n}\n\n";
  text += " \\\n    '1:command:->command' \\\n    '*::argument:->argument'\n  case $state in\n  command)\n    local -a "
          "commands=(";
  for (const auto& below : command.commands)
    text += "\n      " + quoted(zsh_text(below.name) + ":" + zsh_text(below.description));
  text += ")\n    _describe command commands\n    ;;\n  argument)\n    case $words[1] in\n";
  for (const auto& below : command.commands)
    text += "    " + below.name + ") " + identifier(below) + " ;;\n";
  return text + "    esac\n    ;;\n  esac\n}\n\n";
}

// When a line of fish's applies: behind all the words of the path, and before those that go on from it.
std::string fish_condition(const DescribedCommand& command, bool before_others) {
  std::string text;
  auto path = command.path;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; and ") + part; };
  for (auto at = path.find(' '); at != std::string::npos;) {
    const auto end = path.find(' ', at + 1);
    add("__fish_seen_subcommand_from " + path.substr(at + 1, end == std::string::npos ? end : end - at - 1));
    at = end;
  }
  if (before_others) {
    std::set<std::string> others;
    for (const auto& below : command.commands)
      others.insert(below.name);
    add("not __fish_seen_subcommand_from " + joined(others, " "));
  }
  return text.empty() ? text : " -n " + quoted(text);
}

std::string fish_option(const DescribedCommand& command, const DescribedOption& option) {
  std::string text = "complete -c gatehouse" + fish_condition(command, !command.commands.empty());
  for (const auto& name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return text + (option.value.empty() ? "" : " -r -F") + " -d " + quoted(option.description) + "\n";
}

}  // namespace

std::string bash_completion(const DescribedCommand& program) {
  std::set<std::string> steps, with_value;
  std::string words;
  for_each(program, [&](const DescribedCommand& command) {
    std::set<std::string> offered;
    for (const auto& option : dashed(command)) {
      offered.insert(option.names.begin(), option.names.end());
      if (!option.value.empty())
        with_value.insert(option.names.begin(), option.names.end());
    }
    for (const auto& below : command.commands) {
      offered.insert(below.name);
      steps.insert(quoted(command.path + " " + below.name));
    }
    words += "  " + quoted(command.path) + ") words=" + quoted(joined(offered, " ")) + " ;;\n";
  });
  return "# bash completion for " + program.name +
         "\n\n_gatehouse() {\n"
         "  local at path=" +
         program.name +
         " words= current=${COMP_WORDS[COMP_CWORD]}\n"
         "  COMPREPLY=()\n"
         "  for ((at = 1; at < COMP_CWORD; at++)); do\n"
         "    case ${COMP_WORDS[at]} in\n    " +
         joined(with_value, " | ") +
         ") at=$((at + 1)) ;;\n    *)\n"
         "      case \"$path ${COMP_WORDS[at]}\" in\n      " +
         joined(steps, " | ") +
         ") path+=\" ${COMP_WORDS[at]}\" ;;\n"
         "      esac\n      ;;\n    esac\n  done\n"
         "  # The value of an option: files, which -o default offers.\n"
         "  ((at > COMP_CWORD)) && return\n"
         "  case $path in\n" +
         words +
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
         "}\n\ncomplete -o default -F _gatehouse " +
         program.name + "\n";
}

std::string zsh_completion(const DescribedCommand& program) {
  std::string text = "#compdef " + program.name + "\n\n";
  for_each(program, [&](const DescribedCommand& command) { text += zsh_function(command); });
  return text + identifier(program) + " \"$@\"\n";
}

std::string fish_completion(const DescribedCommand& program) {
  std::string text = "# fish completion for " + program.name + "\n\ncomplete -c " + program.name + " -f\n";
  for_each(program, [&](const DescribedCommand& command) {
    for (const auto& below : command.commands)
      text += "complete -c gatehouse" + fish_condition(command, true) + " -a " + below.name + " -d " +
              quoted(below.description) + "\n";
    if (takes_files(command))
      text += "complete -c gatehouse" + fish_condition(command, false) + " -F\n";
    for (const auto& option : dashed(command))
      text += fish_option(command, option);
  });
  return text;
}

}  // namespace gatehouse::cli

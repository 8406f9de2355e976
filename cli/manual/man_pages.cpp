#include "cli/manual/man_pages.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace gatehouse::cli {

namespace {

// With hyphens that can be searched and copied.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char character : text) {
    if (character == '\\')
      result += "\\e";
    else if (character == '-')
      result += "\\-";
    else
      result += character;
  }
  return result;
}

// A line of text, and not a request, whatever it begins with.
std::string line_of(std::string_view text) {
  return (text.starts_with('.') || text.starts_with('\'') ? "\\&" : "") + escaped(text);
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char one) { return static_cast<char>(std::toupper(one)); });
  return text;
}

std::string title(const std::string& page, char section, std::string_view manual) {
  return ".TH " + escaped(upper(page)) + " " + section + " \"\" \"Gatehouse " GATEHOUSE_VERSION "\" \"" +
         std::string(manual) + "\"\n";
}

// What stands behind "name \- ": the first clause, which man -k shows.
std::string brief(const std::string& description) {
  auto text = description.substr(0, description.find_first_of(";:"));
  if (text.ends_with('.'))
    text.pop_back();
  if (!text.empty())
    text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
  return escaped(text);
}

std::string placeholder(const DescribedOption& option) {
  return option.value.empty() ? std::string() : " \\fI" + escaped(option.value) + "\\fR";
}

std::string heading_of(const DescribedOption& option) {
  if (option.positional)
    return "\\fI" + escaped(option.names.front()) + "\\fR";
  std::string text;
  for (const auto& name : option.names)
    text += (text.empty() ? "" : ", ") + bold(name);
  return text + placeholder(option);
}

std::string explained(const DescribedOption& option) {
  auto text = line_of(option.description) + ".\n";
  if (!option.default_text.empty())
    text += "Without it: " + bold(option.default_text) + ".\n";
  if (option.required)
    text += "Must be given.\n";
  return ".TP\n" + heading_of(option) + "\n" + text;
}

std::string in_synopsis(const DescribedOption& option) {
  const auto text = option.positional ? heading_of(option) : bold(option.names.back()) + placeholder(option);
  return (option.required ? text : "[" + text + "]") + (option.repeated ? "\\ ..." : "") + "\n";
}

std::string synopsis(const DescribedCommand& command) {
  std::string text = ".SH SYNOPSIS\n" + bold(command.path) + "\n";
  for (const auto& option : command.options) {
    if (!option.positional)
      text += in_synopsis(option);
  }
  for (const auto& option : command.options) {
    if (option.positional)
      text += in_synopsis(option);
  }
  return command.commands.empty() ? text : text + "\\fICOMMAND\\fR ...\n";
}

std::string options_section(const std::string& name, const std::vector<DescribedOption>& options) {
  std::string text = options.empty() ? "" : ".SH " + name + "\n";
  for (const auto& option : options)
    text += explained(option);
  return text;
}

std::string commands_section(const DescribedCommand& command) {
  std::string text = command.commands.empty() ? "" : ".SH COMMANDS\n";
  for (const auto& below : command.commands)
    text +=
        ".TP\n" + bold(below.name) + "\n" + line_of(below.description) + ". See " + bold(page_name(below)) + "(1).\n";
  return text;
}

std::string see_also(const DescribedCommand& command) {
  const auto above = command.path.rfind(' ');
  std::string text = ".SH SEE ALSO\n";
  if (above != std::string::npos) {
    auto page = command.path.substr(0, above);
    std::ranges::replace(page, ' ', '-');
    text += bold(page) + "(1), ";
  }
  return text + bold("gatehouse.toml") + "(5)\n";
}

// The texts before a setting are what there is to say of it; a table's name begins a section.
std::string table_section(const std::string& line, const std::string& text) {
  return ".SH " + escaped(line.substr(1)) + "\n" + text;
}

}  // namespace

std::string page_name(const DescribedCommand& command) {
  auto name = command.path;
  std::ranges::replace(name, ' ', '-');
  return name;
}

std::string man_page(const DescribedCommand& command, std::string_view more) {
  const auto name = page_name(command);
  return title(name, '1', "Gatehouse") + ".SH NAME\n" + escaped(name) + " \\- " + brief(command.description) + "\n" +
         synopsis(command) + ".SH DESCRIPTION\n" + line_of(command.description) +
         (command.description.ends_with('.') ? "\n" : ".\n") + options_section("OPTIONS", command.options) +
         options_section("OPTIONS OF THE COMMAND ABOVE", command.inherited) + commands_section(command) +
         std::string(more) + see_also(command);
}

std::string configuration_page(std::string_view file) {
  std::string page = title("gatehouse.toml", '5', "Gatehouse") +
                     ".SH NAME\ngatehouse.toml \\- configuration of the Gatehouse server\n.SH DESCRIPTION\n";
  std::istringstream lines{std::string(file)};
  std::string text;
  bool first_setting = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.size() > 2 && line.starts_with("# ")) {
      text += line_of(line.substr(2)) + "\n";
    } else if (line.size() < 2) {
      page += text.empty() ? "" : text + (first_setting ? ".PP\n" : "");
      text.clear();
    } else if (line.starts_with("#[")) {
      page += table_section(line, text);
      text.clear();
      first_setting = false;
    } else {
      page += (first_setting ? ".SH SETTINGS\n" : "") + (".TP\n" + bold(line.substr(1))) + "\n" + text;
      text.clear();
      first_setting = false;
    }
  }
  return page + ".SH FILES\n.TP\n.I /etc/gatehouse/gatehouse.toml\nRead by the service.\n.SH SEE ALSO\n" +
         bold("gatehouse-serve") + "(1), " + bold("gatehouse-doctor") + "(1)\n";
}

}  // namespace gatehouse::cli

// What the command line understands, as data: what `--help` prints, for everything that is made of it, so that no second list can drift away.
#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace gatehouse::cli {

struct DescribedOption {
  std::vector<std::string> names;  // -h, --help; the bare name of a positional
  std::string description;
  std::string value;         // what it takes, such as TEXT; empty: a flag
  std::string default_text;  // empty: none, or one that the description tells
  bool required{};
  bool repeated{};
  bool positional{};
  bool operator==(const DescribedOption&) const = default;
};

struct DescribedCommand {
  std::string path;  // "gatehouse replay events"
  std::string name;  // "events"
  std::string description;
  std::vector<DescribedOption> options;    // its own
  std::vector<DescribedOption> inherited;  // of the command above, which may stand behind this one as well
  std::vector<DescribedCommand> commands;  // hidden ones are left out
};

[[nodiscard]] DescribedCommand describe(const CLI::App& app, const std::string& program);

}  // namespace gatehouse::cli

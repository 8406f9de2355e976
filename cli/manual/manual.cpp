#include "cli/manual/manual.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "cli/manual/completions.hpp"
#include "cli/manual/man_pages.hpp"

namespace gatehouse::cli {

namespace {

using Path = std::filesystem::path;

void write(const Path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream stream(file, std::ios::trunc);
  stream << text;
  if (!stream.flush())
    throw std::runtime_error(file.string() + " cannot be written");
}

std::string read(const Path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  if (!stream || !(text << stream.rdbuf()))
    throw std::runtime_error(file.string() + " cannot be read");
  return text.str();
}

class Pages {
 public:
  Pages(Path output, Path sections) : output_(std::move(output)), sections_(std::move(sections)) {}

  void write_all(const DescribedCommand& command) {
    const auto name = page_name(command);
    const auto more = sections_ / (name + ".roff");
    const bool has_more = !sections_.empty() && std::filesystem::exists(more);
    write(output_ / "man1" / (name + ".1"), man_page(command, has_more ? read(more) : std::string()));
    written_.insert(more);
    for (const auto& below : command.commands)
      write_all(below);
  }

  // Sections of a command that is gone would be lost without a word.
  void refuse_unused() const {
    if (sections_.empty())
      return;
    for (const auto& entry : std::filesystem::directory_iterator(sections_)) {
      if (!written_.contains(entry.path()))
        throw std::runtime_error(entry.path().string() + " is for no command's page");
    }
  }

 private:
  Path output_, sections_;
  std::set<Path> written_;
};

}  // namespace

int run_manual(const ManualFlags& flags, const DescribedCommand& program) {
  const Path output(flags.output);
  Pages pages(output, flags.sections);
  pages.write_all(program);
  pages.refuse_unused();
  if (!flags.configuration.empty())
    write(output / "man5" / "gatehouse.toml.5", configuration_page(read(flags.configuration)));
  write(output / "completions" / "gatehouse", bash_completion(program));
  write(output / "completions" / "_gatehouse", zsh_completion(program));
  write(output / "completions" / "gatehouse.fish", fish_completion(program));
  return 0;
}

}  // namespace gatehouse::cli

// Where an export goes: standard output, or a file, which gets its name when all of it is written. Until then an earlier export of that name stays, and what fails
// leaves nothing.
#pragma once
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace gatehouse::cli {

class ExportOutput {
 public:
  explicit ExportOutput(const std::string& file);  // empty: standard output
  ~ExportOutput();
  ExportOutput(const ExportOutput&) = delete;
  ExportOutput& operator=(const ExportOutput&) = delete;

  void write(std::string_view bytes);
  // All of it is there, on the disk where it is a file. Throws std::runtime_error when it could not be written.
  void finish();

 private:
  [[nodiscard]] std::ostream& out() { return file_.empty() ? std::cout : stream_; }

  std::filesystem::path file_;
  std::filesystem::path beside_;  // what is written; a device or a pipe itself
  std::ofstream stream_;
};

}  // namespace gatehouse::cli

// A data folder small enough to print whole, and its print: every row of every column family and the witness, byte by byte, with what each part is.
// The same each time; docs/storage-format.md shows it.
#pragma once
#include <filesystem>
#include <string>

namespace gatehouse::testing {

// Opens the account "acme", then sends a command that has nothing to change, each with an idempotency key; makes a projection's table.
void make_example(const std::filesystem::path& data_dir);

// Of a folder that nobody has open.
[[nodiscard]] std::string print_database(const std::filesystem::path& data_dir);
[[nodiscard]] std::string print_witness(const std::filesystem::path& data_dir);

}  // namespace gatehouse::testing

// What is asked of options' words beside their type, before that is looked at. For CLI::Option::check: they answer what is wrong, nothing when all is well.
#pragma once
#include <string>

namespace gatehouse::cli {

// Of 64 bits, from 0 on.
[[nodiscard]] std::string whole_number(const std::string& text);
// A whole number from 1 on.
[[nodiscard]] std::string at_least_one(const std::string& text);
// As it is written, with a decimal point or without: no "nan", which lies between all bounds.
[[nodiscard]] std::string number_of_digits(const std::string& text);
// For options that demand something: given without a word, as by a command in the shell that failed, they would demand nothing.
[[nodiscard]] std::string not_empty(const std::string& text);

}  // namespace gatehouse::cli

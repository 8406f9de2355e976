// What lies in a data directory is missing, damaged, or another log's: it is not served, and the program ends with exit code 2. Says what to do.
#pragma once
#include <stdexcept>

namespace gatehouse::cli {

class DataRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gatehouse::cli

// The table that a benchmark prints: each figure beside what it is compared with, the ratio of the two, and whether it reaches its bar.
#pragma once
#include <string>
#include <vector>

namespace gatehouse::bench {

enum class Unit { per_second, milliseconds, microseconds, mebibytes, bytes, ratio };
enum class Bar { none, at_least, at_most };

struct Figure {
  std::string name;
  double value{};
  Unit unit{};
  std::string against{};  // what the reference is; empty: there is none
  double reference{};     // in the same unit
  Bar bar = Bar::none;
  double bar_value{};  // in the figure's unit
};

class Report {
 public:
  explicit Report(std::string title);
  void section(const std::string& title) const;
  void row(const Figure& figure);
  void note(const std::string& text) const;
  // The exit code: 0 when every bar was reached.
  [[nodiscard]] int finish() const;

 private:
  unsigned passed_ = 0;
  unsigned short_ = 0;
};

// Of one value at least; of an even number the upper one in the middle.
[[nodiscard]] double median(std::vector<double> values);

}  // namespace gatehouse::bench

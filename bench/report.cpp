#include "bench/report.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <thread>

namespace gatehouse::bench {

namespace {

std::string text_of(double value, Unit unit) {
  struct Form {
    const char* format;
    const char* suffix;
  };
  const auto form = [unit]() -> Form {
    switch (unit) {
    case Unit::per_second:
      return {"%.0f", "/s"};
    case Unit::milliseconds:
      return {"%.2f", " ms"};
    case Unit::microseconds:
      return {"%.1f", " us"};
    case Unit::mebibytes:
      return {"%.0f", " MiB"};
    case Unit::bytes:
      return {"%.0f", " B"};
    case Unit::ratio:
      return {"%.2f", " x"};
    }
    return {"%.2f", ""};
  }();
  char digits[48];
  std::snprintf(digits, sizeof digits, form.format, value);
  return digits + std::string(form.suffix);
}

std::string ratio_of(const Figure& figure) {
  if (figure.against.empty() || figure.reference <= 0)
    return "";
  return text_of(figure.value / figure.reference, Unit::ratio);
}

bool reaches(const Figure& figure) {
  return figure.bar == Bar::at_least ? figure.value >= figure.bar_value : figure.value <= figure.bar_value;
}

std::string load_average() {
  std::string average = "unknown";
  std::ifstream("/proc/loadavg") >> average;
  return average;
}

}  // namespace

Report::Report(std::string title) {
  std::printf("# %s\n\n%u cores, load average %s at the start. A figure of a busy machine is judged by its ratio.\n",
              title.c_str(), std::max(1U, std::thread::hardware_concurrency()), load_average().c_str());
  std::fflush(stdout);
}

void Report::section(const std::string& title) const {
  std::printf("\n## %s\n\n| figure | measured | against | ratio | bar | |\n|---|---|---|---|---|---|\n", title.c_str());
  std::fflush(stdout);
}

void Report::row(const Figure& figure) {
  std::string against;
  if (!figure.against.empty())
    against = figure.against + " " + text_of(figure.reference, figure.unit);
  std::string bar;
  std::string verdict;
  if (figure.bar != Bar::none) {
    bar = (figure.bar == Bar::at_least ? "at least " : "at most ") + text_of(figure.bar_value, figure.unit);
    verdict = reaches(figure) ? "pass" : "short";
    ++(reaches(figure) ? passed_ : short_);
  }
  std::printf("| %s | %s | %s | %s | %s | %s |\n", figure.name.c_str(), text_of(figure.value, figure.unit).c_str(),
              against.c_str(), ratio_of(figure).c_str(), bar.c_str(), verdict.c_str());
  std::fflush(stdout);
}

void Report::note(const std::string& text) const {
  std::printf("\n%s\n", text.c_str());
  std::fflush(stdout);
}

int Report::finish() const {
  std::printf("\n%u bars reached, %u short; load average %s at the end.\n", passed_, short_, load_average().c_str());
  return short_ == 0 ? 0 : 1;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace gatehouse::bench

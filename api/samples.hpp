// The figures of one reading of /metrics, by family, as whoever keeps them tells them. How to name one: docs/architecture.md.
#pragma once
#include <concepts>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "telemetry/histogram.hpp"

namespace gatehouse::api {

inline constexpr double nanoseconds_per_second = 1e9;
inline constexpr double milliseconds_per_second = 1e3;

template <class T>
concept Figure = std::integral<T> || std::floating_point<T>;

class Samples {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  // Only grows while the process lives; the name ends with _total.
  template <Figure Number>
  void counter(std::string_view name, std::string_view help, Number value, Labels labels = {}) {
    add(Type::counter, name, help, {std::move(labels), static_cast<double>(value), {}});
  }
  template <Figure Number>
  void gauge(std::string_view name, std::string_view help, Number value, Labels labels = {}) {
    add(Type::gauge, name, help, {std::move(labels), static_cast<double>(value), {}});
  }
  // `units` of what was observed are one of the name's: nanoseconds_per_second for a name with _seconds.
  void histogram(std::string_view name, std::string_view help, telemetry::Histogram::Totals totals, double units = 1,
                 Labels labels = {}) {
    add(Type::histogram, name, help, {std::move(labels), units, std::move(totals)});
  }

  // In Prometheus' text form, the families in the order in which they were first told.
  [[nodiscard]] std::string text() const;

 private:
  enum class Type { counter, gauge, histogram };
  struct Sample {
    Labels labels;
    double value{};  // of a histogram its units
    telemetry::Histogram::Totals totals;
  };
  struct Family {
    Type type{};
    std::string name;
    std::string help;
    std::vector<Sample> samples;
  };

  void add(Type type, std::string_view name, std::string_view help, Sample sample);

  std::vector<Family> families_;
  std::map<std::string, std::size_t, std::less<>> places_;  // in families_
};

}  // namespace gatehouse::api

// What the server counts and measures, in Prometheus' text form. Counting costs some ten nanoseconds and is done from any
// thread; what other parts count themselves is read when the text is made.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::api {

struct Route;

// A figure that is read when the text is made.
struct Sample {
  std::string name;  // with its unit last, as Prometheus wants it
  std::string help;
  bool is_counter{};
  std::vector<std::pair<std::string, std::string>> labels{};
  double value{};
};

class Metrics {
 public:
  using Source = std::function<void(std::vector<Sample>&)>;

  Metrics();
  ~Metrics();

  // No route: the path did not exist.
  void count_request(const Route* route, unsigned status, std::chrono::nanoseconds duration);
  // The outcome is accepted, unchanged, replayed, dry_run, or the code of the problem.
  void count_command(std::string_view command, std::string_view outcome);
  // Called whenever the text is made; before the first request.
  void add_source(Source source);

  [[nodiscard]] std::string text() const;

 private:
  struct Series;
  std::unique_ptr<Series> series_;
};

}  // namespace gatehouse::api

// What the server counts and measures, in Prometheus' text form. Counting costs some ten nanoseconds, takes no lock and is done from any thread; what
// other parts count themselves is read when the text is made, which is not on an I/O thread.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::api {

struct Route;
class Samples;

class Metrics {
 public:
  using Source = std::function<void(Samples&)>;

  Metrics();
  ~Metrics();

  // No route: the path did not exist.
  void count_request(const Route* route, unsigned status, std::chrono::nanoseconds duration);
  // Called whenever the text is made. While the text may be asked for, sources may still come; none goes.
  void add_source(Source source);

  [[nodiscard]] std::string text() const;

 private:
  struct Series;
  std::unique_ptr<Series> series_;
};

}  // namespace gatehouse::api

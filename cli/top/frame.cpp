#include "cli/top/frame.hpp"

#include <algorithm>
#include <utility>

#include "cli/top/figures.hpp"
#include "cli/top/reading.hpp"
#include "cli/top/sections.hpp"

namespace gatehouse::cli::top {

namespace {

using Tone = Line::Tone;

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts)
    all.append(all.empty() ? "" : ", ").append(text);
  return all;
}

std::vector<Line> standing(const Known& known) {
  if (!known.fault.empty()) {
    std::vector<Line> lines{{"NO ANSWER, trying again: " + known.fault, Tone::bad}};
    if (known.now) {
      const auto silent = std::chrono::steady_clock::now() - known.now->at;
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(silent).count();
      lines.push_back({"What follows is from " + std::to_string(seconds) + "s ago.", Tone::warning});
    }
    return lines;
  }
  if (!known.now)
    return {{"asking", Tone::plain}};
  const auto& readiness = known.now->readiness;
  std::vector<Line> lines{readiness.ready ? Line{"READY", Tone::good}
                                          : Line{"NOT READY: " + joined(readiness.reasons), Tone::bad}};
  if (!readiness.degraded.empty())
    lines.push_back({"degraded: " + joined(readiness.degraded), Tone::warning});
  return lines;
}

void append(std::vector<Line>& lines, std::vector<Line> more) { std::ranges::move(more, std::back_inserter(lines)); }

}  // namespace

void Known::take(Look look) {
  fault = look.fault;
  if (!fault.empty())
    return;
  before = std::exchange(now, std::move(look));
}

std::vector<Line> make_frame(const Known& known, const std::optional<Size>& size) {
  static const Exposition nothing;
  const bool twice = known.now && known.before;
  const std::chrono::duration<double> between = twice ? known.now->at - known.before->at : std::chrono::seconds{};
  const Reading reading(known.now ? known.now->measured : nothing, twice ? &known.before->measured : nullptr,
                        between.count());
  std::vector<Line> lines{title(reading, known.url)};
  append(lines, standing(known));
  append(lines, overview(reading));
  lines.push_back({});
  append(lines, projection_table(reading));
  lines.push_back({});
  append(lines, command_table(reading));
  for (auto& line : lines) {
    line.text = harmless(line.text);
    if (size && line.text.size() > size->columns)
      line.text.resize(size->columns);
  }
  if (size && lines.size() > size->rows)
    lines.resize(size->rows);
  return lines;
}

}  // namespace gatehouse::cli::top

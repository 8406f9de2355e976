#include "cli/top/exposition.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace gatehouse::cli::top {

namespace {

bool begins_name(char character) {
  return std::isalpha(static_cast<unsigned char>(character)) != 0 || character == '_' || character == ':';
}

bool is_in_name(char character) {
  return begins_name(character) || std::isdigit(static_cast<unsigned char>(character)) != 0;
}

// Takes a line apart from its beginning on. Whatever it takes is taken off.
class Line {
 public:
  explicit Line(std::string_view text) : text_(text) {}

  void skip_blanks() { text_.remove_prefix(std::min(text_.find_first_not_of(" \t"), text_.size())); }
  [[nodiscard]] bool is_over() const { return text_.empty(); }
  bool take(char character) {
    if (text_.empty() || text_.front() != character)
      return false;
    text_.remove_prefix(1);
    return true;
  }
  std::string_view take_name() {
    if (text_.empty() || !begins_name(text_.front()))
      return {};
    return take_first(static_cast<std::size_t>(std::ranges::find_if_not(text_, is_in_name) - text_.begin()));
  }
  std::string_view take_word() { return take_first(std::min(text_.find_first_of(" \t"), text_.size())); }
  std::optional<std::string> take_quoted();
  std::optional<Labels> take_labels();

 private:
  std::string_view take_first(std::size_t characters) {
    const auto first = text_.substr(0, characters);
    text_.remove_prefix(characters);
    return first;
  }

  std::string_view text_;
};

std::optional<std::string> Line::take_quoted() {
  if (!take('"'))
    return std::nullopt;
  std::string value;
  while (!text_.empty() && text_.front() != '"') {
    const bool escaped = text_.size() > 1 && text_.front() == '\\';
    const char character = text_[escaped ? 1 : 0];
    value.push_back(escaped && character == 'n' ? '\n' : character);
    text_.remove_prefix(escaped ? 2 : 1);
  }
  return take('"') ? std::optional(std::move(value)) : std::nullopt;
}

std::optional<Labels> Line::take_labels() {
  Labels labels;
  if (!take('{'))
    return labels;
  for (skip_blanks(); !take('}'); skip_blanks()) {
    const std::string name(take_name());
    skip_blanks();
    const bool is_assigned = !name.empty() && take('=');
    skip_blanks();
    auto value = is_assigned ? take_quoted() : std::nullopt;
    if (!value)
      return std::nullopt;
    labels.emplace_back(name, std::move(*value));
    skip_blanks();
    if (!take(',') && !text_.starts_with('}'))
      return std::nullopt;
  }
  return labels;
}

}  // namespace

std::string_view Series::label(std::string_view name) const {
  const auto found = std::ranges::find(labels, name, [](const auto& label) { return std::string_view(label.first); });
  return found == labels.end() ? std::string_view() : std::string_view(found->second);
}

Exposition::Exposition(std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    Line line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    line.skip_blanks();
    const auto name = line.take_name();  // none of a comment
    line.skip_blanks();
    auto labels = line.take_labels();
    line.skip_blanks();
    const auto value = number_in(line.take_word());
    line.skip_blanks();
    const auto moment = line.take_word();
    line.skip_blanks();
    const bool whole = line.is_over() && (moment.empty() || number_in(moment));
    if (!name.empty() && labels && value && whole)
      series_[std::string(name)].push_back({std::move(*labels), *value});
  }
}

const std::vector<Series>& Exposition::series(std::string_view name) const {
  static const std::vector<Series> none;
  const auto found = series_.find(name);
  return found == series_.end() ? none : found->second;
}

std::optional<double> number_in(std::string_view word) {
  if (word.starts_with('+'))
    word.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  const bool whole = error == std::errc{} && end == word.data() + word.size();
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace gatehouse::cli::top

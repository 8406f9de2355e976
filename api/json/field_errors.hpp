// Where in a JSON text a reader stands, and what it found wrong there. A place is a chain on the reader's stack and becomes
// a JSON pointer (RFC 6901) only when something is wrong.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::api {

class Place {
 public:
  Place() = default;  // the whole document
  Place(const Place& parent, std::string_view member) : parent_(&parent), member_(member) {}
  Place(const Place& parent, std::size_t index) : parent_(&parent), index_(index), is_element_(true) {}

  [[nodiscard]] std::string pointer() const;
  // The nearest member's name, that of the list for an element.
  [[nodiscard]] std::string_view member() const;

 private:
  const Place* parent_{};
  std::string_view member_;
  std::size_t index_{};
  bool is_element_{};
};

// One place that is wrong. `setting` is the place in a manifest as the vendor's tools write it.
struct ReadError {
  std::string pointer;
  std::string code;
  std::string detail;
  std::string setting{};
};

class FieldErrors {
 public:
  static constexpr std::size_t errors_max = 100;  // what is wrong beyond these is not told

  // `known`: the members that there are.
  void unknown_field(const Place& place, const std::vector<std::string_view>& known);
  void invalid_field(const Place& place, std::string detail);
  void add(ReadError error);

  [[nodiscard]] bool empty() const { return errors_.empty(); }
  [[nodiscard]] std::vector<ReadError> take() && { return std::move(errors_); }

 private:
  std::vector<ReadError> errors_;
};

}  // namespace gatehouse::api

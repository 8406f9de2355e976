// The field lines of one request in the order in which they came, found by name whatever its case. All text lives in one
// block, so that a request of forty fields costs two allocations. Views stay valid until the next add().
#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::http {

class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  Headers() = default;
  Headers(std::initializer_list<Field> fields);

  void reserve(std::size_t fields, std::size_t bytes);
  void add(std::string_view name, std::string_view value);

  std::optional<std::string_view> find(std::string_view name) const;  // the first of that name
  // All lines of that name as the one list that they are (RFC 9110, 5.3), for fields that are lists.
  std::optional<std::string> list(std::string_view name) const;
  std::size_t count(std::string_view name) const;

  std::size_t size() const { return entries_.size(); }
  Field at(std::size_t index) const;

 private:
  struct Entry {
    std::uint32_t start;
    std::uint32_t name_bytes;
    std::uint32_t value_bytes;
  };

  std::string text_;
  std::vector<Entry> entries_;
};

}  // namespace gatehouse::http

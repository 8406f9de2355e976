#include "identity/strict_json.hpp"

#include <set>
#include <string>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>

namespace gatehouse::identity {
namespace {

namespace json = boost::json;

// Boost.JSON keeps the last of two equal names without a word, so names are compared while they are read.
class DuplicateNames {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  [[nodiscard]] bool found() const { return found_; }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    open_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) {
    open_.pop_back();
    return true;
  }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t, json::error_code&) { return true; }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    name_.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    name_.append(part.data(), part.size());
    found_ = !open_.back().insert(std::move(name_)).second || found_;
    name_.clear();
    return true;
  }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  std::vector<std::set<std::string>> open_;
  std::string name_;
  bool found_ = false;
};

json::parse_options strict_options() {
  json::parse_options options;
  options.max_depth = json_depth_max;
  return options;
}

}  // namespace

tl::expected<json::object, JsonFault> parse_json_object(std::string_view text) {
  json::error_code error;
  auto value = json::parse(json::string_view{text.data(), text.size()}, error, {}, strict_options());
  if (error) {
    return tl::unexpected{JsonFault::malformed};
  }
  if (!value.is_object()) {
    return tl::unexpected{JsonFault::not_an_object};
  }
  json::basic_parser<DuplicateNames> names{strict_options()};
  names.write_some(false, text.data(), text.size(), error);
  if (error) {
    return tl::unexpected{JsonFault::malformed};
  }
  if (names.handler().found()) {
    return tl::unexpected{JsonFault::duplicate_name};
  }
  return std::move(value.get_object());
}

}  // namespace gatehouse::identity

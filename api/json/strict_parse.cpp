#include "api/json/strict_parse.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <vector>

namespace gatehouse::api {
namespace {

namespace json = boost::json;
using json::error_code;

// Builds the value and, beside it, keeps the keys of every open object: Boost.JSON alone would let the last of two win.
struct Handler {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  json::value_stack stack{};
  std::vector<std::string> keys{};
  std::vector<std::size_t> first_keys{};
  std::string key{};
  bool repeated_key = false;

  Handler() { stack.reset(); }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    first_keys.push_back(keys.size());
    return true;
  }
  bool on_object_end(std::size_t members, error_code& error) {
    const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(first_keys.back());
    std::sort(begin, keys.end());
    if (std::adjacent_find(begin, keys.end()) != keys.end()) {
      repeated_key = true;
      error = json::error::syntax;
      return false;
    }
    keys.erase(begin, keys.end());
    first_keys.pop_back();
    stack.push_object(members);
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t elements, error_code&) {
    stack.push_array(elements);
    return true;
  }
  bool on_key_part(json::string_view text, std::size_t, error_code&) {
    key.append(text.data(), text.size());
    stack.push_chars(text);
    return true;
  }
  bool on_key(json::string_view text, std::size_t, error_code&) {
    key.append(text.data(), text.size());
    keys.push_back(std::move(key));
    key.clear();
    stack.push_key(text);
    return true;
  }
  bool on_string_part(json::string_view text, std::size_t, error_code&) {
    stack.push_chars(text);
    return true;
  }
  bool on_string(json::string_view text, std::size_t, error_code&) {
    stack.push_string(text);
    return true;
  }
  bool on_number_part(json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, error_code&) {
    stack.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, error_code&) {
    stack.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, error_code&) {
    stack.push_double(number);
    return true;
  }
  bool on_bool(bool value, error_code&) {
    stack.push_bool(value);
    return true;
  }
  bool on_null(error_code&) {
    stack.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }
};

std::string describe(const error_code& error, bool repeated_key, std::size_t offset) {
  const auto at = " at byte " + std::to_string(offset) + ".";
  if (repeated_key) return "An object has the same member twice; it ends" + at;
  if (error == json::error::too_deep) {
    return "The JSON text is nested deeper than " + std::to_string(json_depth_max) + " levels" + at;
  }
  if (error == json::error::incomplete) return "The JSON text ends too early" + at;
  if (error == json::error::extra_data) return "Something follows the JSON text" + at;
  return "The body is not valid JSON in UTF-8" + at;
}

}  // namespace

tl::expected<json::value, MalformedJson> parse_strictly(std::string_view text) {
  if (text.empty()) return tl::unexpected(MalformedJson{"The body is empty; a JSON object is needed."});
  if (text.size() > json_bytes_max) {
    return tl::unexpected(MalformedJson{"The JSON text has more than " + std::to_string(json_bytes_max) + " bytes."});
  }
  json::parse_options options;
  options.max_depth = json_depth_max;
  json::basic_parser<Handler> parser(options);
  error_code error;
  const auto used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used < text.size()) error = json::error::extra_data;
  if (error) return tl::unexpected(MalformedJson{describe(error, parser.handler().repeated_key, used)});
  return parser.handler().stack.release();
}

}  // namespace gatehouse::api

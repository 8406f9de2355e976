#include "api/idempotency_key.hpp"

#include "api/text_form.hpp"

namespace gatehouse::api {
namespace {

// RFC 8941 section 3.3.3, without the outer quotes.
std::optional<std::string> unescape(std::string_view inner) {
  std::string text;
  for (std::size_t at = 0; at < inner.size(); ++at) {
    if (inner[at] == '"')
      return std::nullopt;
    if (inner[at] == '\\') {
      ++at;
      if (at == inner.size() || (inner[at] != '"' && inner[at] != '\\'))
        return std::nullopt;
    }
    text.push_back(inner[at]);
  }
  return text;
}

}  // namespace

std::optional<std::string> parse_idempotency_key(std::string_view field) {
  std::optional<std::string> key;
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
    key = unescape(field.substr(1, field.size() - 2));
  else
    key = std::string(field);
  const bool valid = key && !key->empty() && key->size() <= idempotency_key_bytes_max && is_printable_ascii(*key);
  return valid ? key : std::nullopt;
}

}  // namespace gatehouse::api

#include "api/json/field_errors.hpp"

namespace gatehouse::api {
namespace {

void append_token(std::string& pointer, std::string_view name) {
  pointer.push_back('/');
  for (const char character : name) {
    if (character == '~')
      pointer.append("~0");
    else if (character == '/')
      pointer.append("~1");
    else
      pointer.push_back(character);
  }
}

}  // namespace

std::string Place::pointer() const {
  if (parent_ == nullptr)
    return {};
  auto text = parent_->pointer();
  if (is_element_)
    append_token(text, std::to_string(index_));
  else
    append_token(text, member_);
  return text;
}

std::string_view Place::member() const { return is_element_ ? parent_->member() : member_; }

void FieldErrors::unknown_field(const Place& place, const std::vector<std::string_view>& known) {
  std::string detail = "There is no such member.";
  for (const auto& name : known)
    detail.append(&name == &known.front() ? " There are: " : ", ").append(name);
  add({place.pointer(), "unknown_field", known.empty() ? detail : detail + "."});
}

void FieldErrors::invalid_field(const Place& place, std::string detail) {
  add({place.pointer(), "invalid_field", std::move(detail)});
}

void FieldErrors::add(ReadError error) {
  if (errors_.size() < errors_max)
    errors_.push_back(std::move(error));
}

}  // namespace gatehouse::api

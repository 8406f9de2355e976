#include "catalogue/manifest_errors.hpp"

namespace gatehouse::catalogue {
namespace {

std::string escaped(std::string_view member) {
  std::string text;
  for (const char character : member) {
    if (character == '~') {
      text += "~0";
    } else if (character == '/') {
      text += "~1";
    } else {
      text += character;
    }
  }
  return text;
}

}  // namespace

Place Place::manifest_in(const Place& document) {
  Place place(document, "manifest");
  place.is_manifest_ = true;
  return place;
}

std::string Place::setting() const {
  if (parent_ == nullptr || is_manifest_) {
    return {};
  }
  auto text = parent_->setting();
  return is_element_ ? text.append("[").append(std::to_string(index_)).append("]") : text.append("/").append(member_);
}

std::string Place::pointer() const {
  if (parent_ == nullptr) {
    return {};
  }
  return parent_->pointer() + "/" + (is_element_ ? std::to_string(index_) : escaped(member_));
}

void ManifestErrors::add(const Place& place, std::string_view code, std::string message) {
  if (errors_.size() < errors_max) {
    errors_.push_back({place.setting(), place.pointer(), std::string(code), std::move(message)});
  }
}

}  // namespace gatehouse::catalogue

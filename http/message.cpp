#include "http/message.hpp"

namespace gatehouse::http {

std::string_view Request::path() const {
  const std::string_view text = target;
  return text.substr(0, text.find('?'));
}

std::string_view Request::query() const {
  const std::string_view text = target;
  const auto mark = text.find('?');
  return mark == std::string_view::npos ? std::string_view() : text.substr(mark + 1);
}

std::string_view body_text(const Body& body) {
  struct Text {
    std::string_view operator()(const std::string& own) const { return own; }
    std::string_view operator()(const std::shared_ptr<const std::string>& shared) const {
      return shared ? std::string_view(*shared) : std::string_view();
    }
    std::string_view operator()(const std::shared_ptr<BodyReader>&) const { return {}; }
  };
  return std::visit(Text{}, body);
}

}  // namespace gatehouse::http

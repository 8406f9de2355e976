#include "catalogue/shape_check.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "catalogue/characters.hpp"
#include "catalogue/url_syntax.hpp"

namespace gatehouse::catalogue {
namespace {

namespace json = boost::json;

using Kind = Member::Kind;

constexpr std::string_view wrong_type = "wrong_type";

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

// The text of a value, or an error.
const json::string* text_at(const json::value& value, const Place& place, ManifestErrors& errors) {
  const auto* text = value.if_string();
  if (text == nullptr) {
    errors.add(place, wrong_type, "Must be a string.");
  }
  return text;
}

void check_text(const json::value& value, std::size_t characters_max, const Place& place, ManifestErrors& errors) {
  const auto* text = text_at(value, place, errors);
  if (text != nullptr && characters_in(view(*text)) > characters_max) {
    errors.add(place, "too_long", "Is longer than " + std::to_string(characters_max) + " characters.");
  }
}

void check_url(const json::value& value, bool (*accepts)(std::string_view), const Place& place,
               ManifestErrors& errors) {
  const auto* text = text_at(value, place, errors);
  if (text != nullptr && !text->empty() && !accepts(view(*text))) {
    errors.add(place, "invalid_url", "Is not an https address.");
  }
}

void check_domain(const json::value& value, const Place& place, ManifestErrors& errors) {
  const auto* text = text_at(value, place, errors);
  if (text != nullptr && !is_domain(view(*text))) {
    errors.add(place, "invalid_domain", "Is not the name of a domain.");
  }
}

void check_choice(const json::value& value, std::span<const std::string_view> choices, const Place& place,
                  ManifestErrors& errors) {
  const auto* text = text_at(value, place, errors);
  if (text == nullptr || std::ranges::find(choices, view(*text)) != choices.end()) {
    return;
  }
  std::string allowed;
  for (const auto choice : choices) {
    allowed.append(allowed.empty() ? "" : ", ").append(choice);
  }
  errors.add(place, "invalid_value", "Is not one of " + allowed + ".");
}

// Open sections are kept as they are, and a fraction would not survive being written again.
void check_open(const json::value& value, const Place& place, ManifestErrors& errors) {
  if (value.is_double()) {
    errors.add(place, wrong_type, "Numbers must be whole.");
  } else if (const auto* list = value.if_array()) {
    for (std::size_t index = 0; index < list->size(); ++index) {
      check_open((*list)[index], Place(place, index), errors);
    }
  } else if (const auto* object = value.if_object()) {
    for (const auto& [name, inner] : *object) {
      check_open(inner, Place(place, std::string_view(name.data(), name.size())), errors);
    }
  }
}

template <class Check>
void check_list(const json::value& value, std::size_t items_max, const Place& place, ManifestErrors& errors,
                const Check& check) {
  const auto* list = value.if_array();
  if (list == nullptr) {
    errors.add(place, wrong_type, "Must be a list.");
    return;
  }
  if (list->size() > items_max) {
    errors.add(place, "too_many", "Has more than " + std::to_string(items_max) + " entries.");
    return;
  }
  for (std::size_t index = 0; index < list->size(); ++index) {
    check((*list)[index], Place(place, index));
  }
}

void check_object(const json::value& value, Shape shape, const Place& place, ManifestErrors& errors) {
  if (const auto* object = value.if_object()) {
    check_shape(*object, shape, place, errors);
  } else {
    errors.add(place, wrong_type, "Must be an object.");
  }
}

void check_list_member(const json::value& value, const Member& member, const Place& place, ManifestErrors& errors) {
  check_list(value, member.size_max, place, errors, [&](const json::value& entry, const Place& at) {
    switch (member.kind) {
    case Kind::choices:
      return check_choice(entry, member.choices, at, errors);
    case Kind::urls:
      return check_url(entry, &is_https_or_loopback_url, at, errors);
    case Kind::objects:
      return check_object(entry, member.members, at, errors);
    default:
      return check_text(entry, short_text_characters_max, at, errors);
    }
  });
}

void check_member(const json::value& value, const Member& member, const Place& place, ManifestErrors& errors) {
  switch (member.kind) {
  case Kind::text:
    return check_text(value, member.size_max, place, errors);
  case Kind::flag:
    if (!value.is_bool()) {
      errors.add(place, wrong_type, "Must be true or false.");
    }
    return;
  case Kind::whole_number:
    if (!value.is_int64()) {
      errors.add(place, wrong_type, "Must be a whole number.");
    }
    return;
  case Kind::url:
    return check_url(value, &is_https_url, place, errors);
  case Kind::development_url:
    return check_url(value, &is_https_or_loopback_url, place, errors);
  case Kind::domain:
    return check_domain(value, place, errors);
  case Kind::choice:
    return check_choice(value, member.choices, place, errors);
  case Kind::texts:
  case Kind::choices:
  case Kind::urls:
  case Kind::objects:
    return check_list_member(value, member, place, errors);
  case Kind::object:
    return check_object(value, member.members, place, errors);
  case Kind::open:
    return check_open(value, place, errors);
  case Kind::elsewhere:
    return;
  }
}

}  // namespace

void check_shape(const json::object& object, Shape shape, const Place& place, ManifestErrors& errors) {
  for (const auto& [key, value] : object) {
    const std::string_view name{key.data(), key.size()};
    const Place at(place, name);
    const auto member = std::ranges::find(shape, name, &Member::name);
    if (member == shape.end()) {
      errors.add(at, "unknown_key", "Is not a setting of a manifest.");
    } else if (!value.is_null()) {
      check_member(value, *member, at, errors);
    }
  }
  for (const auto& member : shape) {
    const auto* value = object.if_contains(member.name);
    if (member.required && (value == nullptr || value->is_null())) {
      errors.add(Place(place, member.name), "missing", "Must be set.");
    }
  }
}

}  // namespace gatehouse::catalogue

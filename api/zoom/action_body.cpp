#include "api/zoom/action_body.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "api/zoom/body.hpp"

namespace gatehouse::api::zoom {

namespace {

template <class Id>
std::optional<Problem> read_ids(const boost::json::object& body, std::string_view name, std::size_t max,
                                std::vector<Id>& out) {
  const auto* value = body.if_contains(name);
  if (value == nullptr || value->is_null())
    return std::nullopt;
  const auto pointer = "/" + std::string(name);
  if (!value->is_array() || value->get_array().size() > max) {
    return invalid_member(pointer, "Must be a list of at most " + std::to_string(max) + " ids.");
  }
  for (const auto& item : value->get_array()) {
    const bool good = item.is_string() && is_valid_id(std::string_view(item.get_string()));
    if (!good)
      return invalid_member(pointer + "/" + std::to_string(out.size()), "Must be an id.");
    Id id{std::string_view(item.get_string())};
    if (std::ranges::find(out, id) == out.end())
      out.push_back(std::move(id));
  }
  return std::nullopt;
}

}  // namespace

tl::expected<ActionBody, Problem> read_action(std::string_view body, const ActionForm& form) {
  const auto parsed = read_object(body);
  if (!parsed)
    return tl::unexpected(parsed.error());
  const auto& object = *parsed;
  ActionBody read;
  read.action = text_of(object, "action").value_or("");
  if (std::ranges::find(form.actions, read.action) == form.actions.end()) {
    std::string detail = "Must be one of:";
    for (const auto name : form.actions)
      detail.append(" ").append(name);
    return tl::unexpected(invalid_member("/action", detail + "."));
  }
  if (auto wrong = read_ids(object, form.users, form.ids_max, read.user_ids))
    return tl::unexpected(std::move(*wrong));
  if (auto wrong = read_ids(object, "group_ids", form.ids_max, read.group_ids))
    return tl::unexpected(std::move(*wrong));
  return read;
}

}  // namespace gatehouse::api::zoom

#include "api/authzen/question.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "api/json/strict_parse.hpp"
#include "api/media_type.hpp"
#include "api/page.hpp"

namespace gatehouse::api::authzen {

namespace {

namespace json = boost::json;

tl::unexpected<Problem> invalid(std::string detail) {
  return tl::unexpected(make_problem("invalid_field", std::move(detail)));
}

// An empty object when it is missing and need not be there.
Read<json::object> read_object(const json::object& parent, std::string_view name, bool required) {
  const auto* value = parent.if_contains(name);
  if (value == nullptr && !required)
    return json::object();
  if (value == nullptr)
    return invalid(std::string(name) + " is missing.");
  if (!value->is_object())
    return invalid(std::string(name) + " must be an object.");
  return value->get_object();
}

Read<std::string> read_text(const json::object& parent, std::string_view name, std::string_view of, bool required) {
  const auto* value = parent.if_contains(name);
  if (value == nullptr && !required)
    return std::string();
  if (value == nullptr || !value->is_string() || value->get_string().empty())
    return invalid(std::string(of) + "." + std::string(name) + " must be a text.");
  return std::string(value->get_string());
}

enum class Need : std::uint8_t { id, type_alone };

Read<Entity> read_entity(const json::object& body, std::string_view name, Need need) {
  const auto object = read_object(body, name, true);
  if (!object)
    return tl::unexpected(object.error());
  auto type = read_text(*object, "type", name, true);
  if (!type)
    return tl::unexpected(std::move(type.error()));
  auto id = need == Need::id ? read_text(*object, "id", name, true) : std::string();
  if (!id)
    return tl::unexpected(std::move(id.error()));
  auto properties = read_object(*object, "properties", false);
  if (!properties)
    return tl::unexpected(std::move(properties.error()));
  return Entity{std::move(*type), std::move(*id), std::move(*properties)};
}

Read<Action> read_action(const json::object& body) {
  const auto object = read_object(body, "action", true);
  if (!object)
    return tl::unexpected(object.error());
  auto name = read_text(*object, "name", "action", true);
  if (!name)
    return tl::unexpected(std::move(name.error()));
  auto properties = read_object(*object, "properties", false);
  if (!properties)
    return tl::unexpected(std::move(properties.error()));
  return Action{std::move(*name), std::move(*properties)};
}

// What an item says stands in place of what the whole batch says, entity by entity; a required member that it leaves out comes from there.
json::object merged(const json::object& defaults, const json::object& item) {
  json::object question;
  for (const auto* name : {"subject", "action", "resource", "context"}) {
    const auto* own = item.if_contains(name);
    const auto* common = defaults.if_contains(name);
    if (own == nullptr && common == nullptr)
      continue;
    auto& value = question[name] = own != nullptr ? *own : *common;
    if (!value.is_object() || common == nullptr || !common->is_object() || std::string_view(name) == "context")
      continue;
    for (const auto* member : {"type", "id", "name"}) {
      if (const auto* fallback = common->get_object().if_contains(member); fallback != nullptr)
        value.get_object().emplace(member, *fallback);
    }
  }
  return question;
}

constexpr std::array<std::string_view, 2> as_of_names{"as_of", "at_position"};

// The moment stands once for all questions: what is asked is answered from one state.
bool says_another_moment(const json::object& batch, const json::object& item) {
  const auto* own = item.if_contains("context");
  if (own == nullptr || !own->is_object())
    return false;
  const auto* common = batch.if_contains("context");
  return std::ranges::any_of(as_of_names, [&](std::string_view name) {
    const auto* value = own->get_object().if_contains(name);
    const auto* of_all = common != nullptr && common->is_object() ? common->get_object().if_contains(name) : nullptr;
    return value != nullptr && (of_all == nullptr || *of_all != *value);
  });
}

std::optional<AsOf> as_of_value(std::string_view name, const json::value& value) {
  if (const auto* number = value.if_int64(); number != nullptr && *number >= 0)
    return Position{static_cast<std::uint64_t>(*number)};
  if (!value.is_string() || name != "as_of")
    return std::nullopt;
  return parse_as_of(value.get_string());
}

Read<Semantic> read_semantic(const json::object& body) {
  const auto options = read_object(body, "options", false);
  if (!options)
    return tl::unexpected(options.error());
  const auto name = read_text(*options, "evaluations_semantic", "options", false);
  if (!name)
    return tl::unexpected(name.error());
  if (name->empty() || *name == "execute_all")
    return Semantic::execute_all;
  if (*name == "deny_on_first_deny")
    return Semantic::deny_on_first_deny;
  if (*name == "permit_on_first_permit")
    return Semantic::permit_on_first_permit;
  return invalid("options.evaluations_semantic must be execute_all, deny_on_first_deny or permit_on_first_permit.");
}

}  // namespace

Read<json::object> read_body(std::string_view content_type, std::string_view body) {
  if (!is_json(content_type))
    return tl::unexpected(make_problem("invalid_field", "The Content-Type must be application/json."));
  auto parsed = parse_strictly(body);
  if (!parsed)
    return tl::unexpected(make_problem("malformed_json", parsed.error().detail));
  if (!parsed->is_object())
    return tl::unexpected(make_problem("malformed_json", "The body must be a JSON object."));
  return std::move(parsed->get_object());
}

Read<Question> read_question(const json::object& body, Sought sought) {
  Question question;
  auto subject = read_entity(body, "subject", sought == Sought::subjects ? Need::type_alone : Need::id);
  if (!subject)
    return tl::unexpected(std::move(subject.error()));
  auto resource = read_entity(body, "resource", sought == Sought::resources ? Need::type_alone : Need::id);
  if (!resource)
    return tl::unexpected(std::move(resource.error()));
  auto action = sought == Sought::actions ? Read<Action>() : read_action(body);
  if (!action)
    return tl::unexpected(std::move(action.error()));
  auto context = read_object(body, "context", false);
  if (!context)
    return tl::unexpected(std::move(context.error()));
  return Question{std::move(*subject), std::move(*action), std::move(*resource), std::move(*context)};
}

Read<std::optional<Batch>> read_batch(const json::object& body) {
  const auto* list = body.if_contains("evaluations");
  if (list == nullptr)
    return std::optional<Batch>();
  if (!list->is_array())
    return invalid("evaluations must be a list.");
  const auto& items = list->get_array();
  if (items.empty())
    return std::optional<Batch>();
  if (items.size() > evaluations_max)
    return invalid("evaluations holds more than " + std::to_string(evaluations_max) + " questions.");
  const auto semantic = read_semantic(body);
  if (!semantic)
    return tl::unexpected(semantic.error());
  Batch batch{.semantic = *semantic, .questions = {}};
  for (const auto& item : items) {
    if (item.is_object() && says_another_moment(body, item.get_object()))
      batch.questions.emplace_back(invalid("as_of stands in the context of the whole batch."));
    else if (item.is_object())
      batch.questions.push_back(read_question(merged(body, item.get_object()), Sought::nothing));
    else
      batch.questions.emplace_back(invalid("An evaluation must be an object."));
  }
  return std::optional(std::move(batch));
}

Read<std::optional<AsOf>> read_as_of(std::string_view body) {
  const auto mentions = [&](std::string_view text) { return body.find(text) != std::string_view::npos; };
  const bool may_be_escaped = mentions("\\u");
  if (!may_be_escaped && std::ranges::none_of(as_of_names, mentions))
    return std::optional<AsOf>();
  const auto parsed = parse_strictly(body);
  const auto* object = parsed ? parsed->if_object() : nullptr;
  const auto* context = object != nullptr ? object->if_contains("context") : nullptr;
  if (context == nullptr || !context->is_object())
    return std::optional<AsOf>();
  std::optional<AsOf> as_of;
  for (const auto name : as_of_names) {
    const auto* value = context->get_object().if_contains(name);
    if (value == nullptr)
      continue;
    const auto read = as_of_value(name, *value);
    if (!read || (as_of && *as_of != *read))
      return invalid("context." + std::string(name) + " must be one position of the log, or as_of a time.");
    as_of = read;
  }
  return as_of;
}

Read<PageAsked> read_page(const json::object& body) {
  const auto page = read_object(body, "page", false);
  if (!page)
    return tl::unexpected(page.error());
  PageAsked asked;
  if (const auto* limit = page->if_contains("limit")) {
    const auto* number = limit->if_int64();
    if (number == nullptr || *number < 1)
      return invalid("page.limit must be a whole number from 1.");
    asked.limit = std::min(static_cast<std::size_t>(*number), page_size_max);
  }
  if (const auto* token = page->if_contains("token")) {
    if (!token->is_string())
      return invalid("page.token must be a text.");
    asked.token = std::string(token->get_string());
  }
  return asked;
}

}  // namespace gatehouse::api::authzen

// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of described types, from the same reflection that reads and writes them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "api/json/described_writer.hpp"
#include "api/json/member_rules.hpp"

namespace gatehouse::api {

enum class SchemaUse : std::uint8_t {
  input,  // what clients send: limits stated, unknown members refused
  output  // what we answer: members that may hold nothing are optional
};

// Types with a form of their own in JSON name their schema by specialising this with `static void append(std::string& out)`.
template <class T>
struct ForeignSchema;

template <class T>
concept HasForeignSchema = requires(std::string& out) { ForeignSchema<T>::append(out); };

template <class T>
void append_schema(std::string& out, SchemaUse use, std::string_view member = {});

namespace detail {

template <class T>
struct ListItem;
template <class T>
struct ListItem<std::vector<T>> {
  using Type = T;
};
template <class T>
struct OptionalValue {
  using Type = T;
};
template <class T>
struct OptionalValue<std::optional<T>> {
  using Type = T;
};

// Whether a member may be missing.
template <class T>
constexpr bool may_be_absent(SchemaUse use) {
  const bool holds_nothing = IsId<T> || std::same_as<T, PersonalText> || std::same_as<T, std::string> ||
                             std::same_as<T, Uuid> || std::same_as<T, Timestamp>;
  return IsOptional<T> || (use == SchemaUse::output && holds_nothing);
}

inline void describe_member(ObjectWriter& schema, std::string_view member) {
  const auto& rule = member_rule(member);
  if (!rule.meaning.empty())
    schema.member("description", rule.meaning);
}

inline void append_text_schema(std::string& out, SchemaUse use, std::string_view member) {
  ObjectWriter schema(out);
  schema.member("type", "string");
  if (use == SchemaUse::input) {
    schema.member("minLength", 1U).member("maxLength", std::uint64_t{member_rule(member).text_max});
  }
  describe_member(schema, member);
}

inline void append_id_schema(std::string& out, std::string_view member) {
  ObjectWriter schema(out);
  schema.member("type", "string").member("pattern", "^[A-Za-z0-9_.@:-]{1,64}$");
  describe_member(schema, member);
}

template <class T>
void append_list_schema(std::string& out, SchemaUse use, std::string_view member) {
  ObjectWriter schema(out);
  schema.member("type", "array");
  if (use == SchemaUse::input) {
    const auto& rule = member_rule(member);
    schema.member("minItems", std::uint64_t{rule.items_min}).member("maxItems", std::uint64_t{rule.items_max});
  }
  describe_member(schema, member);
  append_schema<typename ListItem<T>::Type>(schema.key("items"), use,
                                            use == SchemaUse::input ? member : std::string_view());
}

template <class T>
void append_members(ObjectWriter& schema, SchemaUse use) {
  ObjectWriter properties(schema.key("properties"));
  bool has_personal = false;
  boost::mp11::mp_for_each<PublicMembers<T>>([&](auto member) {
    using Held = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
    const auto name = json_name(member.name);
    // As the writer does: an accepted manifest is shown as the object it is.
    if (use == SchemaUse::output && name == "manifest")
      ObjectWriter(properties.key(name)).member("type", "object");
    else
      append_schema<typename OptionalValue<Held>::Type>(properties.key(name), use, name);
    if constexpr (std::same_as<Held, PersonalText>)
      has_personal = true;
  });
  if (!has_personal || use == SchemaUse::input)
    return;
  // What the writer says of texts that cannot be read.
  for (const auto* names : {"erased", "locked"}) {
    ObjectWriter schema_of_names(properties.key(names));
    schema_of_names.member("type", "array")
        .member("description",
                "Members that are left out because nobody can read them any more, or not with the keys that are here.");
    ObjectWriter(schema_of_names.key("items")).member("type", "string");
  }
}

template <class T>
void append_struct_schema(std::string& out, SchemaUse use, std::string_view member) {
  std::vector<std::string_view> required;
  boost::mp11::mp_for_each<PublicMembers<T>>([&](auto each) {
    using Held = std::remove_cvref_t<decltype(std::declval<T>().*each.pointer)>;
    if (!may_be_absent<Held>(use))
      required.push_back(json_name(each.name));
  });
  ObjectWriter schema(out);
  schema.member("type", "object");
  describe_member(schema, member);
  append_members<T>(schema, use);
  if (!required.empty())
    schema.member("required", required);
  if (use == SchemaUse::input)
    schema.member("additionalProperties", false);
}

}  // namespace detail

// `member` is the member that the value stands for: its rule gives limits and description.
template <class T>
void append_schema(std::string& out, SchemaUse use, std::string_view member) {
  if constexpr (std::same_as<T, bool>) {
    ObjectWriter schema(out);
    schema.member("type", "boolean");
    detail::describe_member(schema, member);
  } else if constexpr (std::integral<T> || std::same_as<T, Position>) {
    ObjectWriter(out).member("type", "integer").member("minimum", 0U);
  } else if constexpr (IsId<T>) {
    detail::append_id_schema(out, member);
  } else if constexpr (std::same_as<T, Uuid>) {
    ObjectWriter(out).member("type", "string").member("pattern", "^[A-Za-z0-9_-]{22}$");
  } else if constexpr (std::same_as<T, Timestamp>) {
    ObjectWriter(out).member("type", "string").member("format", "date-time");
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, PersonalText>) {
    detail::append_text_schema(out, use, member);
  } else if constexpr (IsDescribedEnum<T>) {
    ObjectWriter schema(out);
    schema.member("type", "string").member("enum", enum_names<T>());
    detail::describe_member(schema, member);
  } else if constexpr (HasForeignSchema<T>) {
    ForeignSchema<T>::append(out);
  } else if constexpr (IsDescribed<T>) {
    detail::append_struct_schema<T>(out, use, member);
  } else {
    detail::append_list_schema<T>(out, use, member);
  }
}

}  // namespace gatehouse::api

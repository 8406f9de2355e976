// How the schema of one command is made; for the files that instantiate it.
#pragma once
#include "api/command_schemas.hpp"
#include "api/json/described_schema.hpp"
#include "domain/refusals_of.hpp"

namespace gatehouse::api {

template <>
struct ForeignSchema<ManifestInput> {
  static void append(std::string& out) {
    ObjectWriter(out)
        .member("type", "object")
        .member("description", member_rule("manifest").meaning)
        .member("additionalProperties", true);
  }
};

// "May be refused with: a, b."
[[nodiscard]] inline std::string refusals_in_words(const Command& command) {
  std::string words;
  for (const auto code : refusals_of(command))
    words.append(words.empty() ? "May be refused with: " : ", ").append(to_text(code));
  return words + ".";
}

template <class T>
void append_command_schema(std::string& out, std::string_view name) {
  std::vector<std::string_view> required{"type"};
  boost::mp11::mp_for_each<detail::PublicMembers<T>>([&](auto member) {
    using Held = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
    if (!IsOptional<Held>)
      required.push_back(json_name(member.name));
  });
  ObjectWriter schema(out);
  schema.member("type", "object").member("description", refusals_in_words(T{}));
  {
    ObjectWriter properties(schema.key("properties"));
    ObjectWriter(properties.key("type")).member("const", name);
    boost::mp11::mp_for_each<detail::PublicMembers<T>>([&](auto member) {
      using Held = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
      const auto field = json_name(member.name);
      append_schema<typename detail::OptionalValue<Held>::Type>(properties.key(field), SchemaUse::input, field);
    });
  }
  schema.member("required", required).member("additionalProperties", false);
}

}  // namespace gatehouse::api

#define GATEHOUSE_DEFINE_SCHEMA(name) \
  template <> \
  void append_input_schema<name>(std::string & out) { \
    append_command_schema<name>(out, #name); \
  }

#include "api/explanation/told_command.hpp"

#include "api/json/described_writer.hpp"

namespace gatehouse::api {

namespace {

template <class T>
constexpr bool is_told = false;
#define GATEHOUSE_TOLD_COMMAND(Type) \
  template <> \
  constexpr bool is_told<Type> = true;
GATEHOUSE_DIRECTORY_COMMANDS(GATEHOUSE_TOLD_COMMAND)
GATEHOUSE_GOVERNANCE_COMMANDS(GATEHOUSE_TOLD_COMMAND)
GATEHOUSE_ERASURE_COMMANDS(GATEHOUSE_TOLD_COMMAND)
GATEHOUSE_WEBHOOK_COMMANDS(GATEHOUSE_TOLD_COMMAND)
GATEHOUSE_TOLD_COMMAND(OpenAccount)
#undef GATEHOUSE_TOLD_COMMAND

template <class T>
void append_members(ObjectWriter& object, const T& command) {
  boost::mp11::mp_for_each<detail::PublicMembers<T>>([&](auto member) {
    const auto name = json_name(member.name);
    if (name != "confirmation")
      object.member_if_any(name, command.*member.pointer);
  });
}

}  // namespace

void append_command(std::string& out, const Command& command) {
  ObjectWriter object(out);
  object.member("type", name_of(command));
  std::visit(
      [&](const auto& given) {
        if constexpr (is_told<std::remove_cvref_t<decltype(given)>>)
          append_members(object, given);
      },
      static_cast<const Command::Alternatives&>(command));
}

}  // namespace gatehouse::api

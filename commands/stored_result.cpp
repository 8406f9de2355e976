#include "commands/stored_result.hpp"

#include <boost/describe/class.hpp>
#include <cstdint>

#include "events/archive.hpp"

namespace gatehouse {

namespace {

// One member of a result: exactly one of the four is set, told by `kind`, the index of the ResultValue.
struct StoredMember {
  std::uint32_t command{};
  std::string name;
  std::uint8_t kind{};
  std::string text;
  std::uint64_t number{};
  bool flag{};
  std::vector<std::string> list;
};
BOOST_DESCRIBE_STRUCT(StoredMember, (), (command, name, kind, text, number, flag, list))

struct StoredResults {
  std::uint32_t commands{};
  std::vector<StoredMember> members;
};
BOOST_DESCRIBE_STRUCT(StoredResults, (), (commands, members))

StoredMember stored(std::size_t command, const std::string& name, const ResultValue& value) {
  StoredMember member;
  member.command = static_cast<std::uint32_t>(command);
  member.name = name;
  member.kind = static_cast<std::uint8_t>(value.index());
  if (const auto* text = std::get_if<std::string>(&value)) member.text = *text;
  if (const auto* number = std::get_if<std::uint64_t>(&value)) member.number = *number;
  if (const auto* flag = std::get_if<bool>(&value)) member.flag = *flag;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) member.list = *list;
  return member;
}

ResultValue loaded(StoredMember& member) {
  switch (member.kind) {
    case 0: return std::move(member.text);
    case 1: return member.number;
    case 2: return member.flag;
    default: return std::move(member.list);
  }
}

}  // namespace

std::string store_results(const std::vector<CommandResult>& results) {
  StoredResults all;
  all.commands = static_cast<std::uint32_t>(results.size());
  for (std::size_t index = 0; index < results.size(); ++index) {
    for (const auto& [name, value] : results[index]) all.members.push_back(stored(index, name, value));
  }
  return pack(all);
}

std::optional<std::vector<CommandResult>> load_results(std::string_view bytes) {
  auto all = unpack<StoredResults>(bytes);
  if (!all) return std::nullopt;
  std::vector<CommandResult> results(all->commands);
  for (auto& member : all->members) {
    if (member.command >= results.size() || member.kind >= std::variant_size_v<ResultValue>) return std::nullopt;
    results[member.command].emplace_back(std::move(member.name), loaded(member));
  }
  return results;
}

}  // namespace gatehouse

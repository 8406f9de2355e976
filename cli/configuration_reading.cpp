#include "cli/configuration_reading.hpp"

#include <stdexcept>

namespace gatehouse::cli {

namespace {

thread_local SettingNames* noted = nullptr;

}  // namespace

void fail(const std::string& place, const std::string& reason) {
  throw std::runtime_error("configuration: " + place + ": " + reason);
}

void note_settings_in(SettingNames* names) { noted = names; }

void refuse_unknown(const toml::table& table, const std::string& place, const std::set<std::string_view>& known) {
  if (noted != nullptr) {
    for (const auto key : known)
      noted->insert(place + std::string(key));
  }
  for (const auto& [key, value] : table) {
    if (!known.contains(key.str()))
      fail(place + std::string(key.str()), "there is no such setting");
  }
}

void take_number(const toml::table& table, const std::string& place, std::string_view key, std::int64_t least,
                 std::uint64_t& value) {
  auto number = static_cast<std::int64_t>(value);
  take(table, place, key, number);
  if (number < least)
    fail(place + std::string(key), "must be at least " + std::to_string(least));
  value = static_cast<std::uint64_t>(number);
}

std::string required(const toml::table& table, const std::string& place, std::string_view key) {
  std::string value;
  take(table, place, key, value);
  if (value.empty())
    fail(place + std::string(key), "is missing");
  return value;
}

const toml::table* table_at(const toml::table& parent, std::string_view key) {
  const auto node = parent[key];
  if (!node)
    return nullptr;
  if (!node.is_table())
    fail(std::string(key), "must be a table");
  return node.as_table();
}

std::pair<const toml::table*, std::string> element_of(const toml::array& array, const std::string& name,
                                                      std::size_t index) {
  const auto place = name + "[" + std::to_string(index) + "]";
  if (!array[index].is_table())
    fail(place, "must be a table");
  return {array[index].as_table(), place + "."};
}

}  // namespace gatehouse::cli

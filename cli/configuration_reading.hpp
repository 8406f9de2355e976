// Values out of the tables of a configuration file, for those who read one (cli/configuration.cpp). What is wrong is thrown as std::runtime_error
// with the setting's name: `place` is how it begins, such as "tls.".
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <utility>

#include "cli/configuration.hpp"

namespace gatehouse::cli {

[[noreturn]] void fail(const std::string& place, const std::string& reason);

// Where this thread notes from now on which settings were known; null: nowhere.
void note_settings_in(SettingNames* names);
void refuse_unknown(const toml::table& table, const std::string& place, const std::set<std::string_view>& known);

// Leaves the value as it is where there is no such setting.
template <class T>
void take(const toml::table& table, const std::string& place, std::string_view key, T& value) {
  const auto node = table[key];
  if (!node)
    return;
  const auto found = node.value_exact<T>();
  if (!found)
    fail(place + std::string(key), "is of the wrong type");
  value = *found;
}
void take_number(const toml::table& table, const std::string& place, std::string_view key, std::int64_t least,
                 std::uint64_t& value);
[[nodiscard]] std::string required(const toml::table& table, const std::string& place, std::string_view key);

// Null when there is none.
[[nodiscard]] const toml::table* table_at(const toml::table& parent, std::string_view key);
// One of an array of tables, and how its members' names begin.
[[nodiscard]] std::pair<const toml::table*, std::string> element_of(const toml::array& array, const std::string& name,
                                                                    std::size_t index);

}  // namespace gatehouse::cli

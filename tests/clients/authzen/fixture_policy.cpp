#include "tests/clients/authzen/fixture_policy.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

namespace gatehouse::clients {

namespace {

using api::authzen::Entity;
using api::authzen::Found;
using api::authzen::Question;
using api::authzen::SearchRange;
using api::authzen::Verdict;

bool says(const boost::json::object& properties, std::string_view name, const boost::json::value& value) {
  const auto* found = properties.if_contains(name);
  return found != nullptr && *found == value;
}

bool is_user(const Entity& entity) { return entity.type == "user" && (entity.id == "alice" || entity.id == "bob"); }
bool is_record(const Entity& entity) {
  return entity.type == "record" && (entity.id == "record-1" || entity.id == "record-2");
}

bool permits(const Question& question) {
  const auto& [subject, action, resource, context] = question;
  if (!is_user(subject) || !is_record(resource))
    return false;
  const bool archived = says(resource.properties, "status", "archived") ||
                        (!resource.properties.contains("status") && resource.id == "record-2");
  if (action.name == "read")
    return true;
  if (action.name == "write")
    return archived ? says(subject.properties, "role", "admin") : subject.id == "alice";
  return action.name == "delete" && subject.id == "alice" && says(action.properties, "soft", true);
}

// Names in order, from after the last one of the part before.
template <class Fits>
Found pick(std::initializer_list<std::string_view> names, const SearchRange& range, const Fits& fits) {
  Found found;
  for (const auto name : names) {
    if (name <= range.after || !fits(std::string(name)))
      continue;
    if (found.names.size() == range.limit) {
      found.next = found.names.back();
      break;
    }
    found.names.emplace_back(name);
  }
  return found;
}

}  // namespace

Verdict FixturePolicy::evaluate(const api::QueryContext&, const Question& question) const {
  return {permits(question)};
}

// The directory knows that bob is an admin.
Found FixturePolicy::subjects(const api::QueryContext&, const Question& question, const SearchRange& range) const {
  return pick({"alice", "bob"}, range, [&](const std::string& id) {
    auto asked = question;
    asked.subject.id = id;
    if (id == "bob")
      asked.subject.properties["role"] = "admin";
    return permits(asked);
  });
}

Found FixturePolicy::resources(const api::QueryContext&, const Question& question, const SearchRange& range) const {
  return pick({"record-1", "record-2"}, range, [&](const std::string& id) {
    auto asked = question;
    asked.resource.id = id;
    return permits(asked);
  });
}

Found FixturePolicy::actions(const api::QueryContext&, const Question& question, const SearchRange& range) const {
  return pick({"delete", "read", "write"}, range, [&](const std::string& name) {
    auto asked = question;
    asked.action.name = name;
    return permits(asked);
  });
}

}  // namespace gatehouse::clients

#include "catalogue/manifest_scopes.hpp"

#include <set>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "catalogue/scope.hpp"

namespace gatehouse::catalogue {
namespace {

namespace json = boost::json;

bool fits(ScopeLevel scope, ManagementLevel app) {
  return (scope == ScopeLevel::user) == (app == ManagementLevel::user);
}

bool is_optional(const json::object& entry) {
  const auto* optional = entry.if_contains("optional");
  return optional != nullptr && optional->is_bool() && optional->get_bool();
}

class ScopeRules {
 public:
  ScopeRules(std::optional<ManagementLevel> level, const ScopeCatalogue& catalogue, ManifestErrors& errors)
      : level_(level), catalogue_(catalogue), errors_(errors) {}

  void take(const json::object& entry, const Place& place) {
    const auto* value = entry.if_contains("scope");
    if (value == nullptr || !value->is_string()) {
      return;
    }
    const std::string name{value->get_string().data(), value->get_string().size()};
    if (!seen_.insert(name).second) {
      errors_.add(place, "duplicate_scope", "The scope stands in the list already.");
      return;
    }
    if (!catalogue_.may_be_scope(name)) {
      errors_.add(place, "invalid_scope", "Is not the name of a scope.");
      return;
    }
    const auto* known = catalogue_.find(name);
    check_level(known != nullptr ? known->level : level_of(name), place);
    if (known == nullptr) {
      found_.unknown.push_back(name);
    }
    (is_optional(entry) ? found_.optional : found_.required).push_back(name);
  }

  [[nodiscard]] RequestedScopes found() && { return std::move(found_); }

 private:
  void check_level(ScopeLevel scope, const Place& place) {
    if (!level_ || fits(scope, *level_)) {
      return;
    }
    errors_.add(place, "scope_level_mismatch",
                *level_ == ManagementLevel::user ? "An app with usage USER_OPERATION can only ask for user scopes."
                                                 : "An app with usage ADMIN_MANAGEMENT can only ask for admin scopes.");
  }

  std::optional<ManagementLevel> level_;
  const ScopeCatalogue& catalogue_;
  ManifestErrors& errors_;
  std::set<std::string, std::less<>> seen_;
  RequestedScopes found_;
};

}  // namespace

RequestedScopes read_scopes(const json::array& entries, std::optional<ManagementLevel> level,
                            const ScopeCatalogue& catalogue, const Place& place, ManifestErrors& errors) {
  ScopeRules rules(level, catalogue, errors);
  bool some_required = entries.empty();
  for (std::size_t index = 0; index < entries.size(); ++index) {
    if (const auto* entry = entries[index].if_object()) {
      rules.take(*entry, Place(place, index));
      some_required = some_required || !is_optional(*entry);
    } else {
      some_required = true;
    }
  }
  if (!some_required) {
    errors.add(place, "no_required_scope", "At least one scope must not be optional.");
  }
  return std::move(rules).found();
}

}  // namespace gatehouse::catalogue

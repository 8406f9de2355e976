#include "api/gate_json.hpp"

#include "api/json/described_writer.hpp"

namespace gatehouse::api {

void append_unmet(std::string& out, const std::vector<Unmet>& unmet) {
  ArrayWriter list(out);
  for (const auto& condition : unmet) {
    ObjectWriter object(list.next());
    object.member("code", condition.code).member("step", condition.step);
    object.member_if_any("request_id", condition.request_id);
    if (condition.missing_scopes.empty()) continue;
    ArrayWriter scopes(object.key("missing_scopes"));
    for (const auto& missing : condition.missing_scopes) {
      ObjectWriter(scopes.next())
          .member("scope", missing.scope)
          .member_if_any("description", missing.description)
          .member("needs_privilege", missing.needs_privilege);
    }
  }
}

}  // namespace gatehouse::api

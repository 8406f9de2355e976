#include "tests/system/random_commands.hpp"

#include "tests/system/marketplace.hpp"

namespace gatehouse::system_test {

namespace {

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

std::string RandomCommands::user() { return std::string(users[below(users.size())]); }
std::string RandomCommands::app() { return std::string(apps[below(apps.size())]); }

std::string RandomCommands::add_member() {
  const auto id = name_ + "-" + std::to_string(++made_);
  return R"({"type":"AddMember","user_id":)" + in_quotes(id) + R"(,"name":"New here","email":)" + in_quotes(id + "@example.com") + "}";
}

std::string RandomCommands::batch(bool fails) {
  std::string body = R"({"commands":[)";
  for (auto count = 1 + below(19); count > 0; --count) body += add_member() + ",";
  body += fails ? R"({"type":"RemoveMember","user_id":"nobody"})" : add_member();
  return body + "]}";
}

Attempt RandomCommands::next() {
  auto attempt = draw();
  attempt.key = name_ + ":" + std::to_string(++made_);
  return attempt;
}

Attempt RandomCommands::draw() {
  const auto about = R"("app_id":)" + in_quotes(app());
  const auto chosen = user();
  const auto users_of = R"("user_ids":[)" + in_quotes(chosen) + "," + in_quotes(user()) + "]";
  const auto command = [](std::string_view type, const std::string& members) {
    return R"({"type":)" + in_quotes(type) + (members.empty() ? "" : ",") + members + "}";
  };
  switch (below(16)) {
    case 0:
    case 1: return {"directory", add_member(), {}};
    case 2: return {"directory", batch(false), {}};
    case 3: return {"directory", batch(true), {}};
    case 4:
    case 5: return {chosen, command("RequestPreApproval", about + R"(,"reason":"For the weekly review")"), {}};
    case 6: return {"admin", command("ApproveRequests", about + R"(,"user_ids":[)" + in_quotes(chosen) + "]"), {}};
    case 7: return {"admin", command("RejectRequests", about + R"(,"kind":"pre_approval","user_ids":[)" + in_quotes(chosen) + "]"), {}};
    case 8: return {"admin", command("GrantPreApproval", about + R"(,"audience":"selected",)" + users_of), {}};
    case 9: return {"admin", command("AddAllowListEntries", about + "," + users_of), {}};
    case 10: return {"admin", command("RemoveAllowListEntries", about + "," + users_of), {}};
    case 11:
    case 12: return {chosen, command("Install", about), {}};
    case 13: return {"admin", command("DisableSubscription", about + R"(,"user_id":)" + in_quotes(chosen)), {}};
    case 14: return {"admin", command("EnableSubscription", about + R"(,"user_id":)" + in_quotes(chosen)), {}};
    default: return {"admin", command("SetUserInstallBlock", R"("blocked":)" + std::string(below(2) == 0 ? "true" : "false")), {}};
  }
}

}  // namespace gatehouse::system_test

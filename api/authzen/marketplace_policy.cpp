#include "api/authzen/marketplace_policy.hpp"

#include <algorithm>

#include "api/authzen/candidates.hpp"
#include "api/authzen/judgement.hpp"
#include "api/authzen/resource_search.hpp"
#include "api/json/described_writer.hpp"
#include "api/json/names.hpp"
#include "api/problem_kinds.hpp"
#include "domain/privileges.hpp"

namespace gatehouse::api::authzen {

namespace {

constexpr std::string_view user_type = "user";
constexpr std::string_view app_type = "app";
constexpr std::string_view account_type = "account";

std::optional<std::string> text_property(const Entity& entity, std::string_view name) {
  const auto* value = entity.properties.if_contains(name);
  if (value == nullptr)
    return std::nullopt;
  return value->is_string() ? std::string(value->get_string()) : std::string();
}

// The question in the product's words; without a value it is about something that there is not.
struct Asked {
  std::optional<ActionKind> action;
  std::optional<UserId> user;
  std::optional<AppId> app;  // empty id: the account itself
  std::optional<Credentials> credentials;
  bool own_account{};
};

bool is_for_account(ActionKind action) {
  return action == ActionKind::view_requests || action == ActionKind::change_permissions;
}

Asked read(const QueryContext& context, const Question& question) {
  Asked asked;
  asked.action = action_of(question.action.name);
  if (question.subject.type == user_type && is_valid_id(question.subject.id))
    asked.user = UserId{question.subject.id};
  const auto& account = context.state.account_id().value;
  const auto named_account = text_property(question.resource, "account_id");
  asked.own_account = !named_account || *named_account == account;
  if (question.resource.type == app_type && is_valid_id(question.resource.id))
    asked.app = AppId{question.resource.id};
  if (question.resource.type == account_type && question.resource.id == account)
    asked.app = AppId{};
  const auto credentials = text_property(question.resource, "credentials");
  asked.credentials = credentials ? enum_named<Credentials>(*credentials) : Credentials::production;
  return asked;
}

// What is asked does not exist, so nothing may be done.
std::optional<std::string_view> unknown_part(const Asked& asked) {
  if (!asked.action)
    return "unknown_action";
  if (!asked.user)
    return "unknown_subject";
  if (!asked.app || !asked.own_account || (asked.app->empty() && !is_for_account(*asked.action)))
    return "unknown_resource";
  if (!asked.credentials)
    return "credentials_not_available";
  return std::nullopt;
}

struct Words {
  std::string user;
  std::string admin;
};

// For the user what stands in the way, for the admin also what it rests on.
Words words_for(const Judgement& judgement) {
  Words words;
  const auto add = [](std::string& text, std::string_view sentence) {
    text.append(text.empty() ? "" : " ").append(sentence).append(".");
  };
  for (const auto& obstacle : judgement.obstacles) {
    const auto* kind = find_problem_kind(obstacle.code);
    const auto title = kind != nullptr ? std::string(kind->title) : std::string("There is nothing of this name");
    add(words.user, title);
    std::string detail = std::string(obstacle.code) + ": " + title;
    if (!obstacle.privilege.empty())
      detail += " (" + obstacle.privilege + ")";
    for (const auto& missing : obstacle.missing_scopes)
      detail += "; " + missing.scope + " needs " + missing.needs_privilege;
    add(words.admin, detail);
  }
  return words;
}

void append_obstacles(std::string& out, const std::vector<Obstacle>& obstacles) {
  ArrayWriter list(out);
  for (const auto& obstacle : obstacles) {
    ObjectWriter object(list.next());
    object.member("code", obstacle.code)
        .member_if_any("privilege", obstacle.privilege)
        .member_if_any("request_id", obstacle.request_id);
    if (obstacle.missing_scopes.empty())
      continue;
    ArrayWriter scopes(object.key("missing_scopes"));
    for (const auto& missing : obstacle.missing_scopes) {
      ObjectWriter(scopes.next())
          .member("scope", missing.scope)
          .member_if_any("description", missing.description)
          .member("needs_privilege", missing.needs_privilege);
    }
  }
}

void append_context(std::string& out, const QueryContext& context, const Judgement& judgement) {
  ObjectWriter object(out);
  if (!judgement.allowed()) {
    const auto words = words_for(judgement);
    ObjectWriter(object.key("reason_admin")).member("403", words.admin);
    ObjectWriter(object.key("reason_user")).member("403", words.user);
    object.member("reason", judgement.obstacles.front().code);
    append_obstacles(object.key("unmet"), judgement.obstacles);
    object.member("next_action", judgement.next_action);
  }
  ObjectWriter(object.key("basis"))
      .member("position", std::max(context.account_position, context.catalogue_position))
      .member("account_version", context.account_version);
}

bool is_allowed(const QueryContext& context, const Deed& deed) {
  return judge(context.state, deed, context.now).allowed();
}

class MarketplacePolicy final : public Policy {
 public:
  [[nodiscard]] std::optional<Problem> refuse_caller(const QueryContext& context, const Question& question,
                                                     bool searches_subjects) const override {
    const bool self =
        !searches_subjects && question.subject.type == user_type && context.access.is_self(UserId{question.subject.id});
    if (self || context.access.view || context.access.auditor)
      return std::nullopt;
    return privilege_required("MarketPlace:Read");
  }

  [[nodiscard]] Verdict evaluate(const QueryContext& context, const Question& question) const override {
    const auto asked = read(context, question);
    Judgement judgement;
    if (const auto unknown = unknown_part(asked))
      judgement.obstacles.push_back({.code = *unknown});
    else
      judgement = judge(context.state, {*asked.action, *asked.user, *asked.app, *asked.credentials}, context.now);
    Verdict verdict{.decision = judgement.allowed()};
    append_context(verdict.context, context, judgement);
    return verdict;
  }

  [[nodiscard]] Found subjects(const QueryContext& context, const Question& question,
                               const SearchRange& range) const override {
    auto asked = read(context, question);
    Found found;
    if (question.subject.type != user_type)
      return found;
    asked.user = UserId{};
    if (unknown_part(asked))
      return found;
    Deed deed{*asked.action, {}, *asked.app, *asked.credentials};
    CandidateWalk walk(context.state.rows(), candidate_subjects(context.state, deed.action, deed.app, deed.credentials),
                       range.after);
    std::string last = range.after;
    for (std::size_t looked_at = 0; auto user = walk.next(); ++looked_at) {
      if (found.names.size() == range.limit || looked_at == search_judged_max) {
        found.next = last;
        return found;
      }
      last = *user;
      deed.user = UserId{*user};
      if (is_allowed(context, deed))
        found.names.push_back(*user);
    }
    return found;
  }

  [[nodiscard]] Found resources(const QueryContext& context, const Question& question,
                                const SearchRange& range) const override {
    auto asked = read(context, question);
    asked.app = AppId{"any"};
    if (question.resource.type == account_type)
      return account_resource(context, asked);
    if (question.resource.type != app_type || unknown_part(asked) || !context.state.active_member(*asked.user))
      return {};
    Deed deed{*asked.action, *asked.user, {}, *asked.credentials};
    const auto privilege = privilege_for(deed.action);
    if (!privilege.empty() && !holds(context.state, deed.user, privilege))
      return {};
    if (deed.action == ActionKind::uninstall)
      return search_own(context, std::move(deed), range);
    return search_governed(context, deed, range);
  }

  [[nodiscard]] Found actions(const QueryContext& context, const Question& question,
                              const SearchRange& range) const override {
    auto asked = read(context, question);
    Found found;
    bool begun = range.after.empty();
    for (const auto name : enum_names<ActionKind>()) {
      asked.action = action_of(name);
      if (begun && !unknown_part(asked) &&
          is_allowed(context, {*asked.action, *asked.user, *asked.app, *asked.credentials})) {
        if (found.names.size() == range.limit) {
          found.next = found.names.back();
          break;
        }
        found.names.emplace_back(name);
      }
      begun = begun || name == range.after;
    }
    return found;
  }

 private:
  [[nodiscard]] static Found account_resource(const QueryContext& context, Asked asked) {
    asked.app = AppId{};
    if (unknown_part(asked) || !is_allowed(context, {*asked.action, *asked.user, {}, {}}))
      return {};
    return {.names = {context.state.account_id().value}, .next = {}};
  }
};

}  // namespace

const Policy& marketplace_policy() {
  static const MarketplacePolicy policy;
  return policy;
}

}  // namespace gatehouse::api::authzen

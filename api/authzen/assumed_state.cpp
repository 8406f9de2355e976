#include "api/authzen/assumed_state.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "api/command_problem.hpp"

namespace gatehouse::api::authzen {

namespace {

namespace json = boost::json;

constexpr std::size_t assumed_names_max = 100;  // of roles, and of the list

Problem invalid(std::string_view member, std::string_view detail) {
  return make_problem("invalid_field", "context.assume" + std::string(member) + " " + std::string(detail));
}

std::string_view text_of(const json::string& text) { return {text.data(), text.size()}; }

// False where it is there and no boolean.
bool take_flag(const json::object& from, std::string_view name, bool& flag) {
  const auto* value = from.if_contains(name);
  if (value == nullptr)
    return true;
  if (!value->is_bool())
    return false;
  flag = value->get_bool();
  return true;
}

class Reader {
 public:
  Reader(const QueryContext& context, const Question& question, const json::object& assumed)
      : context_(context), question_(question), assumed_(assumed) {}

  Read<std::vector<Command>> read() {
    for (const auto part : {&Reader::read_settings, &Reader::read_roles, &Reader::read_allow_list}) {
      if (auto problem = (this->*part)())
        return tl::unexpected(std::move(*problem));
    }
    return std::move(commands_);
  }

 private:
  std::optional<Problem> read_settings() {
    const auto* value = assumed_.if_contains("settings");
    if (value == nullptr)
      return std::nullopt;
    const auto account = context_.state.account();
    if (!value->is_object() || !account)
      return invalid(".settings", "must be an object.");
    const auto& settings = value->get_object();
    if (auto problem = read_policy(settings, "public", AppClass::public_, account->public_policy))
      return problem;
    if (auto problem = read_policy(settings, "unlisted", AppClass::unlisted, account->unlisted_policy))
      return problem;
    auto blocked = account->user_installs_blocked;
    if (!take_flag(settings, "user_installs_blocked", blocked))
      return invalid(".settings.user_installs_blocked", "must be true or false.");
    commands_.emplace_back(SetUserInstallBlock{blocked});
    return std::nullopt;
  }

  std::optional<Problem> read_policy(const json::object& settings, std::string_view name, AppClass of,
                                     const ApprovalPolicy& now) {
    const auto* value = settings.if_contains(name);
    if (value == nullptr)
      return std::nullopt;
    const auto place = ".settings." + std::string(name);
    if (!value->is_object())
      return invalid(place, "must be an object.");
    const auto& policy = value->get_object();
    SetApprovalPolicy command{of, now.required, now.exempt_platform, now.exempt_account};
    if (!take_flag(policy, "required", command.required) ||
        !take_flag(policy, "exempt_platform", command.exempt_platform) ||
        !take_flag(policy, "exempt_account", command.exempt_account))
      return invalid(place, "has required, exempt_platform and exempt_account, each true or false.");
    commands_.emplace_back(command);
    return std::nullopt;
  }

  std::optional<Problem> read_roles() {
    const auto* value = assumed_.if_contains("roles");
    if (value == nullptr)
      return std::nullopt;
    if (!value->is_object() || value->get_object().size() > assumed_names_max)
      return invalid(".roles", "must be an object of at most 100 user ids, each with a role's id.");
    for (const auto& [user, role] : value->get_object()) {
      if (!role.is_string() || !is_valid_id(std::string_view(user)) || !is_valid_id(text_of(role.get_string())))
        return invalid(".roles", "must be an object of user ids, each with a role's id.");
      commands_.emplace_back(AssignRole{UserId{std::string_view(user)}, RoleId{text_of(role.get_string())}});
    }
    return std::nullopt;
  }

  std::optional<Problem> read_allow_list() {
    const auto* value = assumed_.if_contains("allow_list");
    if (value == nullptr)
      return std::nullopt;
    const bool fits =
        value->is_array() && !value->get_array().empty() && value->get_array().size() <= assumed_names_max;
    if (!fits || question_.resource.type != "app" || !is_valid_id(question_.resource.id))
      return invalid(".allow_list", "must be a list of 1 to 100 user ids or e-mails, in a question about an app.");
    // Who is on a list makes no difference where everyone is.
    const auto governed = context_.state.governed_app(AppId{question_.resource.id});
    if (governed.pre_approval_on && governed.audience == Audience::everyone)
      return std::nullopt;
    GrantPreApproval grant{.app_id = AppId{question_.resource.id}, .audience = Audience::selected};
    for (const auto& entry : value->get_array()) {
      if (!entry.is_string())
        return invalid(".allow_list", "must be a list of user ids or e-mails.");
      const auto text = text_of(entry.get_string());
      // What is both is a user who is there.
      if (is_valid_id(text) && (text.find('@') == std::string_view::npos || context_.state.member(UserId{text})))
        grant.user_ids.emplace(grant.user_ids.value_or(std::vector<UserId>())).emplace_back(text);
      else
        grant.emails.emplace(grant.emails.value_or(std::vector<std::string>())).emplace_back(text);
    }
    commands_.emplace_back(std::move(grant));
    return std::nullopt;
  }

  const QueryContext& context_;
  const Question& question_;
  const json::object& assumed_;
  std::vector<Command> commands_;
};

}  // namespace

AssumedState::AssumedState(const QueryContext& context) : context_(context), ids_(context.position.value) {
  if (context.keys != nullptr)
    sealer_.emplace(*context.keys);
}

const TableReader& AssumedState::rows() const {
  return steps_.empty() ? context_.state.rows() : steps_.back()->trial->rows();
}

std::optional<Problem> AssumedState::take(Command command) {
  auto step = std::make_unique<Step>();
  step->submission.account_id = context_.state.account_id();
  step->submission.caller = {.type = ActorType::user, .id = context_.state.account()->owner_id.value};
  step->submission.commands.push_back(std::move(command));
  const auto tail_of = [this](const AccountId& stream) {
    if (!steps_.empty()) {
      const auto& tails = steps_.back()->trial->tails();
      if (const auto tail = tails.find(stream); tail != tails.end())
        return tail->second;
    }
    return stream == context_.state.account_id() ? StreamTail{context_.account_version, {}} : StreamTail{};
  };
  step->trial = std::make_unique<CommandTrial>(TrialBasis{.rows = rows(),
                                                          .tail_of = tail_of,
                                                          .ids = ids_,
                                                          .confirmations = confirmations_,
                                                          .now = context_.now,
                                                          .catalogue_position = context_.catalogue_position,
                                                          .sealer = sealer_ ? &*sealer_ : nullptr},
                                               step->submission);
  if (const auto refused = step->trial->decide_all()) {
    if (refused->rejection.code == RejectionCode::already_granted)  // it is so
      return std::nullopt;
    return invalid("", "cannot be so: " + refused->rejection.detail);
  }
  steps_.push_back(std::move(step));
  return std::nullopt;
}

QueryContext AssumedState::context() const {
  const auto* reader = sealer_ ? static_cast<const PersonalReader*>(&*sealer_) : context_.keys;
  state_.emplace(rows(), context_.state.account_id(), reader);
  return {.access = context_.access,
          .state = *state_,
          .position = context_.position,
          .account_version = context_.account_version,
          .account_position = context_.account_position,
          .catalogue_position = context_.catalogue_position,
          .log = context_.log,
          .parameters = context_.parameters,
          .path = context_.path,
          .content_type = context_.content_type,
          .body = context_.body,
          .policy = context_.policy,
          .webhook_secrets = context_.webhook_secrets,
          .keys = context_.keys,
          .page = context_.page,
          .views = context_.views,
          .read_manifest = context_.read_manifest,
          .past = context_.past,
          .now = context_.now};
}

Read<std::unique_ptr<AssumedState>> assume(const QueryContext& context, const Question& question) try {
  const auto* value = question.context.if_contains("assume");
  if (value == nullptr)
    return nullptr;
  if (!value->is_object())
    return tl::unexpected(invalid("", "must be an object."));
  if (!context.access.view && !context.access.auditor)
    return tl::unexpected(privilege_required("MarketPlace:Read"));
  auto commands = Reader(context, question, value->get_object()).read();
  if (!commands)
    return tl::unexpected(std::move(commands.error()));
  auto assumed = std::make_unique<AssumedState>(context);
  for (auto& command : *commands) {
    if (auto problem = assumed->take(std::move(command)))
      return tl::unexpected(std::move(*problem));
  }
  return assumed;
} catch (const SubjectKeysFailure& failure) {
  return tl::unexpected(to_problem(Failed{Failure::read_only, failure.what()}));
}

}  // namespace gatehouse::api::authzen

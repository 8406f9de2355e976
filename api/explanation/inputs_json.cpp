#include "api/explanation/inputs_json.hpp"

#include <map>

#include "api/event_json.hpp"
#include "api/explanation/row_json.hpp"
#include "api/json/described_writer.hpp"
#include "domain/gate.hpp"
#include "domain/row_writer.hpp"
#include "events/frame.hpp"
#include "projections/state_projection.hpp"

namespace gatehouse::api {

namespace {

constexpr char app_tag = 'C';
constexpr char scope_tag = 'S';
constexpr std::string_view client_tags = "KkHhO";  // clients, endpoints and lanes of webhooks

bool names_the_maker(std::string_view member) { return member == "developer_account_id" || member == "creator_id"; }

// What is not published is its own account's alone, even if somebody governs it still.
bool may_be_shown(const DecisionInput& input, const AccountId& account) {
  const auto& key = input.key;
  if (key.front() == scope_tag)
    return true;
  if (key.front() == app_tag)
    return !input.value || is_visible(unpack_row<AppRow>(*input.value), account);
  if (client_tags.find(key.front()) != std::string_view::npos)
    return false;
  return key.substr(1).starts_with(account.value + '\0');
}

// Events that set what decisions rest on. Many set several rows; each is read once.
class Setters {
 public:
  Setters(const EventLog& log, const AccountId& account) : log_(log), account_(account) {}

  void append(std::string& out, const SetMembers& set) {
    const auto& event = event_at(set.position);
    ObjectWriter object(out);
    object.member("position", set.position);
    if (event) {
      object.member("type", type_name_of(*event)).member("recorded_at", event->envelope.recorded_at);
      if (event->envelope.account_id == account_)
        object.member_if_any("actor_id", event->envelope.actor.id);
    }
    if (!set.members.empty())
      object.member("members", set.members);
  }

 private:
  const std::optional<RecordedEvent>& event_at(Position position) {
    const auto found = known_.find(position);
    if (found != known_.end())
      return found->second;
    const auto stored = log_.read_at(position);
    auto event = stored ? decode_frame(stored->frame) : tl::unexpected(FrameError{});
    return known_.emplace(position, event ? std::optional(std::move(*event)) : std::nullopt).first->second;
  }

  const EventLog& log_;
  const AccountId& account_;
  std::map<Position, std::optional<RecordedEvent>> known_;
};

}  // namespace

void append_inputs(std::string& out, const EventLog& log, const AccountId& account, const PersonalReader* reader,
                   std::span<const DecisionInput> inputs) {
  static const StateProjection state;
  Setters setters(log, account);
  ArrayWriter list(out);
  for (const auto& input : inputs) {
    if (!may_be_shown(input, account))
      continue;
    const bool hides_maker = input.key.front() == app_tag && input.value && !is_own_app(*input.value, account);
    ObjectWriter object(list.next());
    object.member("row", describe_key(state.shapes(), input.key));
    auto& value = object.key("value");
    input.value ? append_row(value, input.key, *input.value, account, reader) : void(value.append("null"));
    {
      ArrayWriter events(object.key("set_by"));
      for (auto set : input.set_by) {
        if (hides_maker)
          std::erase_if(set.members, names_the_maker);
        setters.append(events.next(), set);
      }
    }
    if (input.others_until.value > 0)
      object.member("others_until", input.others_until);
  }
}

}  // namespace gatehouse::api

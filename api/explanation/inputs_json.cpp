#include "api/explanation/inputs_json.hpp"

#include <map>

#include "api/event_json.hpp"
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

bool is_own(const AppRow& app, const AccountId& account) {
  return app.developer == DeveloperKind::account && app.developer_account_id == account;
}

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

// Who makes an app is nobody else's business.
bool names_the_maker(std::string_view line) {
  return line.starts_with("developer_account_id") || line.starts_with("creator_id");
}

void append_lines(std::string& out, std::string_view text, bool whole) {
  ArrayWriter lines(out);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    if (end > 0 && (whole || !names_the_maker(line)))
      lines.element(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// What set rows of many; each event is read once.
class Setters {
 public:
  Setters(const EventLog& log, const AccountId& account) : log_(log), account_(account) {}

  void append(std::string& out, Position position) {
    auto found = known_.find(position);
    if (found == known_.end())
      found = known_.emplace(position, text_of(position)).first;
    out.append(found->second);
  }

 private:
  std::string text_of(Position position) const {
    std::string text;
    append_setter(text, position);
    return text;
  }

  void append_setter(std::string& out, Position position) const {
    ObjectWriter object(out);
    object.member("position", position);
    const auto stored = log_.read_at(position);
    const auto event = stored ? decode_frame(stored->frame) : tl::unexpected(FrameError{});
    if (!event)
      return;
    object.member("type", type_name_of(*event)).member("recorded_at", event->envelope.recorded_at);
    if (event->envelope.account_id == account_)
      object.member_if_any("actor_id", event->envelope.actor.id);
  }

  const EventLog& log_;
  const AccountId& account_;
  std::map<Position, std::string> known_;
};

}  // namespace

void append_inputs(std::string& out, const EventLog& log, const AccountId& account,
                   std::span<const DecisionInput> inputs) {
  static const StateProjection state;
  Setters setters(log, account);
  ArrayWriter list(out);
  for (const auto& input : inputs) {
    if (!may_be_shown(input, account))
      continue;
    ObjectWriter object(list.next());
    object.member("row", describe_key(state.shapes(), input.key));
    if (!input.value) {
      object.key("value").append("null");
      continue;
    }
    const bool whole = input.key.front() != app_tag || is_own(unpack_row<AppRow>(*input.value), account);
    append_lines(object.key("value"), describe_value(state.shapes(), input.key, *input.value), whole);
    setters.append(object.key("set_by"), input.set_by);
  }
}

}  // namespace gatehouse::api

#include "fuzz/body_mutation.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <random>
#include <vector>

#include "domain/limits.hpp"

namespace gatehouse::fuzz {

namespace {

namespace json = boost::json;

using Words = std::vector<std::string_view>;

// Values that mean something to the company, by the member that takes them.
const Words& words_of(std::string_view member) {
  static const Words apps{"draft", "ready", "notes", "tool", "paused", "barred", "rooms", "displays", "own", "new"};
  static const Words people{"owner", "admin", "ann", "bob", "cid", "eve", "fay"};
  static const Words groups{"sales", "empty", "law"};
  static const Words roles{"owner", "admin", "member", "reviewer", "buyer"};
  static const Words emails{"ann@acme.example", "guest@partner.example", " Ann@Acme.example", "new@acme.example", "nobody"};
  static const Words choices{"everyone",   "selected", "requesters", "pre_approval", "install",  "production", "development", "user",
                             "account",    "self",     "public",     "unlisted",     "platform", "third_party", "yes"};
  static const Words privileges{"MarketPlace:Read", "MarketPlace:Edit", "User:Read", "User:Edit", "Role:Edit", "Group:Edit"};
  if (member == "app_id") return apps;
  if (member.starts_with("user_id") || member == "recipients") return people;
  if (member.starts_with("group_id")) return groups;
  if (member == "role_id" || member == "role" || member == "id") return roles;
  if (member.starts_with("email")) return emails;
  return member.starts_with("privilege") ? privileges : choices;
}

// A place in the document, and the member that it belongs to.
struct Leaf {
  json::value* value{};
  std::string_view member;
};

class Change {
 public:
  Change(json::object& body, std::uint32_t seed) : random_(seed) { visit(body); }

  void apply() {
    switch (below(6)) {
      case 0: return reorder();
      case 1: return leave_out();
      case 2: return lengthen();
      default: return replace();
    }
  }

 private:
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  void visit(json::value& value, std::string_view member) {
    if (auto* object = value.if_object()) return visit(*object);
    if (auto* list = value.if_array()) {
      lists_.push_back({&value, member});
      for (auto& element : *list) visit(element, member);
    } else if (member != "type") {
      leaves_.push_back({&value, member});
    }
  }
  void visit(json::object& object) {
    objects_.push_back(&object);
    for (auto& member : object) visit(member.value(), {member.key().data(), member.key().size()});
  }

  void replace() {
    if (leaves_.empty()) return;
    const auto& leaf = leaves_[below(leaves_.size())];
    if (leaf.value->is_bool()) {
      leaf.value->get_bool() = !leaf.value->get_bool();
    } else {
      const auto& words = words_of(leaf.member);
      *leaf.value = json::string(words[below(words.size())]);
    }
  }

  void leave_out() {
    auto& object = *objects_[below(objects_.size())];
    if (!object.empty()) object.erase(object.begin() + static_cast<std::ptrdiff_t>(below(object.size())));
  }

  // Commands of a batch, or values of a list.
  void reorder() {
    if (lists_.empty()) return;
    auto& list = lists_[below(lists_.size())].value->get_array();
    if (list.empty()) return;
    const auto one = below(list.size());
    if (below(2) == 0) {
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(one));
    } else {
      std::swap(list[one], list[below(list.size())]);
    }
  }

  void lengthen() {
    if (lists_.empty()) return;
    const auto& [value, member] = lists_[below(lists_.size())];
    auto& list = value->get_array();
    if (member == "commands" && !list.empty()) {
      const json::value again = list[below(list.size())];
      list.push_back(again);
    } else {
      const auto& words = words_of(member);
      list.push_back(json::string(words[below(words.size())]));
    }
  }

  std::mt19937 random_;
  std::vector<json::object*> objects_;
  std::vector<Leaf> leaves_;
  std::vector<Leaf> lists_;
};

std::optional<json::object> object_of(std::string_view body) {
  json::error_code error;
  auto value = json::parse({body.data(), body.size()}, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::optional<std::string> text_of(const json::object& body, std::size_t bytes_max) {
  auto text = json::serialize(body);
  return text.size() <= bytes_max ? std::optional(std::move(text)) : std::nullopt;
}

void add_commands(json::array& commands, json::object&& body) {
  auto* batch = body.if_contains("commands");
  if (batch != nullptr && batch->is_array()) {
    for (auto& command : batch->get_array()) commands.push_back(std::move(command));
  } else {
    commands.push_back(std::move(body));
  }
}

}  // namespace

std::optional<std::string> change_body(std::string_view body, std::size_t bytes_max, std::uint32_t seed) {
  auto object = object_of(body);
  if (!object) return std::nullopt;
  Change(*object, seed).apply();
  return text_of(*object, bytes_max);
}

std::optional<std::string> join_bodies(std::string_view first, std::string_view second, std::size_t bytes_max) {
  auto one = object_of(first);
  auto other = object_of(second);
  if (!one || !other) return std::nullopt;
  json::array commands;
  add_commands(commands, std::move(*one));
  add_commands(commands, std::move(*other));
  if (commands.size() > limits::commands_per_batch_max) return std::nullopt;
  return text_of({{"commands", std::move(commands)}}, bytes_max);
}

}  // namespace gatehouse::fuzz

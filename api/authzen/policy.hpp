// What AuthZEN clients ask (OpenID AuthZEN Authorization API 1.0), and who answers it. The endpoints speak the protocol; a policy decides.
#pragma once
#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/query.hpp"

namespace gatehouse::api::authzen {

struct Entity {
  std::string type;
  std::string id;  // empty where it is what a search looks for
  boost::json::object properties;
};

struct Action {
  std::string name;
  boost::json::object properties;
};

struct Question {
  Entity subject;
  Action action;
  Entity resource;
  boost::json::object context;
};

struct Verdict {
  bool decision{};
  std::string context{};  // a JSON object; empty: none
};

// A part of what was found: ids of the type that was asked for, or names of actions.
struct Found {
  std::vector<std::string> names;
  std::string next;  // leads on; empty: that was all
};

struct SearchRange {
  std::string after;  // `next` of the part before, or empty
  std::size_t limit{};
};

// Plain functions of the rows in the context, as queries are: they neither wait nor call out. Any thread.
class Policy {
 public:
  virtual ~Policy() = default;

  // Whether the caller may ask this at all; `searches_subjects` when it is about everybody.
  [[nodiscard]] virtual std::optional<Problem> refuse_caller(const QueryContext& context, const Question& question,
                                                             bool searches_subjects) const = 0;
  [[nodiscard]] virtual Verdict evaluate(const QueryContext& context, const Question& question) const = 0;
  // Who may do it, what it may be done to, what may be done. Unknown types, ids and actions find nothing.
  [[nodiscard]] virtual Found subjects(const QueryContext& context, const Question& question,
                                       const SearchRange& range) const = 0;
  [[nodiscard]] virtual Found resources(const QueryContext& context, const Question& question,
                                        const SearchRange& range) const = 0;
  [[nodiscard]] virtual Found actions(const QueryContext& context, const Question& question,
                                      const SearchRange& range) const = 0;
};

}  // namespace gatehouse::api::authzen

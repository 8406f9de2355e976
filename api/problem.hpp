// Any refusal or failure as an RFC 9457 problem document: the one place where they become HTTP. Status, title and page of a
// code come from api/problem_kinds.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "api/json/described_writer.hpp"
#include "events/envelope.hpp"
#include "http/message.hpp"

namespace gatehouse::api {

struct Problem {
  std::string_view code;     // one of problem_kinds(); lives as long as the program
  std::string detail;        // a sentence about this very case
  unsigned status{};         // 0: the code's own
  bool is_clients_own{};     // whatever the status: nothing that the server failed at
  std::string extensions{};  // further members as JSON text, without braces
  std::vector<http::ResponseHeader> headers{};

  template <class T>
  Problem& with(std::string_view name, const T& value) & {
    append_key(extensions, name);
    append_json(extensions, value);
    return *this;
  }
  template <class T>
  Problem&& with(std::string_view name, const T& value) && {
    with(name, value);
    return std::move(*this);
  }
};

// With the headers that the code obliges to: Retry-After, or WWW-Authenticate for the two 401s.
[[nodiscard]] Problem make_problem(std::string_view code, std::string detail);
[[nodiscard]] Problem insufficient_scope(std::string_view scope);
[[nodiscard]] Problem privilege_required(std::string_view privilege);
// An account's; `position` as it stands in the path.
[[nodiscard]] Problem no_event_at(std::string_view position);
// `what` names a position after `end`, the last one that there is.
[[nodiscard]] Problem position_beyond_end(std::string_view what, Position end);
// What a client wanted to wait for did not happen in time.
[[nodiscard]] Problem position_still_to_come();
[[nodiscard]] Problem invalid_parameter(std::string_view parameter, std::string detail);

struct ProblemSetting {
  std::string help_url = "/docs#help";  // the member `help` of every problem document (R46)
  std::string base_path{};  // of public_url: what clients ask for before our own paths, and a proxy takes away
};

// `instance` is the request's path, as it was sent; empty: none. What is no reference to anything (RFC 3986) is left out.
[[nodiscard]] std::string problem_document(const Problem& problem, std::string_view instance,
                                           const ProblemSetting& setting = {});
[[nodiscard]] http::Response to_response(Problem problem, std::string_view instance,
                                         const ProblemSetting& setting = {});

}  // namespace gatehouse::api

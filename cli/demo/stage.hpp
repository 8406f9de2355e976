// What the chapters of the demonstration share: who acts, on which account, how a step is told, and what counts as a surprise. Every answer is
// checked; the first one that is not as the rules say throws Surprise.
#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "cli/demo/client.hpp"

namespace gatehouse::demo {

class Surprise : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Stage {
 public:
  // Mints a bearer token for a user of the account, or for a service with a scope ("platform", "directory", "auditor").
  using Mint = std::function<std::string(const std::string& subject, const std::string& account_id, const std::string& scope)>;

  Stage(Client& client, Mint mint, std::string account_id, std::ostream& out);

  [[nodiscard]] const std::string& account_id() const { return account_id_; }
  void chapter(std::string_view title);
  void tell(std::string_view line);  // one step that went as it should

  // A command by a person (through the account's door) or by the platform; answers the result after checking the status.
  boost::json::object command(const std::string& person, const boost::json::object& body, unsigned status = 200);
  boost::json::object platform(const boost::json::object& body, unsigned status = 200);
  // The same, refused with this code.
  boost::json::object refused(const std::string& person, const boost::json::object& body, unsigned status, std::string_view code);
  // Destructive commands: first the impact, then with the confirmation. Answers the confirmed command's answer.
  boost::json::object confirmed(const std::string& person, boost::json::object body);
  // A query below /v1/accounts/{a}.
  boost::json::object query(const std::string& person, const std::string& path, unsigned status = 200);
  boost::json::object audit(const std::string& path);

  // Compares a member, named by a JSON pointer, with what it must be.
  void expect(const boost::json::object& answer, std::string_view pointer, const boost::json::value& wanted);
  [[nodiscard]] int steps() const { return steps_; }

 private:
  const std::string& token_of(const std::string& person);
  boost::json::object checked(const Answer& answer, unsigned status, std::string_view what);

  Client& client_;
  Mint mint_;
  std::string account_id_;
  std::ostream& out_;
  std::map<std::string, std::string> tokens_;
  int steps_ = 0;
};

[[nodiscard]] std::string text_at(const boost::json::object& answer, std::string_view pointer);

}  // namespace gatehouse::demo

#include "cli/demo/stage.hpp"

#include <boost/json/serialize.hpp>

namespace gatehouse::demo {

namespace {

std::string shown(const boost::json::value& value) { return boost::json::serialize(value); }

std::string type_of(const boost::json::object& body) {
  const auto* type = body.if_contains("type");
  return type != nullptr && type->is_string() ? std::string(type->get_string()) : "batch";
}

}  // namespace

Stage::Stage(Client& client, Mint mint, std::string account_id, std::ostream& out)
    : client_(client), mint_(std::move(mint)), account_id_(std::move(account_id)), out_(out) {}

void Stage::chapter(std::string_view title) { out_ << "\n" << title << "\n"; }

void Stage::tell(std::string_view line) {
  ++steps_;
  out_ << "  " << line << "\n";
}

boost::json::object Stage::command(const std::string& person, const boost::json::object& body, unsigned status) {
  const auto answer = client_.post(token_of(person), "/v1/accounts/" + account_id_ + "/commands", body);
  return checked(answer, status, type_of(body) + " by " + person);
}

boost::json::object Stage::platform(const boost::json::object& body, unsigned status) {
  return checked(client_.post(token_of("platform"), "/v1/platform/commands", body), status, type_of(body) + " by the platform");
}

boost::json::object Stage::refused(const std::string& person, const boost::json::object& body, unsigned status, std::string_view code) {
  auto problem = command(person, body, status);
  expect(problem, "/code", boost::json::string(code));
  return problem;
}

boost::json::object Stage::confirmed(const std::string& person, boost::json::object body) {
  const auto problem = refused(person, body, 409, "confirmation_required");
  tell("\"" + type_of(body) + "\" wants a confirmation first: it would hit " + shown(problem.at("impact")));
  body["confirmation"] = problem.at("confirmation_token");
  return command(person, body);
}

boost::json::object Stage::query(const std::string& person, const std::string& path, unsigned status) {
  return checked(client_.get(token_of(person), "/v1/accounts/" + account_id_ + path), status, "GET " + path + " by " + person);
}

boost::json::object Stage::audit(const std::string& path) { return query("auditor", path); }

void Stage::expect(const boost::json::object& answer, std::string_view pointer, const boost::json::value& wanted) {
  boost::json::error_code error;
  const boost::json::value whole(answer);
  const auto* found = whole.find_pointer(pointer, error);
  if (found == nullptr || *found != wanted) {
    throw Surprise(std::string(pointer) + " should be " + shown(wanted) + " but the answer is " + shown(whole));
  }
}

const std::string& Stage::token_of(const std::string& person) {
  auto& token = tokens_[person];
  if (token.empty()) {
    const bool service = person == "platform" || person == "auditor" || person == "directory";
    token = mint_(person, person == "platform" ? "" : account_id_, service ? person : "");
  }
  return token;
}

boost::json::object Stage::checked(const Answer& answer, unsigned status, std::string_view what) {
  if (answer.status != status) {
    throw Surprise(std::string(what) + " should answer " + std::to_string(status) + " but answers " + std::to_string(answer.status) + " " +
                   shown(answer.body) + (answer.status == 401 ? "\nIs --data the folder of the server at --url?" : ""));
  }
  if (!answer.body.is_object()) throw Surprise(std::string(what) + " should answer a JSON object");
  return answer.body.get_object();
}

std::string text_at(const boost::json::object& answer, std::string_view pointer) {
  boost::json::error_code error;
  const boost::json::value whole(answer);
  const auto* found = whole.find_pointer(pointer, error);
  if (found == nullptr || !found->is_string()) throw Surprise("no text at " + std::string(pointer) + " in " + shown(whole));
  return std::string(found->get_string());
}

}  // namespace gatehouse::demo

#include "tests/faults/workload.hpp"

#include <boost/json/object.hpp>
#include <iterator>
#include <stdexcept>
#include <thread>
#include <utility>

namespace gatehouse::faults {

using system_test::account_commands;

constexpr std::size_t repeated_max = 200;  // of those that were acknowledged

std::string code_of(const Answer& answer) {
  const auto body = system_test::json_of(answer);
  const auto* object = body.if_object();
  const auto* code = object == nullptr ? nullptr : object->if_contains("code");
  return code == nullptr || !code->is_string() ? std::string() : std::string(code->as_string());
}

void Workload::begin(const ServerProcess& server) {
  tokens_ = system_test::open_marketplace(server);
  ApiClient client(server.port());
  if (!history_.read_on(client, tokens_["auditor"]))
    throw std::runtime_error(history_.failure());
  history_.forget();
}

Answer Workload::send(ApiClient& client, const Attempt& attempt) const {
  return client.post(tokens_.find(attempt.caller)->second, account_commands, attempt.body, attempt.key);
}

std::vector<Sent> Workload::run(const ServerProcess& server, std::size_t clients,
                                const std::function<bool(const Sent&)>& done) {
  const auto run = ++runs_;
  std::vector<std::vector<Sent>> parts(clients);
  std::vector<std::thread> threads;
  for (std::size_t index = 0; index < clients; ++index) {
    threads.emplace_back([&, index] {
      system_test::RandomCommands commands(seed_ + run * 100 + index,
                                           "r" + std::to_string(run) + "c" + std::to_string(index));
      ApiClient client(server.port());
      do {
        auto attempt = commands.next();
        auto answer = send(client, attempt);
        parts[index].push_back({std::move(attempt), std::move(answer)});
      } while (parts[index].back().answer.status != 0 && !done(parts[index].back()));
    });
  }
  for (auto& thread : threads)
    thread.join();
  std::vector<Sent> sent;
  for (auto& part : parts)
    std::move(part.begin(), part.end(), std::back_inserter(sent));
  all_.insert(all_.end(), sent.begin(), sent.end());
  return sent;
}

Sent Workload::one(const ServerProcess& server) {
  const auto id = "one-" + std::to_string(++runs_);
  Sent sent{{"directory", R"({"type":"AddMember","user_id":")" + id + R"(","email":")" + id + R"(@example.com"})", id},
            {}};
  ApiClient client(server.port());
  sent.answer = send(client, sent.attempt);
  all_.push_back(sent);
  return sent;
}

// What came to nothing is sent again: with the same key it has its effect once. What the server said had not run must not have run.
std::string Workload::settle(ApiClient& client, Sent& sent) {
  if (sent.answer.status != 0 && sent.answer.status < 500)
    return {};
  const bool may_have_run = sent.answer.status == 0 || code_of(sent.answer) == "outcome_unknown";
  if (!may_have_run && sent.answer.status != 503)
    return "answered by " + sent.answer.head + sent.answer.body;
  const auto before = code_of(sent.answer);
  sent.answer = send(client, sent.attempt);
  if (sent.answer.status == 0 || sent.answer.status >= 500)
    return "its repetition is answered by " + sent.answer.head + sent.answer.body;
  if (!may_have_run && sent.answer.header("Idempotency-Replayed") == "true")
    return "refused with " + before + ", and yet it has run";
  return {};
}

std::string Workload::prove(const ServerProcess& server) {
  ApiClient client(server.port());
  for (auto& sent : all_) {
    if (auto fault = settle(client, sent); !fault.empty())
      return fault + "\nof " + sent.attempt.body;
  }
  const auto stride = 1 + all_.size() / repeated_max;
  for (std::size_t index = 0; index < all_.size(); index += stride) {
    const auto& sent = all_[index];
    if (sent.answer.status != 200)
      continue;
    const auto again = send(client, sent.attempt);
    if (again.status != 200 || again.body != sent.answer.body)
      return "repeated " + sent.attempt.body + ": " + again.head + again.body + "\nbut before\n" + sent.answer.body;
  }
  if (!history_.read_on(client, tokens_["auditor"]))
    return history_.failure();
  for (const auto& sent : all_) {
    if (sent.answer.status == 200 && !history_.claim(sent.answer))
      return history_.failure() + "\nof " + sent.attempt.body;
    acknowledged_ += sent.answer.status == 200 ? 1 : 0;
  }
  all_.clear();
  return history_.unclaimed() == 0 ? "" : "an event that no command made: " + history_.first_unclaimed();
}

std::string Workload::verify(const ServerProcess& server) {
  const auto verified = system_test::run_gatehouse({"replay", "verify", "--data", server.data().string()});
  return verified.exit_code == 0 ? "" : verified.output;
}

}  // namespace gatehouse::faults

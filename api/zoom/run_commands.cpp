#include "api/zoom/run_commands.hpp"

#include <algorithm>

#include "api/command_problem.hpp"
#include "api/etag.hpp"
#include "api/submissions.hpp"
#include "domain/state.hpp"

namespace gatehouse::api::zoom {

namespace {

constexpr int confirmations_max = 3;  // what the command hits may change between asking and confirming

template <class T>
concept Confirmable = requires(T command) {
  command.confirmation;
};

void confirm(Command& command, const std::string& token) {
  std::visit(
      [&](auto& which) {
        if constexpr (Confirmable<std::remove_cvref_t<decltype(which)>>)
          which.confirmation = token;
      },
      static_cast<Command::Alternatives&>(command));
}

class Run : public std::enable_shared_from_this<Run> {
 public:
  Run(const Services& services, ExchangePointer exchange, std::vector<Command> commands, Answer answer)
      : services_(services), exchange_(std::move(exchange)), commands_(std::move(commands)),
        answer_(std::move(answer)) {}

  void submit() {
    const auto caller = caller_of(services_, exchange_->entry());
    if (!caller)
      return exchange_->refuse(caller.error());
    if (exchange_->request().headers.find("If-None-Match")) {
      // Ignored, it would be believed.
      return exchange_->refuse(make_problem("invalid_precondition",
                                            "Nothing below /v2 is changed on condition that something is not there."));
    }
    Submission submission;
    submission.account_id = exchange_->entry().account->id();
    submission.caller = *caller;
    submission.commands = commands_;
    auto versions = versions_wanted();
    if (!versions)
      return exchange_->refuse(std::move(versions.error()));
    submission.if_match = std::move(*versions);
    submission.correlation_id = correlation_of(*exchange_);
    // The commit thread must go on to the next group: another thread writes the answer.
    services_.commands.submit(std::move(submission), [self = shared_from_this()](Outcome outcome) {
      auto shared = std::make_shared<Outcome>(std::move(outcome));
      self->services_.workers.post([self, shared] { self->conclude(*shared); });
    });
  }

 private:
  // What If-Match demands. Tags of the vendor's API are of account and catalogue; a command about an app itself then goes by the app's own version, so that of two who read
  // the same one comes first.
  [[nodiscard]] tl::expected<std::vector<std::uint64_t>, Problem> versions_wanted() const {
    const auto field = exchange_->request().headers.list("If-Match");
    if (!field)
      return std::vector<std::uint64_t>();
    const auto snapshot = services_.log.state();
    const auto& account = exchange_->entry().account->id();
    auto versions = parse_if_match(*field, snapshot->stream_head(catalogue_stream).value_or(StreamHead{}).position);
    const auto* app_id = commands_.size() == 1 ? app_changed(commands_.front()) : nullptr;
    if (!versions || versions->empty() || app_id == nullptr)
      return versions;
    const auto account_version = snapshot->stream_head(account).value_or(StreamHead{}).version;
    const auto app = State(*snapshot, account).app(*app_id);
    const bool is_now = app && std::ranges::find(*versions, account_version) != versions->end();
    return std::vector<std::uint64_t>{is_now ? app->version : no_version};
  }
  static const AppId* app_changed(const Command& command) {
    if (const auto* update = std::get_if<UpdateManifest>(&command))
      return &update->app_id;
    const auto* withdrawal = std::get_if<WithdrawApp>(&command);
    return withdrawal != nullptr ? &withdrawal->app_id : nullptr;
  }

  void conclude(const Outcome& outcome) {
    if (const auto* committed = std::get_if<Committed>(&outcome))
      return exchange_->answer(answer_(*committed));
    const auto* refused = std::get_if<Refused>(&outcome);
    if (refused != nullptr && !refused->rejection.confirmation_token.empty() && confirmations_++ < confirmations_max) {
      confirm(commands_.at(refused->command_index), refused->rejection.confirmation_token);
      return submit();
    }
    exchange_->refuse(refused != nullptr ? to_problem(refused->rejection) : to_problem(std::get<Failed>(outcome)));
  }

  const Services& services_;
  ExchangePointer exchange_;
  std::vector<Command> commands_;
  Answer answer_;
  int confirmations_ = 0;
};

}  // namespace

void run_commands(const Services& services, ExchangePointer exchange, std::vector<Command> commands, Answer answer) {
  std::make_shared<Run>(services, std::move(exchange), std::move(commands), std::move(answer))->submit();
}

http::Response no_content(const Committed& /*committed*/) { return {.status = 204}; }

}  // namespace gatehouse::api::zoom

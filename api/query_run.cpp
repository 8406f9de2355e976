#include "api/query_run.hpp"

#include "api/change_stream.hpp"
#include "api/followed_list.hpp"
#include "api/media_type.hpp"
#include "api/query.hpp"
#include "api/query_basis.hpp"
#include "api/query_response.hpp"
#include "api/route.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {
namespace {

using Clock = std::chrono::steady_clock;

Problem behind() { return make_problem("projection_behind", "The read model did not reach the position in time."); }

class QueryRun : public std::enable_shared_from_this<QueryRun> {
 public:
  QueryRun(const Services& services, ExchangePointer exchange)
      : services_(&services), exchange_(std::move(exchange)), basis_(route()) {}

  void begin() {
    now_ = services_->clock();
    take_snapshot();
    if (const auto kept = find_kept())
      return answer(*kept);
    if (auto problem = prepare())
      return fail(std::move(*problem));
    if (!time_is_over_)
      return begin_again();
    deadline_ = Clock::now() + services_->projection_wait;
    long_poll_end_ = Clock::now() + std::chrono::seconds(parameters_.number("wait").value_or(0));
    if (route().takes_long && !(turn_ = services_->lanes.take_turn()))
      return fail(make_problem("busy", "Other long questions are being answered."));
    if (basis_.is_of_past() || route().takes_long)
      lane().post([self = shared_from_this()] { self->begin_on_lane(); });
    else
      wait_for_log();
  }

 private:
  // A stream that has begun ends: the client connects again, and is told then.
  void fail(Problem problem) {
    if (stream_)
      return stream_.reset();
    exchange_->refuse(std::move(problem));
  }

  void begin_on_lane() {
    services_->stopping ? fail(make_problem("stopping", "The question was not looked at.")) : wait_for_log();
  }
  bool hung_up() const { return exchange_->request().hung_up && *exchange_->request().hung_up; }
  const Route& route() const { return *exchange_->entry().route; }

  Workers& lane() const {
    if (route().takes_long)
      return services_->lanes.lengthy();
    return basis_.is_of_past() ? services_->lanes.past() : services_->workers;
  }

  std::optional<Problem> prepare() {
    if (auto problem = enter())
      return problem;
    const auto& entry = exchange_->entry();
    if (const auto allowed = check_access(*access_, route().who); !allowed)
      return allowed.error();
    if (!entry.path.all_valid_ids())
      return make_problem(route().missing, "There is nothing of this name.");
    auto parameters = check_parameters(entry);
    if (!parameters)
      return parameters.error();
    parameters_ = std::move(*parameters);
    if (auto problem = prepare_moment())
      return problem;
    return prepare_page();
  }

  void take_snapshot() { basis_.take_snapshot(services_->log, exchange_->entry().account->id(), services_->keys); }

  KeptAnswers::Question question() const { return {exchange_->entry().claims, exchange_->request().target}; }
  KeptAnswers::Versions versions() const { return {basis_.account().version, basis_.catalogue().position}; }
  std::shared_ptr<const QueryAnswer> find_kept() const {
    return route().keeps_answers ? services_->kept_answers.find(question(), versions()) : nullptr;
  }

  std::optional<Problem> enter() {
    auto access = access_for_query(*exchange_, basis_.present());
    if (!access)
      return access.error();
    access_ = std::move(*access);
    return std::nullopt;
  }

  std::optional<Problem> prepare_moment() {
    const auto as_of = as_of_asked(*exchange_, parameters_, basis_.head());
    if (!as_of)
      return as_of.error();
    if (!*as_of)
      return std::nullopt;
    // Before the log is looked at: what was recorded by then is in it from now on.
    const auto now = services_->commands.now();
    if (const auto* time = std::get_if<Timestamp>(&**as_of); time != nullptr && *time < now)
      time_is_over_ = services_->commands.is_over(*time);
    const auto moment = moment_of(*exchange_, services_->log, **as_of, basis_.head(), now);
    if (!moment)
      return moment.error();
    basis_.look_back_to(*moment);
    return std::nullopt;
  }

  // Commands that were decided by the time that is asked about are still being written: soon.
  void begin_again() {
    const auto now = Clock::now();
    if (deadline_ == Clock::time_point())
      deadline_ = now + services_->projection_wait;
    const auto again = [self = shared_from_this()](bool) { self->services_->workers.post([self] { self->begin(); }); };
    if (now >= deadline_ || services_->stopping ||
        !services_->watch.wait_for({basis_.head().value + 1}, now, now + std::chrono::milliseconds(5), again))
      fail(make_problem("projection_behind", "What was decided by then is not known to be written yet."));
  }

  std::optional<Problem> prepare_page() {
    auto page = page_asked(*exchange_, parameters_, services_->page_tokens, now_);
    if (!page)
      return page.error();
    page_ = std::move(*page);
    return std::nullopt;
  }

  // A position still to come: nothing but time can bring it.
  void wait_for_log() {
    const Position wanted{parameters_.number("min_position").value_or(0)};
    if (wanted <= basis_.head() || basis_.is_of_past())
      return wait_for_projections();
    const auto again = [self = shared_from_this()](bool reached) {
      self->lane().post([self, reached] { reached ? self->look_again() : self->fail(position_still_to_come()); });
    };
    if (!services_->watch.wait_for(wanted, Clock::now(), deadline_, again))
      fail(behind());
  }

  Position needed() const { return basis_.needed({parameters_.number("min_position").value_or(0)}, is_eventual()); }
  bool is_eventual() const { return parameters_.text("consistency") == "eventual"; }

  // At once as long as they are far enough, from a worker otherwise.
  void wait_for_projections() {
    while (const auto missing = basis_.missing()) {
      auto view = services_->projections.view(*missing);
      if (!view)
        return fail(behind());
      if (view->position < needed())
        return wait_for_projection(*missing);
      if (auto problem = basis_.add(std::move(*view), is_eventual()))
        return fail(std::move(*problem));
    }
    evaluate();
  }

  void wait_for_projection(std::string_view projection) {
    services_->projections.wait_for(projection, needed(), deadline_, [self = shared_from_this()](bool reached) {
      self->lane().post([self, reached] { reached ? self->wait_for_projections() : self->fail(behind()); });
    });
  }

  void evaluate() {
    const QueryContext context{.access = *access_,
                               .state = basis_.state(),
                               .position = basis_.is_of_past() ? basis_.position() : basis_.head(),
                               .account_version = basis_.account().version,
                               .account_position = basis_.account().position,
                               .catalogue_position = basis_.catalogue().position,
                               .log = services_->log,
                               .parameters = parameters_,
                               .path = exchange_->entry().path,
                               .content_type = exchange_->request().headers.find("Content-Type").value_or(""),
                               .body = exchange_->request().body,
                               .policy = services_->policy,
                               .webhook_secrets = services_->webhook_secrets,
                               .keys = services_->keys,
                               .page = page_,
                               .views = basis_.views(),
                               .read_manifest = services_->read_manifest,
                               .past = basis_.past_table(),
                               .now = basis_.time(now_)};
    const auto query = std::get<Query>(route().endpoint);
    if (exchange_->entry().stream)
      return show(look_at_list(query, context, page_));
    auto result = query(context);
    if (!result)
      return fail(std::move(result.error()));
    if (route().keeps_answers && !basis_.is_of_past() && !parameters_.number("min_position"))
      services_->kept_answers.keep(question(), versions(), *result);
    if (result->pending && poll_again())
      return;
    answer(std::move(*result));
  }

  // False when the time is up, so that what is known now is the answer.
  bool poll_again() {
    const auto earliest = Clock::now() + long_poll_pause;
    if (earliest >= long_poll_end_ || services_->stopping || hung_up())
      return false;
    const auto again = [self = shared_from_this()](bool) {
      self->services_->workers.post([self] { self->look_again(); });
    };
    const Position next{basis_.head().value + 1};
    return services_->watch.wait_for(next, earliest, long_poll_end_, again, exchange_->request().hung_up);
  }

  void look_again() {
    take_snapshot();
    if (auto problem = enter())
      return fail(std::move(*problem));
    ask_again();
  }

  void ask_again() {
    if (const auto allowed = check_access(*access_, route().who); !allowed)
      return fail(allowed.error());
    deadline_ = Clock::now() + services_->projection_wait;
    wait_for_projections();
  }

  void show(const tl::expected<FollowedList, Problem>& list) {
    if (!list)
      return fail(list.error());
    const auto position = basis_.position();
    if (!stream_)
      stream_ = begin_changes(*exchange_, route().stream_event);
    stream_->show(*list, position);
    shown_ = {.position = position,
              .head = basis_.head(),
              .account = basis_.account().version,
              .catalogue = basis_.catalogue().version};
    watch_for_changes();
  }

  // Holds no rows while it waits.
  void watch_for_changes() {
    access_.reset();
    basis_.release();
    const auto now = Clock::now();
    const auto look = [self = shared_from_this()](bool grown) {
      self->services_->workers.post([self, grown] { self->look_for_changes(grown); });
    };
    if (!services_->watch.wait_for({shown_.head.value + 1}, now + stream_->pause(), now + stream_heartbeat, look,
                                   exchange_->request().hung_up))
      stream_.reset();
  }

  void look_for_changes(bool grown) {
    const identity::UnixSeconds now{std::chrono::seconds{services_->clock().unix_ms / 1'000}};
    if (services_->stopping || stream_->abandoned() || hung_up() || exchange_->entry().claims->expired(now))
      return stream_.reset();
    if (!grown)
      stream_->beat(shown_.position);
    if (!grown || stream_->reader_is_slow())
      return watch_for_changes();
    take_snapshot();
    if (auto problem = enter())
      return fail(std::move(*problem));
    shown_.head = basis_.head();
    if (basis_.account().version == shown_.account && basis_.catalogue().version == shown_.catalogue)
      return watch_for_changes();
    ask_again();
  }

  void answer(QueryAnswer result) {
    exchange_->answer(query_response(std::move(result), basis_, route(), exchange_->request().headers, now_));
  }

  const Services* services_;
  ExchangePointer exchange_;
  QuestionLanes::Turn turn_;
  Timestamp now_;
  bool time_is_over_ = true;  // that the question is about, if it is about one
  Clock::time_point deadline_;
  Clock::time_point long_poll_end_;
  QueryBasis basis_;
  std::optional<Access> access_;
  Parameters parameters_;
  Page page_;
  std::unique_ptr<ChangeStream> stream_;  // of a list that is followed, once it has begun
  struct {
    Position position;  // up to which everything was told
    Position head;      // of the log when it was looked at last
    std::uint64_t account{};
    std::uint64_t catalogue{};
  } shown_;
};

}  // namespace

void run_query(const Services& services, ExchangePointer exchange) {
  std::make_shared<QueryRun>(services, std::move(exchange))->begin();
}

}  // namespace gatehouse::api

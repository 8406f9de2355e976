#include "api/feed/feed_run.hpp"

#include <algorithm>

#include "api/feed/feed_form.hpp"
#include "api/feed/feed_source.hpp"
#include "api/media_type.hpp"
#include "api/queries/event_filter.hpp"
#include "api/route.hpp"
#include "api/transparency/account_door.hpp"
#include "http/body_stream.hpp"
#include "sealing/sealed_events.hpp"

namespace gatehouse::api {

namespace {

constexpr std::chrono::milliseconds look_again_min{
    50};  // for its end, while what was decided by then is still being written
constexpr std::chrono::seconds passed_over_beat{1};  // until a client is told that there was nothing for it

class FeedRun : public std::enable_shared_from_this<FeedRun> {
 public:
  FeedRun(const Services& services, ExchangePointer exchange, FeedQuery query)
      : services_(services), exchange_(std::move(exchange)), account_(query.stream), form_(form_asked()),
        source_(services.log, std::move(query)) {
    ++services_.feeds.open;
  }
  ~FeedRun() { --services_.feeds.open; }
  FeedRun(const FeedRun&) = delete;
  FeedRun& operator=(const FeedRun&) = delete;

  void begin() {
    if (comes_again() && is_over()) {
      // It would come again and again (WHATWG HTML, 9.2.3).
      return exchange_->answer({.status = 204, .headers = {{"Cache-Control", "no-store"}}});
    }
    auto [writer, reader] = http::make_body_stream();
    writer_ = std::move(writer);
    exchange_->answer({.status = 200,
                       .content_type = std::string(media_type_of(form_)),
                       .headers = {{"Cache-Control", "no-store"}, {"Vary", "Authorization, Accept"}},
                       .body = std::move(reader)});
    std::string preamble;
    append_preamble(preamble, form_);
    writer_->append(preamble);
    post_go_on();
  }

 private:
  using Time = FeedThread::Time;

  [[nodiscard]] FeedForm form_asked() const {
    const auto accept = exchange_->request().headers.list("Accept").value_or("");
    return acceptance(accept, event_stream_type) >= acceptance(accept, json_lines_type) ? FeedForm::event_stream
                                                                                        : FeedForm::json_lines;
  }

  [[nodiscard]] bool comes_again() const {
    const auto last = exchange_->request().headers.find("Last-Event-ID");
    return last && !last->empty();
  }
  [[nodiscard]] bool time_is_over() const {
    const auto end = source_.end();
    return end && services_.commands.is_over({end->unix_ms - 1});
  }
  [[nodiscard]] bool is_over() const {
    const bool over = time_is_over();  // before the log is looked at
    const auto head = services_.log.stream_head(account_).value_or(StreamHead{}).version;
    return source_.is_over(source_.last_version(head, over), over);
  }

  // Who may no longer read, or whose token has expired, has to come again.
  [[nodiscard]] bool may_go_on(const State& state) const {
    const auto& claims = *exchange_->entry().claims;
    const identity::UnixSeconds now{std::chrono::seconds{services_.clock().unix_ms / 1'000}};
    if (services_.stopping || writer_->abandoned() || claims.expired(now))
      return false;
    const auto access = look_up_access(claims, *exchange_->entry().account, state);
    return access && check_access(*access, exchange_->entry().route->who);
  }

  // A page at a time, so that others get their turn; the next one when the connection has taken this one.
  // How many bytes of it there were.
  std::size_t go_on() {
    const bool over = time_is_over();  // before the log is looked at
    const auto snapshot = services_.log.state();
    if (!may_go_on(State(*snapshot, account_))) {
      writer_.reset();
      return 0;
    }
    const auto head = snapshot->stream_head(account_).value_or(StreamHead{});
    const auto last = source_.last_version(head.version, over);
    const auto before = source_.version();
    const auto text = next_text(last);
    writer_->append(*text);
    const bool caught_up = source_.version() >= last;
    if (text->empty() && source_.version() > before)
      next_beat_ = std::min(next_beat_, Time::clock::now() + passed_over_beat);
    if (caught_up && (!text->empty() || beat_is_due()))
      beat(snapshot->head());
    if (source_.is_over(last, over))
      writer_.reset();
    else
      caught_up ? wait_for_more(head.position) : wait_for_reader();
    return text->size();
  }

  [[nodiscard]] std::shared_ptr<const std::string> next_text(std::uint64_t head) {
    if (source_.is_plain() && source_.version() < head) {
      const auto end = std::min(head, source_.version() + feed_page_events);
      auto text = services_.feeds.pages.text(account_, source_.version(), end, form_);
      source_.pass(end);
      return text;
    }
    auto text = std::make_shared<std::string>();
    const auto audit = services_.projections.view(audit_projection);
    GATEHOUSE_ASSERT(audit.has_value());
    for (const auto& event : source_.next(head, {*audit->rows, audit->whole_up_to(account_)}))
      append_event(*text, form_, opened(services_.keys, event));
    return text;
  }

  [[nodiscard]] bool beat_is_due() const { return Time::clock::now() >= next_beat_; }

  void beat(Position position) {
    std::string text;
    append_heartbeat(text, form_, position);
    writer_->append(text);
    next_beat_ = Time::clock::now() + feed_heartbeat;
  }

  void wait_for_reader() {
    writer_->when_read([self = shared_from_this()] { self->post_go_on(); });
  }

  void wait_for_more(Position known) {
    services_.feeds.thread.post_when_grown(account_, known, next_look(), [self = shared_from_this()] {
      self->wait_for_reader();
      return std::size_t{};
    });
  }

  // Although nothing happens: for the next heartbeat, or because the end may have come.
  [[nodiscard]] Time next_look() const {
    const auto end = source_.end();
    if (!end)
      return next_beat_;
    const std::chrono::milliseconds left{end->unix_ms - services_.clock().unix_ms};
    return std::min(next_beat_,
                    Time::clock::now() + std::clamp<std::chrono::milliseconds>(left, look_again_min, feed_heartbeat));
  }

  void post_go_on() {
    services_.feeds.thread.post([self = shared_from_this()] { return self->go_on(); });
  }

  const Services& services_;
  ExchangePointer exchange_;
  const AccountId account_;
  const FeedForm form_;
  FeedSource source_;
  std::unique_ptr<http::BodyWriter> writer_;
  Time next_beat_{};
};

// What a client that comes again says it knows (WHATWG HTML, 9.2.4).
tl::expected<Position, Problem> place_of(const Exchange& exchange, const Parameters& parameters) {
  const auto last = exchange.request().headers.find("Last-Event-ID");
  if (!last || last->empty())
    return Position{parameters.number("after").value_or(0)};
  const auto position = parse_position(*last);
  if (!position)
    return tl::unexpected(make_problem("invalid_parameter", "Last-Event-ID must be the position of an event.")
                              .with("parameter", std::string_view("Last-Event-ID")));
  return *position;
}

// A feed has no pages, and is always at the log's head: what asks for something else would have no effect.
std::optional<Problem> parameter_of_lists_alone(const Parameters& parameters) {
  for (const std::string_view name : {"page_size", "next_page_token", "consistency", "min_position", "as_of"}) {
    if (parameters.text(name))
      return invalid_parameter(name, "A feed takes none: it goes on, in the order of the log, up to its limit.");
  }
  return std::nullopt;
}

}  // namespace

void follow_events(const Services& services, ExchangePointer exchange) {
  const auto entered = enter_account(services, *exchange);
  if (!entered)
    return exchange->refuse(entered.error());
  const auto& parameters = entered->parameters;
  if (auto problem = parameter_of_lists_alone(parameters))
    return exchange->refuse(std::move(*problem));
  auto filter = filter_of(parameters);
  if (!filter)
    return exchange->refuse(std::move(filter.error()));
  const auto after = place_of(*exchange, parameters);
  if (!after)
    return exchange->refuse(after.error());
  // Who knows more than the log, because it lost its end, must learn of it and not wait for positions that will come again with other events.
  if (const auto head = services.log.head(); *after > head)
    return exchange->refuse(position_beyond_end("the event to go on after", head));
  FeedQuery query{.stream = entered->account,
                  .filter = std::move(*filter),
                  .from = parameters.time("from"),
                  .to = parameters.time("to"),
                  .after = *after,
                  .limit = parameters.number("limit").value_or(UINT64_MAX)};
  std::make_shared<FeedRun>(services, std::move(exchange), std::move(query))->begin();
}

}  // namespace gatehouse::api

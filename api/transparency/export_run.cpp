#include "api/transparency/export_run.hpp"

#include <algorithm>
#include <array>

#include "api/media_type.hpp"
#include "api/route.hpp"
#include "api/transparency/account_door.hpp"
#include "api/transparency/export.hpp"
#include "http/body_stream.hpp"

namespace gatehouse::api {

namespace {

constexpr std::chrono::seconds checkpoint_wait_max{5};

ExportForm form_by(std::string_view accept) {
  constexpr std::array forms{ExportForm::ndjson, ExportForm::csv, ExportForm::cloudevents};
  return *std::ranges::max_element(forms, {}, [&](ExportForm form) { return acceptance(accept, media_type_of(form)); });
}

class ExportRun : public std::enable_shared_from_this<ExportRun> {
 public:
  ExportRun(const Services& services, ExchangePointer exchange, EnteredAccount entered)
      : services_(services), exchange_(std::move(exchange)), entered_(std::move(entered)),
        of_platform_(exchange_->entry().route->who == Who::platform),
        form_(form_by(exchange_->request().headers.list("Accept").value_or("*/*"))) {}

  void begin() {
    const auto deadline = transparency::LogTree::Time::clock::now() + checkpoint_wait_max;
    auto then = [self = shared_from_this()](bool reached) {
      self->services_.workers.post([self, reached] { self->start(reached); });
    };
    if (is_eventual(entered_))
      return then(true);
    services_.tree.wait_for_heads(entered_.head.position, deadline, std::move(then));
  }

 private:
  // A log that takes no commitment to heads now can be exported whole, and verified but for the accounts' newest events.
  [[nodiscard]] bool is_of_whole_log(const transparency::TreeView& tree) const {
    return of_platform_ && tree.head().size >= entered_.head.position.value;
  }

  void start(bool reached) {
    const auto tree = services_.tree.published();
    if (!tree || !(reached || is_of_whole_log(*tree)))
      return exchange_->refuse(behind_checkpoint(services_.tree));
    const Position after{entered_.parameters.number("after").value_or(0)};
    export_ =
        Export::of(services_.log, *tree, {of_platform_ ? AccountId() : entered_.account, after, form_, services_.keys});
    if (!export_)  // what is published knows nothing of it yet
      return exchange_->refuse(behind_checkpoint(services_.tree));
    if (export_->begins_beyond_end())
      return exchange_->refuse(position_beyond_end("after", export_->through()));
    answer();
  }

  void answer() {
    auto [writer, reader] = http::make_body_stream();
    writer_ = std::move(writer);
    exchange_->answer({.status = 200,
                       .content_type = std::string(media_type_of(form_)),
                       .headers = {{"Cache-Control", "no-store"},
                                   {"Vary", "Authorization, Accept"},
                                   {"Gatehouse-Position", std::to_string(export_->through().value)}},
                       .body = std::move(reader)});
    std::string head;
    export_->begin(head);
    writer_->append(head);
    go_on();
  }

  // A part at a time, so that others get their turn on the workers; the next one when the connection has taken this one.
  void go_on() {
    if (services_.stopping || writer_->abandoned())
      return writer_.reset();
    std::string part;
    const bool more = export_->write_part(part);
    if (!more)
      export_->end(part, to_text(services_.tree.sign(export_->manifest())));
    writer_->append(part);
    if (!more)
      return writer_.reset();
    writer_->when_read([self = shared_from_this()] { self->services_.workers.post([self] { self->go_on(); }); });
  }

  const Services& services_;
  ExchangePointer exchange_;
  EnteredAccount entered_;
  const bool of_platform_;
  const ExportForm form_;
  std::optional<Export> export_;
  std::unique_ptr<http::BodyWriter> writer_;
};

}  // namespace

void export_history(const Services& services, ExchangePointer exchange) {
  auto entered = enter_account(services, *exchange);
  if (!entered)
    return exchange->refuse(entered.error());
  std::make_shared<ExportRun>(services, std::move(exchange), std::move(*entered))->begin();
}

}  // namespace gatehouse::api

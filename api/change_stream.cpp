#include "api/change_stream.hpp"

#include <algorithm>
#include <functional>

#include "api/json/described_writer.hpp"
#include "api/media_type.hpp"

namespace gatehouse::api {

namespace {

// A client waits so long before it connects again.
constexpr std::string_view preamble = "retry: 2000\n\n";

void append_event(std::string& out, std::string_view event, Position position, std::string_view data) {
  out.append("id: ").append(std::to_string(position.value)).append("\nevent: ").append(event);
  out.append("\ndata: ").append(data).append("\n\n");
}

// An item is an object that begins with its id: {"request_id":"...", ...}. Ids need no escaping.
std::string_view id_of(std::string_view item) {
  const auto begin = item.find(":\"") + 2;
  return item.substr(begin, item.find('"', begin) - begin);
}

}  // namespace

ChangeStream::ChangeStream(std::unique_ptr<http::BodyWriter> writer, std::string_view event)
    : writer_(std::move(writer)), event_(event) {
  writer_->append(preamble);
}

void ChangeStream::tell_items(std::string& out, const QueryAnswer& page, Position position, Items& now) const {
  for (const auto& span : page.items) {
    const auto item = std::string_view(page.body).substr(span.at, span.size);
    const auto hash = std::hash<std::string_view>()(item);
    const auto id = id_of(item);
    const auto before = shown_.find(id);
    if (before == shown_.end() || before->second != hash)
      append_event(out, event_, position, item);
    now.emplace(id, hash);
  }
}

void ChangeStream::show(const FollowedList& list, Position position) {
  std::string out;
  Items now;
  for (const auto& page : list.pages)
    tell_items(out, page, position, now);
  for (const auto& [id, hash] : shown_) {
    if (now.contains(id))
      continue;
    std::string data;
    {
      ObjectWriter object(data);
      object.member("id", id);
      if (list.truncated)
        object.member("truncated", true);
    }
    append_event(out, "removed", position, data);
  }
  if (list.truncated != truncated_) {
    std::string data;
    ObjectWriter(data).member("truncated", list.truncated).member("followed", std::uint64_t{now.size()});
    append_event(out, "truncated", position, data);
  }
  shown_ = std::move(now);
  truncated_ = list.truncated;
  pause_ = std::clamp<std::chrono::nanoseconds>(stream_rest * list.took, stream_pause, stream_heartbeat / 2);
  writer_->append(out);
  beat(position);
}

void ChangeStream::beat(Position position) { writer_->append(": position " + std::to_string(position.value) + "\n\n"); }

std::unique_ptr<ChangeStream> begin_changes(Exchange& exchange, std::string_view event) {
  auto [writer, reader] = http::make_body_stream();
  exchange.answer({.status = 200,
                   .content_type = std::string(event_stream_type),
                   .headers = {{"Cache-Control", "no-store"}, {"Vary", "Authorization, Accept"}},
                   .body = std::move(reader)});
  return std::make_unique<ChangeStream>(std::move(writer), event);
}

}  // namespace gatehouse::api

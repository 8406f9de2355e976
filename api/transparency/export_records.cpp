#include "api/transparency/export_records.hpp"

#include <span>

#include "api/cloud_event.hpp"
#include "api/event_json.hpp"
#include "api/json/described_writer.hpp"
#include "events/frame.hpp"
#include "identity/base64.hpp"
#include "sealing/sealed_events.hpp"
#include "table/assert.hpp"

namespace gatehouse::api {

namespace {

constexpr std::string_view csv_header = "position,event_id,account_id,account_version,type,schema_version,recorded_at,"
                                        "actor_type,actor_id,actor_role,command_id,"
                                        "correlation_id,causation_id,data,frame,chain\n";

std::string in_base64(std::string_view bytes) {
  return identity::base64_encode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

// Numbers, identifiers and times need no quotes; a JSON text is taken out of its own.
template <class T>
std::string plain(const T& value) {
  if (is_absent(value))
    return {};
  std::string json;
  append_json(json, value);
  return json.starts_with('"') ? json.substr(1, json.size() - 2) : json;
}

std::string in_quotes(std::string_view text) {
  std::string field = "\"";
  for (const char character : text)
    field.append(character == '"' ? 2 : 1, character);
  return field + "\"";
}

void append_csv(std::string& out, const RecordedEvent& event) {
  const auto& envelope = event.envelope;
  std::string data;
  append_event_data(data, event);
  const auto fields = {plain(envelope.position),     plain(envelope.event_id),
                       plain(envelope.account_id),   plain(envelope.account_version),
                       type_name_of(event),          plain(event.schema_version),
                       plain(envelope.recorded_at),  plain(envelope.actor.type),
                       plain(envelope.actor.id),     plain(envelope.actor.role),
                       plain(envelope.command_id),   plain(envelope.correlation_id),
                       plain(envelope.causation_id), in_quotes(data)};
  for (const auto& field : fields)
    out.append(field).append(",");
}

// The object is left open.
void append_json_record(std::string& out, const RecordedEvent& event, ExportForm form) {
  form == ExportForm::ndjson ? append_event(out, event) : append_cloud_event(out, event);
  out.back() = ',';
}

}  // namespace

std::string_view media_type_of(ExportForm form) {
  switch (form) {
  case ExportForm::ndjson:
    return "application/x-ndjson";
  case ExportForm::csv:
    return "text/csv";
  case ExportForm::cloudevents:
    break;
  }
  return "application/cloudevents-batch+json";
}

void ExportRecords::begin(std::string& out) const {
  if (form_ == ExportForm::csv)
    out.append(csv_header);
  if (form_ == ExportForm::cloudevents)
    out.append("[\n");
}

void ExportRecords::add(std::string& out, const StoredEvent& event) {
  auto recorded = decode_frame(event.frame);
  GATEHOUSE_ASSERT(recorded.has_value());
  open_event(reader_, *recorded);
  const bool is_json = form_ != ExportForm::csv;
  const auto begin = out.size();
  if (is_json) {
    append_json_record(out, *recorded, form_);
    out.append("\"frame\":\"").append(in_base64(event.frame)).append("\"");
  } else {
    append_csv(out, *recorded);
    out.append(in_base64(event.frame));
  }
  chain_ = identity::sha256(std::string(tlog::as_bytes(chain_)).append(out, begin));
  ++count_;
  out.append(is_json ? ",\"chain\":\"" : ",").append(tlog::to_base64(chain_)).append(is_json ? "\"}" : "");
  out.append(form_ == ExportForm::cloudevents ? ",\n" : "\n");
}

void ExportRecords::end(std::string& out, std::string_view manifest) const {
  switch (form_) {
  case ExportForm::ndjson:
    ObjectWriter(out).member("manifest", manifest);
    break;
  case ExportForm::csv:
    out.append(",,,,manifest,,,,,,,,,,").append(in_base64(manifest)).append(",");
    break;
  case ExportForm::cloudevents:
    ObjectWriter(out)
        .member("specversion", "1.0")
        .member("id", "manifest")
        .member("source", "/log")
        .member("type", "gatehouse.export.manifest")
        .member("datacontenttype", "text/plain")
        .member("data", manifest);
    break;
  }
  out.append(form_ == ExportForm::cloudevents ? "\n]\n" : "\n");
}

}  // namespace gatehouse::api

// The records of an export in one of its forms, and the chain over them (docs/transparency.md). One thread.
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/personal_reader.hpp"
#include "store/event_log.hpp"
#include "tlog/hash.hpp"

namespace gatehouse::api {

BOOST_DEFINE_FIXED_ENUM_CLASS(ExportForm, std::uint8_t, ndjson, csv, cloudevents)

[[nodiscard]] std::string_view media_type_of(ExportForm form);

class ExportRecords {
 public:
  // `reader` opens sealed texts and outlives the records; null where the log seals none.
  ExportRecords(ExportForm form, const PersonalReader* reader) : form_(form), reader_(reader) {}

  // What stands before the first record.
  void begin(std::string& out) const;
  // Asserts that the frame is whole: a log that is damaged is not served.
  void add(std::string& out, const StoredEvent& event);
  // `manifest`: a note.
  void end(std::string& out, std::string_view manifest) const;

  [[nodiscard]] ExportForm form() const { return form_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] const tlog::Hash& chain() const { return chain_; }  // of the last record

 private:
  ExportForm form_;
  const PersonalReader* reader_;
  std::uint64_t count_{};
  tlog::Hash chain_{};
};

}  // namespace gatehouse::api

// A whole export in JSON lines, read again record by record (docs/transparency.md): each is held to the chain over its text, so that what people read in it is
// what the manifest was signed over. One thread.
#pragma once
#include <istream>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "events/envelope.hpp"
#include "tlog/hash.hpp"

namespace gatehouse::api {

class ExportReader {
 public:
  // `lines` outlives the reader.
  explicit ExportReader(std::istream& lines) : lines_(lines) {}

  // The frame of the next record; nothing when the manifest was reached and the text ends with it. Or what is wrong, with the position where there is one.
  [[nodiscard]] tl::expected<std::optional<std::string>, std::string> next();

  [[nodiscard]] Position position() const { return position_; }     // of the last record
  [[nodiscard]] const tlog::Hash& chain() const { return chain_; }  // of the last record
  [[nodiscard]] const std::string& manifest() const { return manifest_; }

 private:
  std::istream& lines_;
  Position position_;
  tlog::Hash chain_{};
  std::string manifest_;
};

}  // namespace gatehouse::api

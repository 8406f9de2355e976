#include "api/transparency/export_reader.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>

#include "api/text_form.hpp"
#include "identity/base64.hpp"
#include "identity/digest.hpp"

namespace gatehouse::api {

namespace {

namespace json = boost::json;

constexpr std::string_view whole_alone =
    "only an export of all accounts from the beginning, in JSON lines, can be read";
constexpr std::size_t quoted_characters_max = 256;

std::string at(Position position, std::string_view what) {
  return "position " + std::to_string(position.value) + ": " + std::string(what);
}

std::optional<std::string> text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::optional(std::string(value->as_string())) : std::nullopt;
}

std::optional<json::object> object_in(const std::string& line) {
  boost::system::error_code error;
  auto value = json::parse(line, error);
  return !error && value.is_object() ? std::optional(std::move(value.as_object())) : std::nullopt;
}

// What else than an export a first line may begin.
std::string other_text(std::string_view line) {
  if (line.starts_with("position,"))
    return "it is CSV: " + std::string(whole_alone);
  if (line == "[")
    return "it is CloudEvents: " + std::string(whole_alone);
  return "its first line is no JSON object: " + std::string(whole_alone);
}

std::string no_record(const json::object& object) {
  const auto title = text_at(object, "title");
  if (!title || !object.contains("status"))
    return "has no frame";
  const auto reason = *title + ". " + text_at(object, "detail").value_or("");
  return "is the server's refusal of an export" +
         (is_plain_text(reason, quoted_characters_max) ? ", \"" + reason + "\"" : std::string());
}

// Up to the comma before its chain, which ends a record; nothing when it does not.
std::optional<std::string_view> chained_text(std::string_view line, const std::string& chain) {
  const auto end = ",\"chain\":\"" + chain + "\"}";
  return line.ends_with(end) ? std::optional(line.substr(0, line.size() - end.size())) : std::nullopt;
}

// The chain tells that nothing was taken out of the export, so it is another one than is wanted.
std::string other_place(Position expected, const json::object& record) {
  const auto* number = record.if_contains("position");
  if (number == nullptr || !number->is_number())
    return at(expected, "the record does not say its position");
  return "position " + std::to_string(expected.value) + " is not in it, but position " + json::serialize(*number) +
         " in its place: it is of one account, or goes on after another one, and " + std::string(whole_alone);
}

// Far more than the record of the longest frame takes: whoever sends an endless line is not to be given the memory for it.
constexpr std::size_t line_bytes_max = 16U << 20U;

enum class LineRead { whole, ended, too_long };

LineRead read_line(std::istream& lines, std::string& line) {
  auto* bytes = lines.rdbuf();
  for (auto next = bytes->sbumpc(); next != std::istream::traits_type::eof(); next = bytes->sbumpc()) {
    if (next == '\n')
      return LineRead::whole;
    if (line.size() == line_bytes_max)
      return LineRead::too_long;
    line.push_back(static_cast<char>(next));
  }
  return line.empty() ? LineRead::ended : LineRead::whole;
}

}  // namespace

tl::expected<std::optional<std::string>, std::string> ExportReader::next() {
  const Position position{position_.value + 1};
  const auto refused = [](std::string reason) { return tl::unexpected(std::move(reason)); };
  std::string line;
  const auto read = read_line(lines_, line);
  if (read == LineRead::ended)
    return refused(position_ == Position{} ? "it is empty" : "it was cut off: its manifest is missing");
  if (read == LineRead::too_long)
    return refused(at(position, "the line is longer than a record can be"));
  const auto record = object_in(line);
  if (!record)
    return refused(position_ == Position{} ? other_text(line)
                                           : at(position, "no JSON object, the export was cut off or is damaged"));
  if (auto manifest = text_at(*record, "manifest")) {
    manifest_ = std::move(*manifest);
    if (lines_.peek() != std::istream::traits_type::eof())
      return refused("something follows its manifest");
    return std::nullopt;
  }
  auto frame = text_at(*record, "frame");
  if (!frame)
    return refused(position_ == Position{} ? "its first line " + no_record(*record) : at(position, no_record(*record)));
  const auto chain = text_at(*record, "chain");
  const auto text = chain ? chained_text(line, *chain) : std::nullopt;
  if (!text)
    return refused(at(position, "the record does not end with its chain"));
  chain_ = identity::sha256(std::string(tlog::as_bytes(chain_)).append(*text));
  if (tlog::to_base64(chain_) != *chain)
    return refused(
        at(position, "the chain is not that of the records: this one was changed, or one before it is missing"));
  const auto* said = record->if_contains("position");
  if (said == nullptr || *said != position.value)
    return refused(other_place(position, *record));
  auto bytes = identity::base64_decode(*frame);
  if (!bytes)
    return refused(at(position, "the frame is no base64"));
  position_ = position;
  return std::move(*bytes);
}

}  // namespace gatehouse::api

#include "outbound/mail.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

#include "identity/base64.hpp"

namespace gatehouse::outbound {

namespace {

struct Unref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct FormatDeleter {
  void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
};
struct Free {
  void operator()(char* text) const { g_free(text); }
};

void initialise_once() {
  static const bool initialised = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(initialised);
}

std::string on_one_line(std::string text) {
  std::erase_if(text, [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; });
  return text;
}

// RFC 2047: base64 words of at most 75 characters, none of which ends within a character.
std::string as_encoded_words(std::string_view text) {
  constexpr std::size_t word_bytes_max = 45;
  std::string words;
  while (!text.empty()) {
    auto size = std::min(text.size(), word_bytes_max);
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80)
      --size;
    const auto part = text.substr(0, size);
    words += (words.empty() ? "" : " ") +
             ("=?UTF-8?B?" +
              identity::base64_encode({reinterpret_cast<const std::uint8_t*>(part.data()), part.size()}) + "?=");
    text.remove_prefix(size);
  }
  return words;
}

// What people call themselves and their apps, for a header. What looks like an encoded word would be shown as what it hides: it is encoded itself.
std::string header_text(const std::string& text) {
  auto line = on_one_line(text);
  return line.find("=?") == std::string::npos ? line : as_encoded_words(line);
}

// The library makes one encoded word of a name, however long it is.
std::string name_text(const std::string& text) {
  const auto line = header_text(text);
  const bool is_ascii = std::ranges::all_of(line, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
  return is_ascii ? line : as_encoded_words(line);
}

GMimeObject* as_object(void* object) { return static_cast<GMimeObject*>(object); }

// Always UTF-8: left alone, the library takes the smallest character set that would do.
void add_part(GMimeMultipart* parts, const char* subtype, const std::string& text) {
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
  const Owned<GMimeDataWrapper> content(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  const Owned<GMimePart> part(g_mime_part_new_with_type("text", subtype));
  g_mime_object_set_content_type_parameter(as_object(part.get()), "charset", "utf-8");
  g_mime_part_set_content(part.get(), content.get());
  g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_multipart_add(parts, as_object(part.get()));
}

void add_mailbox(GMimeMessage* message, GMimeAddressType type, const Mailbox& mailbox) {
  const auto name = name_text(mailbox.name);
  const Owned<InternetAddress> address(
      internet_address_mailbox_new(name.empty() ? nullptr : name.c_str(), on_one_line(mailbox.address).c_str()));
  internet_address_set_charset(address.get(), "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(message, type), address.get());
}

struct DateDeleter {
  void operator()(GDateTime* date) const { g_date_time_unref(date); }
};

}  // namespace

std::string compose(const Mail& mail) {
  initialise_once();
  const Owned<GMimeMessage> message(g_mime_message_new(TRUE));
  add_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, mail.from);
  add_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, mail.to);
  g_mime_message_set_subject(message.get(), header_text(mail.subject).c_str(), "utf-8");
  const std::unique_ptr<GDateTime, DateDeleter> date(g_date_time_new_from_unix_utc(mail.date.unix_ms / 1'000));
  g_mime_message_set_date(message.get(), date.get());
  g_mime_message_set_message_id(message.get(), mail.message_id.c_str());
  // Nobody's absence notice answers a machine (RFC 3834).
  g_mime_object_set_header(as_object(message.get()), "Auto-Submitted", "auto-generated", nullptr);
  const Owned<GMimeMultipart> parts(g_mime_multipart_new_with_subtype("alternative"));
  add_part(parts.get(), "plain", mail.text);
  add_part(parts.get(), "html", mail.html);
  g_mime_message_set_mime_part(message.get(), as_object(parts.get()));
  const std::unique_ptr<GMimeFormatOptions, FormatDeleter> format(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
  const std::unique_ptr<char, Free> text(g_mime_object_to_string(as_object(message.get()), format.get()));
  return text.get();
}

}  // namespace gatehouse::outbound

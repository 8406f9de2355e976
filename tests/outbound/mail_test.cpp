// The bytes of a mail: both parts in UTF-8, and no header that the text could bring along.
#include "outbound/mail.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace gatehouse::outbound {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Mail sample() {
  return {.from = {"Gatehouse", "gatehouse@example.com"},
          .to = {"Mia", "mia@example.com"},
          .subject = "Hello",
          .text = "plain",
          .html = "<p>rich</p>",
          .message_id = "a.b@example.com",
          .date = {1'700'000'000'000}};
}

TEST(MailText, has_a_plain_and_a_rich_part) {
  const auto text = compose(sample());
  EXPECT_THAT(text, HasSubstr("Content-Type: multipart/alternative;"));
  EXPECT_THAT(text, HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
  EXPECT_THAT(text, HasSubstr("Content-Type: text/html; charset=utf-8\r\n"));
  EXPECT_THAT(text, HasSubstr("Message-Id: <a.b@example.com>\r\n"));
  EXPECT_THAT(text, HasSubstr("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"));
  EXPECT_THAT(text, HasSubstr("Auto-Submitted: auto-generated\r\n"));
}

TEST(MailText, takes_no_header_from_a_name_or_a_subject) {
  auto mail = sample();
  mail.subject = "Hello\r\nBcc: eve@example.com";
  mail.to.name = "Mia\r\nBcc: eve@example.com\r\n\r\nbody";
  const auto text = compose(mail);
  EXPECT_THAT(text, Not(HasSubstr("\nBcc:")));
}

TEST(MailText, hides_nothing_behind_an_encoded_word) {
  auto mail = sample();
  mail.subject = "=?utf-8?Q?a=0D=0ABcc:=20eve=40example.com?= J\xc3\xbcrgen and a long tail that needs a second word";
  mail.to.name = "=?utf-8?B?PGI+?=";
  const auto text = compose(mail);
  EXPECT_THAT(text, Not(HasSubstr("=?utf-8?Q?a")));
  EXPECT_THAT(text, HasSubstr("Subject: =?UTF-8?B?PT91dGYtOD9RP2E9MEQ9MEFCY2M6PTIwZXZl"));
  EXPECT_THAT(text, HasSubstr("To: =?UTF-8?B?PT91dGYtOD9CP1BHSSs/PQ==?= <mia@example.com>"));
}

TEST(MailText, has_no_word_longer_than_readers_take) {
  auto mail = sample();
  mail.to.name.clear();
  for (int part = 0; part < 20; ++part)
    mail.to.name += "日本語";
  const auto text = compose(mail);
  for (std::size_t at = text.find("=?"); at != std::string::npos; at = text.find("=?", at + 2)) {
    const auto end = text.find_first_of(" \r\n", at);
    EXPECT_LE(end - at, 75U) << text.substr(at, end - at);
  }
}

TEST(MailText, encodes_what_is_not_ascii) {
  auto mail = sample();
  mail.subject = "Größe \xe2\x98\x95";
  mail.to.name = "J\xc3\xbcrgen";
  const auto text = compose(mail);
  EXPECT_TRUE(std::ranges::all_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x80; }));
  EXPECT_THAT(text, HasSubstr("=?UTF-8?"));
}

}  // namespace
}  // namespace gatehouse::outbound

#include "tests/http/hostile_blocks.hpp"

#include <span>
#include <string_view>

namespace gatehouse::http {
namespace {

using namespace std::string_view_literals;

struct Row {
  std::string_view what;
  std::string_view text;
  std::string_view code;
};

constexpr Row request_lines[] = {
    {"empty request line", ""sv, "malformed_request"},
    {"method alone", "GET"sv, "malformed_request"},
    {"no version", "GET /"sv, "malformed_request"},
    {"HTTP/0.9 form", "GET / "sv, "malformed_request"},
    {"no target", "GET HTTP/1.1"sv, "malformed_request"},
    {"two spaces before the target", "GET  / HTTP/1.1"sv, "invalid_target"},
    {"two spaces before the version", "GET /  HTTP/1.1"sv, "invalid_target"},
    {"space before the method", " GET / HTTP/1.1"sv, "malformed_request"},
    {"space behind the version", "GET / HTTP/1.1 "sv, "malformed_request"},
    {"tab for a space", "GET\t/ HTTP/1.1"sv, "malformed_request"},
    {"tab before the version", "GET /\tHTTP/1.1"sv, "malformed_request"},
    {"vertical tab for a space", "GET\v/\vHTTP/1.1"sv, "malformed_request"},
    {"method with a bracket", "G(T / HTTP/1.1"sv, "malformed_request"},
    {"method with a quote", "\"GET\" / HTTP/1.1"sv, "malformed_request"},
    {"method with a colon", "GET: / HTTP/1.1"sv, "malformed_request"},
    {"method with a comma", "GET,POST / HTTP/1.1"sv, "malformed_request"},
    {"method with an accent", "G\xc3\x89T / HTTP/1.1"sv, "malformed_request"},
    {"method with DEL", "GE\x7f / HTTP/1.1"sv, "malformed_request"},
    {"method with NUL", "G\0T / HTTP/1.1"sv, "malformed_request"},
    {"endless method", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA / HTTP/1.1"sv, "method_not_implemented"},
    {"CONNECT", "CONNECT example.com:443 HTTP/1.1"sv, "method_not_implemented"},
    {"CONNECT with a path", "CONNECT / HTTP/1.1"sv, "method_not_implemented"},
    {"TRACE", "TRACE / HTTP/1.1"sv, "method_not_allowed"},
    {"absolute-form without a path before its query", "GET http://example.com?a=b HTTP/1.1"sv, "invalid_target"},
    {"absolute-form without a host", "GET http:///x HTTP/1.1"sv, "invalid_target"},
    {"absolute-form with user information", "GET http://me@example.com/x HTTP/1.1"sv, "invalid_target"},
    {"absolute-form of another scheme", "GET ftp://example.com/x HTTP/1.1"sv, "invalid_target"},
    {"asterisk-form", "OPTIONS * HTTP/1.1"sv, "invalid_target"},
    {"authority-form", "GET example.com:80 HTTP/1.1"sv, "invalid_target"},
    {"relative target", "GET livez HTTP/1.1"sv, "invalid_target"},
    {"query without a path", "GET ?q=1 HTTP/1.1"sv, "invalid_target"},
    {"fragment", "GET /a#b HTTP/1.1"sv, "invalid_target"},
    {"empty fragment", "GET /a# HTTP/1.1"sv, "invalid_target"},
    {"space in the target", "GET /a b HTTP/1.1"sv, "invalid_target"},
    {"backslash", "GET /a\\b HTTP/1.1"sv, "invalid_target"},
    {"double quote in the target", "GET /a\"b HTTP/1.1"sv, "invalid_target"},
    {"angle brackets", "GET /<script> HTTP/1.1"sv, "invalid_target"},
    {"curly braces", "GET /{a} HTTP/1.1"sv, "invalid_target"},
    {"square brackets", "GET /?a[]=1 HTTP/1.1"sv, "invalid_target"},
    {"pipe", "GET /a|b HTTP/1.1"sv, "invalid_target"},
    {"caret", "GET /a^b HTTP/1.1"sv, "invalid_target"},
    {"back-tick", "GET /a`b HTTP/1.1"sv, "invalid_target"},
    {"non-ASCII target", "GET /caf\xc3\xa9 HTTP/1.1"sv, "invalid_target"},
    {"lone high byte", "GET /\xff HTTP/1.1"sv, "invalid_target"},
    {"DEL in the target", "GET /a\x7f HTTP/1.1"sv, "invalid_target"},
    {"NUL in the target", "GET /a\0b HTTP/1.1"sv, "invalid_target"},
    {"tab in the target", "GET /a\tb HTTP/1.1"sv, "invalid_target"},
    {"bare CR in the target", "GET /a\rb HTTP/1.1"sv, "invalid_target"},
    {"escape without digits", "GET /% HTTP/1.1"sv, "invalid_target"},
    {"escape with one digit", "GET /%4 HTTP/1.1"sv, "invalid_target"},
    {"escape with letters", "GET /%zz HTTP/1.1"sv, "invalid_target"},
    {"escape with one good digit", "GET /%4g HTTP/1.1"sv, "invalid_target"},
    {"IIS unicode escape", "GET /%u0041 HTTP/1.1"sv, "invalid_target"},
    {"doubled percent", "GET /%%41 HTTP/1.1"sv, "invalid_target"},
    {"escaped NUL", "GET /a%00b HTTP/1.1"sv, "invalid_target"},
    {"escaped NUL in the query", "GET /a?b=%00 HTTP/1.1"sv, "invalid_target"},
    {"broken escape in the query", "GET /a?b=%f HTTP/1.1"sv, "invalid_target"},
    {"HTTP/2.0", "GET / HTTP/2.0"sv, "http_version_unsupported"},
    {"HTTP/2 preface", "PRI * HTTP/2.0"sv, "http_version_unsupported"},
    {"HTTP/0.9", "GET / HTTP/0.9"sv, "http_version_unsupported"},
    {"HTTP/1.2", "GET / HTTP/1.2"sv, "http_version_unsupported"},
    {"HTTP/3.0", "GET / HTTP/3.0"sv, "http_version_unsupported"},
    {"HTTP/9.9", "GET / HTTP/9.9"sv, "http_version_unsupported"},
    {"lower-case version", "GET / http/1.1"sv, "malformed_request"},
    {"version without minor", "GET / HTTP/1"sv, "malformed_request"},
    {"version with a dot only", "GET / HTTP/1."sv, "malformed_request"},
    {"version with three digits", "GET / HTTP/1.10"sv, "malformed_request"},
    {"version with leading zero", "GET / HTTP/01.1"sv, "malformed_request"},
    {"version with a comma", "GET / HTTP/1,1"sv, "malformed_request"},
    {"version with a sign", "GET / HTTP/+1.1"sv, "malformed_request"},
    {"other protocol", "GET / RTSP/1.0"sv, "malformed_request"},
    {"ICY", "GET / ICY/1.1"sv, "malformed_request"},
    {"NUL behind the version", "GET / HTTP/1.1\0"sv, "malformed_request"},
};

constexpr Row fields[] = {
    {"no colon", "Accept"sv, "malformed_request"},
    {"empty name", ": x"sv, "malformed_request"},
    {"space before the colon", "Accept : x"sv, "malformed_request"},
    {"tab before the colon", "Accept\t: x"sv, "malformed_request"},
    {"space in the name", "Acc ept: x"sv, "malformed_request"},
    {"folded line", " folded: x"sv, "malformed_request"},
    {"folded line with a tab", "\tfolded"sv, "malformed_request"},
    {"continuation of a value", "A: b\r\n c"sv, "malformed_request"},
    {"bracket in the name", "A(b): x"sv, "malformed_request"},
    {"quote in the name", "\"A\": x"sv, "malformed_request"},
    {"slash in the name", "A/b: x"sv, "malformed_request"},
    {"at sign in the name", "a@b: x"sv, "malformed_request"},
    {"semicolon in the name", "a;b: x"sv, "malformed_request"},
    {"equals in the name", "a=b: x"sv, "malformed_request"},
    {"non-ASCII name", "\xc3\xa9: x"sv, "malformed_request"},
    {"control character in the name", "A\x01: x"sv, "malformed_request"},
    {"NUL in the name", "A\0: x"sv, "malformed_request"},
    {"NUL in a value", "A: x\0y"sv, "malformed_request"},
    {"bell in a value", "A: x\x07"sv, "malformed_request"},
    {"escape in a value", "A: \x1b[0m"sv, "malformed_request"},
    {"backspace in a value", "A: x\x08"sv, "malformed_request"},
    {"DEL in a value", "A: x\x7f"sv, "malformed_request"},
    {"vertical tab in a value", "A: x\vy"sv, "malformed_request"},
    {"form feed in a value", "A: x\fy"sv, "malformed_request"},
    {"bare CR in a value", "A: x\ry"sv, "malformed_request"},
    {"bare CR at the end of a value", "A: x\r"sv, "malformed_request"},
    {"bare LF in a value", "A: x\ny"sv, "malformed_request"},
    {"bare LF smuggling a field", "A: x\nTransfer-Encoding: chunked"sv, "malformed_request"},
    {"bare CR smuggling a field", "A: x\rContent-Length: 5"sv, "malformed_request"},
    {"Connection with a space", "Connection: keep alive"sv, "malformed_request"},
    {"Connection with a quote", "Connection: \"close\""sv, "malformed_request"},
    {"Connection with a parameter", "Connection: close;q=1"sv, "malformed_request"},
    {"request line as a field", "GET /admin HTTP/1.1"sv, "malformed_request"},
    {"second Host", "Host: b"sv, "invalid_host"},
    {"second Host, the same", "Host: a"sv, "invalid_host"},
    {"second Host in another case", "hOsT: b"sv, "invalid_host"},
    {"GET with a length over the limit", "Content-Length: 9999999"sv, "body_too_large"},
    {"two authorizations", "Authorization: Bearer a\r\nAuthorization: Bearer b"sv, "duplicate_header"},
    {"two content types", "Content-Type: a/b\r\ncontent-type: a/c"sv, "duplicate_header"},
    {"two idempotency keys", "Idempotency-Key: a\r\nIDEMPOTENCY-KEY: a"sv, "duplicate_header"},
};

constexpr Row hosts[] = {
    {"empty Host", ""sv, "invalid_host"},
    {"blank Host", "  "sv, "invalid_host"},
    {"Host with a space", "a b"sv, "invalid_host"},
    {"Host with a comma", "a, b"sv, "invalid_host"},
    {"Host with user", "u@a"sv, "invalid_host"},
    {"Host with a path", "a/b"sv, "invalid_host"},
    {"Host with a scheme", "http://a"sv, "invalid_host"},
    {"Host with a query", "a?b"sv, "invalid_host"},
    {"Host with a fragment", "a#b"sv, "invalid_host"},
    {"Host with a backslash", "a\\b"sv, "invalid_host"},
    {"Host with an escape", "a%41"sv, "invalid_host"},
    {"Host with a quote", "\"a\""sv, "invalid_host"},
    {"Host with a semicolon", "a;b"sv, "invalid_host"},
    {"Host with a port of letters", "a:http"sv, "invalid_host"},
    {"Host with a negative port", "a:-1"sv, "invalid_host"},
    {"Host with a port too big", "a:65536"sv, "invalid_host"},
    {"Host with a huge port", "a:99999999999999999999"sv, "invalid_host"},
    {"Host with two ports", "a:80:90"sv, "invalid_host"},
    {"Host with an empty port", "a:"sv, "invalid_host"},
    {"Host of a port alone", ":80"sv, "invalid_host"},
    {"open IPv6 literal", "[::1"sv, "invalid_host"},
    {"IPv6 without brackets", "::1"sv, "invalid_host"},
    {"empty IPv6 literal", "[]"sv, "invalid_host"},
    {"IPv6 with nine groups", "[1:2:3:4:5:6:7:8:9]"sv, "invalid_host"},
    {"IPv6 with a zone", "[fe80::1%eth0]"sv, "invalid_host"},
    {"bytes behind the IPv6 literal", "[::1]x"sv, "invalid_host"},
    {"IPv4 in brackets", "[127.0.0.1]"sv, "invalid_host"},
    {"non-ASCII Host", "\xc3\xa9"sv, "invalid_host"},
    {"Host with a bracket", "a]"sv, "invalid_host"},
};

constexpr Row bodies[] = {
    {"empty length", "Content-Length: "sv, "invalid_content_length"},
    {"negative length", "Content-Length: -1"sv, "invalid_content_length"},
    {"length with a plus", "Content-Length: +5"sv, "invalid_content_length"},
    {"hexadecimal length", "Content-Length: 0x5"sv, "invalid_content_length"},
    {"length of letters", "Content-Length: five"sv, "invalid_content_length"},
    {"length with a suffix", "Content-Length: 5b"sv, "invalid_content_length"},
    {"length with a comma", "Content-Length: 5, 5"sv, "invalid_content_length"},
    {"length with a semicolon", "Content-Length: 5;a"sv, "invalid_content_length"},
    {"length with a decimal point", "Content-Length: 5.0"sv, "invalid_content_length"},
    {"length with a space", "Content-Length: 5 5"sv, "invalid_content_length"},
    {"length with a quote", "Content-Length: \"5\""sv, "invalid_content_length"},
    {"length that overflows", "Content-Length: 18446744073709551616"sv, "body_too_large"},
    {"length that overflows far", "Content-Length: 99999999999999999999999999999999"sv, "body_too_large"},
    {"length in exponent form", "Content-Length: 1e3"sv, "invalid_content_length"},
    {"length with an underscore", "Content-Length: 1_0"sv, "invalid_content_length"},
    {"length with a non-breaking space",
     "Content-Length: \xa0"
     "5"sv,
     "invalid_content_length"},
    {"two lengths", "Content-Length: 5\r\nContent-Length: 6"sv, "invalid_content_length"},
    {"two equal lengths", "Content-Length: 5\r\nContent-Length: 5"sv, "invalid_content_length"},
    {"two lengths in differing case", "Content-Length: 5\r\ncontent-length: 5"sv, "invalid_content_length"},
    {"length with a space before the colon", "Content-Length : 5"sv, "malformed_request"},
    {"no length for a POST", "A: b"sv, "length_required"},
    {"length over the limit", "Content-Length: 1048577"sv, "body_too_large"},
    {"length of the largest number", "Content-Length: 18446744073709551615"sv, "body_too_large"},
    {"chunked", "Transfer-Encoding: chunked"sv, "length_required"},
    {"Chunked in capitals", "Transfer-Encoding: CHUNKED"sv, "length_required"},
    {"identity coding", "Transfer-Encoding: identity"sv, "transfer_encoding_unsupported"},
    {"gzip, chunked", "Transfer-Encoding: gzip, chunked"sv, "transfer_encoding_unsupported"},
    {"chunked twice", "Transfer-Encoding: chunked, chunked"sv, "transfer_encoding_unsupported"},
    {"unknown coding", "Transfer-Encoding: xchunked"sv, "transfer_encoding_unsupported"},
    {"empty coding", "Transfer-Encoding: "sv, "transfer_encoding_unsupported"},
    {"chunked behind a tab", "Transfer-Encoding: \tchunked"sv, "length_required"},
    {"chunked with a parameter", "Transfer-Encoding: chunked;q=1"sv, "transfer_encoding_unsupported"},
    {"quoted coding", "Transfer-Encoding: \"chunked\""sv, "transfer_encoding_unsupported"},
    {"length and coding", "Content-Length: 5\r\nTransfer-Encoding: chunked"sv, "length_required"},
    {"coding and length", "Transfer-Encoding: chunked\r\nContent-Length: 5"sv, "length_required"},
    {"coding in odd case", "tRANSFER-eNCODING: chunked"sv, "length_required"},
    {"coding with a space before the colon", "Transfer-Encoding : chunked"sv, "malformed_request"},
    {"coding on a folded line", "A: b\r\n Transfer-Encoding: chunked"sv, "malformed_request"},
    {"gzip body", "Content-Length: 5\r\nContent-Encoding: gzip"sv, "content_encoding_unsupported"},
    {"list of encodings", "Content-Length: 5\r\nContent-Encoding: identity, gzip"sv, "content_encoding_unsupported"},
    {"unknown encoding", "Content-Length: 5\r\nContent-Encoding: x"sv, "content_encoding_unsupported"},
    {"unknown expectation", "Content-Length: 5\r\nExpect: 200-ok"sv, "expectation_failed"},
    {"two expectations", "Content-Length: 5\r\nExpect: 100-continue, x"sv, "expectation_failed"},
    {"empty expectation", "Content-Length: 5\r\nExpect:"sv, "expectation_failed"},
};

constexpr Row whole_blocks[] = {
    {"no Host", "GET / HTTP/1.1\r\n\r\n"sv, "invalid_host"},
    {"nothing", ""sv, "malformed_request"},
    {"an empty line", "\r\n\r\n"sv, "malformed_request"},
    {"no end", "GET / HTTP/1.1\r\nHost: a\r\n"sv, "malformed_request"},
    {"ends in LF LF", "GET / HTTP/1.1\nHost: a\n\n"sv, "malformed_request"},
    {"ends in LF CRLF", "GET / HTTP/1.1\r\nHost: a\n\r\n"sv, "malformed_request"},
    {"request line ends in LF", "GET / HTTP/1.1\nHost: a\r\n\r\n"sv, "malformed_request"},
    {"request line ends in CR", "GET / HTTP/1.1\rHost: a\r\n\r\n"sv, "malformed_request"},
    {"bytes behind the end", "GET / HTTP/1.1\r\nHost: a\r\n\r\nA: b\r\n\r\n"sv, "malformed_request"},
    {"two requests", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"sv, "malformed_request"},
    {"TLS hello", "\x16\x03\x01\x02\0\r\n\r\n"sv, "malformed_request"},
    {"SSH greeting", "SSH-2.0-client\r\n\r\n"sv, "malformed_request"},
    {"SMTP", "EHLO example.com\r\n\r\n"sv, "malformed_request"},
    {"leading empty line", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"sv, "malformed_request"},
    {"byte order mark", "\xef\xbb\xbfGET / HTTP/1.1\r\nHost: a\r\n\r\n"sv, "malformed_request"},
};

void add(std::vector<HostileBlock>& blocks, std::span<const Row> rows, std::string_view before,
         std::string_view after) {
  for (const Row& row : rows) {
    blocks.push_back(
        {std::string{row.what}, std::string{before}.append(row.text).append(after), std::string{row.code}});
  }
}

}  // namespace

std::vector<HostileBlock> hostile_blocks() {
  std::vector<HostileBlock> all;
  add(all, request_lines, "", "\r\nHost: a\r\n\r\n");
  add(all, fields, "GET / HTTP/1.1\r\nHost: a\r\n", "\r\n\r\n");
  add(all, hosts, "GET / HTTP/1.1\r\nHost: ", "\r\n\r\n");
  add(all, hosts, "GET / HTTP/1.0\r\nHost: ", "\r\n\r\n");
  add(all, bodies, "POST / HTTP/1.1\r\nHost: a\r\n", "\r\n\r\n");
  add(all, whole_blocks, "", "");
  return all;
}

}  // namespace gatehouse::http

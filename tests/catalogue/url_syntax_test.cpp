#include "catalogue/url_syntax.hpp"

#include <string>

#include <gtest/gtest.h>

namespace gatehouse::catalogue {
namespace {

TEST(UrlSyntax, accepts_https_addresses) {
  for (const auto* text : {"https://a.example.com", "HTTPS://A.example.com/",
                           "https://a.example.com:8443/p/q?x=1&y=%20#end", "https://localhost/cb", "https://192.0.2.1/",
                           "https://[2001:db8::1]:443/", "https://a_b.example.com", "https://xn--bcher-kva.example/"}) {
    EXPECT_TRUE(is_https_url(text)) << text;
  }
}

TEST(UrlSyntax, refuses_other_texts) {
  for (const auto* text : {"",
                           "a.example.com",
                           "https:/a.example.com",
                           "https://",
                           "https:///path",
                           "http://a.example.com",
                           "https://a..example.com",
                           "https://-a.example.com",
                           "https://a.example.com:0",
                           "https://a.example.com:65536",
                           "https://a.example.com:",
                           "https://a.example.com:8o",
                           "https://user@a.example.com",
                           "https://user:pass@a.example.com",
                           "https://a.example.com/ x",
                           "https://a.example.com/%2",
                           "https://a.example.com/%zz",
                           "https://a.example.com/\xc3\xa9",
                           "https://a.example.com/<x>",
                           "https://a.example.com/#a#b",
                           "https://[::1",
                           "https://[]/",
                           " https://a.example.com"}) {
    EXPECT_FALSE(is_https_url(text)) << text;
  }
  EXPECT_FALSE(is_https_url("https://a.example.com/" + std::string(url_bytes_max, 'x')));
  EXPECT_FALSE(is_https_url("https://" + std::string(64, 'x') + ".example.com"));
  EXPECT_FALSE(is_https_url(std::string_view{"https://a.example.com/\0", 23}));
}

TEST(UrlSyntax, plain_http_reaches_only_the_developers_machine) {
  for (const auto* text :
       {"http://localhost:3000/cb", "http://127.0.0.1", "http://[::1]:3000", "https://a.example.com"}) {
    EXPECT_TRUE(is_https_or_loopback_url(text)) << text;
  }
  for (const auto* text :
       {"http://a.example.com", "http://localhost.example.com", "http://127.0.0.2", "http://10.0.0.1"}) {
    EXPECT_FALSE(is_https_or_loopback_url(text)) << text;
  }
}

TEST(UrlSyntax, domains_are_names_of_at_least_two_labels) {
  for (const auto* text : {"example.com", "a.b.example.com", "*.example.com", "Your.Domain.example"}) {
    EXPECT_TRUE(is_domain(text)) << text;
  }
  for (const auto* text : {"", "localhost", "*", "*.", "*.com", "a.*.com", "https://example.com", "example.com/",
                           "example.com:443", ".example.com", "example.com.", "a b.com"}) {
    EXPECT_FALSE(is_domain(text)) << text;
  }
}

}  // namespace
}  // namespace gatehouse::catalogue

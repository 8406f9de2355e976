#include "http/certificate_dates.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/http/certificate.hpp"

namespace gatehouse::http {
namespace {

TEST(CertificateDates, are_those_of_the_certificate) {
  const TestCertificate certificate;  // for an hour from now
  const auto dates = certificate_dates(certificate.files().certificate_chain);
  ASSERT_TRUE(dates.has_value());
  EXPECT_EQ(dates->not_after - dates->not_before, std::chrono::hours(1));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  EXPECT_LE(dates->not_before, now);
}

TEST(CertificateDates, are_none_where_there_is_no_certificate) {
  const TestCertificate certificate;
  EXPECT_FALSE(certificate_dates(certificate.files().private_key).has_value());
  EXPECT_FALSE(certificate_dates("/nowhere").has_value());
}

}  // namespace
}  // namespace gatehouse::http

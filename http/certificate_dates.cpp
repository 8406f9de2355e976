#include "http/certificate_dates.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <time.h>

#include <algorithm>
#include <memory>

namespace gatehouse::http {
namespace {

std::optional<std::chrono::sys_seconds> seconds_of(const ASN1_TIME* time) {
  tm parts{};
  if (::ASN1_TIME_to_tm(time, &parts) != 1)
    return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace

std::optional<CertificateDates> certificate_dates(const std::string& file) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> source(::BIO_new_file(file.c_str(), "r"), BIO_free);
  std::optional<CertificateDates> dates;
  while (source != nullptr) {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        ::PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr), X509_free);
    if (certificate == nullptr)
      break;
    const auto from = seconds_of(::X509_get0_notBefore(certificate.get()));
    const auto to = seconds_of(::X509_get0_notAfter(certificate.get()));
    if (!from || !to)
      return std::nullopt;
    dates = dates ? CertificateDates{std::max(dates->not_before, *from), std::min(dates->not_after, *to)}
                  : CertificateDates{*from, *to};
  }
  return dates;
}

}  // namespace gatehouse::http

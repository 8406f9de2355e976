// From when to when the certificates of a file are valid.
#pragma once
#include <chrono>
#include <optional>
#include <string>

namespace gatehouse::http {

struct CertificateDates {
  std::chrono::sys_seconds not_before;  // the latest of the chain
  std::chrono::sys_seconds not_after;   // the earliest
};

// Of a PEM file; nothing when there is no certificate in it that can be read.
[[nodiscard]] std::optional<CertificateDates> certificate_dates(const std::string& file);

}  // namespace gatehouse::http

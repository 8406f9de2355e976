// A key and a certificate of its own for a test server, made on the spot and gone with the test.
#pragma once

#include <filesystem>

#include "http/options.hpp"

namespace gatehouse::http {

class TestCertificate {
 public:
  TestCertificate();
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;
  ~TestCertificate();

  TlsFiles files() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace gatehouse::http

// Bytes that must not reach a log, an answer or a core of freed memory: they are wiped when the last holder goes, and
// there is no way to print, stream or format them. Whoever needs the bytes says so by calling reveal().
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <openssl/crypto.h>

namespace gatehouse::identity {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) {}
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      bytes_ = std::move(other.bytes_);
    }
    return *this;
  }
  ~Secret() { wipe(); }

  [[nodiscard]] std::span<const std::uint8_t> reveal() const { return bytes_; }
  [[nodiscard]] std::string_view reveal_text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  void wipe() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

  std::vector<std::uint8_t> bytes_;
};

template <class Stream>
Stream& operator<<(Stream&, const Secret&) = delete;

}  // namespace gatehouse::identity

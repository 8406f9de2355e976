#include "http/request_ids.hpp"

#include <array>
#include <charconv>
#include <random>

namespace gatehouse::http {

RequestIds::RequestIds() {
  constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
  constexpr std::size_t prefix_characters = 12;  // 60 random bits
  std::random_device random;
  for (std::size_t at = 0; at < prefix_characters; ++at)
    prefix_.push_back(digits[random() % digits.size()]);
  prefix_.push_back('-');
}

std::string RequestIds::next() {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), ++count_).ptr;
  return prefix_ + std::string(digits.data(), end);
}

}  // namespace gatehouse::http

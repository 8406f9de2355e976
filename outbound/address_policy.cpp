#include "outbound/address_policy.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <stdexcept>

namespace gatehouse::outbound {

namespace {

namespace ip = boost::asio::ip;

// IANA's special-purpose registries (RFC 6890 and its successors), and multicast.
constexpr std::array special_v4{
    "0.0.0.0/8",       "10.0.0.0/8",    "100.64.0.0/10",   "127.0.0.0/8",     "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",    "192.0.2.0/24",  "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
    "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",  "224.0.0.0/4",    "240.0.0.0/4"};
// Only 2000::/3 is given out as public; these parts of it are special.
constexpr std::array special_v6{"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"};

template <class Bytes>
bool same_bits(const Bytes& left, const Bytes& right, unsigned bits) {
  for (std::size_t index = 0; index < left.size() && bits > 0; ++index) {
    const unsigned here = std::min(bits, 8U);
    const auto mask = static_cast<unsigned char>(0xff00U >> here);
    if ((left[index] & mask) != (right[index] & mask))
      return false;
    bits -= here;
  }
  return true;
}

// An IPv4 address inside an IPv6 one (RFC 4291 section 2.5.5.2, RFC 6052) is what it stands for.
ip::address plain(const ip::address& address) {
  if (!address.is_v6())
    return address;
  const auto v6 = address.to_v6();
  const auto bytes = v6.to_bytes();
  static const auto translated = ip::make_address_v6("64:ff9b::").to_bytes();
  if (v6.is_v4_mapped() || same_bits(bytes, translated, 96))
    return ip::address_v4({bytes[12], bytes[13], bytes[14], bytes[15]});
  return address;
}

}  // namespace

AddressPolicy::AddressPolicy(const std::vector<std::string>& allowed) {
  for (const auto& text : allowed)
    allowed_.push_back(parse_network(text));
}

AddressPolicy::Network AddressPolicy::parse_network(const std::string& text) {
  const auto slash = text.find('/');
  boost::system::error_code error;
  const auto address = ip::make_address(text.substr(0, slash), error);
  const unsigned bits_max = address.is_v4() ? 32 : 128;
  unsigned bits = bits_max;
  if (slash != std::string::npos) {
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + slash + 1, end, bits);
    if (read.ec != std::errc() || read.ptr != end)
      bits = bits_max + 1;
  }
  if (error || bits > bits_max)
    throw std::invalid_argument("\"" + text + "\" is neither a network nor an address");
  return {address, bits};
}

bool AddressPolicy::contains(const Network& network, const ip::address& address) {
  if (network.address.is_v4() != address.is_v4())
    return false;
  return address.is_v4() ? same_bits(network.address.to_v4().to_bytes(), address.to_v4().to_bytes(), network.bits)
                         : same_bits(network.address.to_v6().to_bytes(), address.to_v6().to_bytes(), network.bits);
}

bool AddressPolicy::allows_by_name(const ip::address& address) const {
  return std::ranges::any_of(allowed_, [&](const Network& network) { return contains(network, plain(address)); });
}

bool AddressPolicy::allows(const ip::address& address) const {
  if (allows_by_name(address))
    return true;
  const auto stands_for = plain(address);
  const auto is_in = [&](const char* network) { return contains(parse_network(network), stands_for); };
  if (stands_for.is_v4())
    return std::ranges::none_of(special_v4, is_in);
  return is_in("2000::/3") && std::ranges::none_of(special_v6, is_in);
}

}  // namespace gatehouse::outbound

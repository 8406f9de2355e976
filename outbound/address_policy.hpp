// Where the server connects to on the word of others: public addresses, and networks that the operator allows by name. Everything else (loopback,
// private, link-local, shared, documentation, multicast and reserved networks, and IPv4 addresses inside IPv6 ones that are such) is refused, so that
// nobody reaches through the server what he cannot reach himself. Any thread.
#pragma once
#include <boost/asio/ip/address.hpp>
#include <string>
#include <vector>

namespace gatehouse::outbound {

class AddressPolicy {
 public:
  AddressPolicy() = default;
  // `allowed`: networks as 10.0.0.0/8 or fd00::/8, or single addresses. Throws std::invalid_argument that names the one that is neither.
  explicit AddressPolicy(const std::vector<std::string>& allowed);

  [[nodiscard]] bool allows(const boost::asio::ip::address& address) const;
  // By the operator's word, not because it is public: unencrypted requests go nowhere else.
  [[nodiscard]] bool allows_by_name(const boost::asio::ip::address& address) const;

 private:
  struct Network {
    boost::asio::ip::address address;
    unsigned bits{};
  };
  static Network parse_network(const std::string& text);
  static bool contains(const Network& network, const boost::asio::ip::address& address);

  std::vector<Network> allowed_;
};

}  // namespace gatehouse::outbound

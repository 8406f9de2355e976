#include "http/admission.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace gatehouse::http {
namespace {

AddressKey address(unsigned char last) {
  AddressKey key{};
  key.back() = last;
  return key;
}

TEST(Admission, lets_so_many_in_from_one_address) {
  Admission admission{{.connections = 10, .connections_per_address = 2}};
  const auto first = admission.admit(address(1));
  auto second = admission.admit(address(1));
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(admission.admit(address(1)));
  EXPECT_TRUE(admission.admit(address(2))) << "another address has places of its own";
  second.reset();
  EXPECT_TRUE(admission.admit(address(1))) << "a place that was given back can be had again";
}

TEST(Admission, lets_so_many_in_in_all) {
  Admission admission{{.connections = 3, .connections_per_address = 2}};
  std::vector<Admission::Place> places;
  for (unsigned char client = 0; client < 3; ++client)
    places.push_back(*admission.admit(address(client)));
  EXPECT_FALSE(admission.admit(address(9)));
  places.clear();
  EXPECT_TRUE(admission.admit(address(9)));
}

TEST(Admission, a_refused_client_takes_no_place) {
  Admission admission{{.connections = 1, .connections_per_address = 1}};
  {
    const auto place = admission.admit(address(1));
    for (int attempt = 0; attempt < 5; ++attempt)
      EXPECT_FALSE(admission.admit(address(1)));
  }
  EXPECT_TRUE(admission.admit(address(1)));
}

}  // namespace
}  // namespace gatehouse::http

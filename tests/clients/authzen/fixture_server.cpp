// The whole API with the certification scenario's policy: prints its address and a token, and serves until its input ends.
#include <iostream>

#include "tests/api/api_fixture.hpp"
#include "tests/clients/authzen/fixture_policy.hpp"

namespace {

struct FixtureServer final : gatehouse::api::ApiFixture {
  explicit FixtureServer(const gatehouse::api::authzen::Policy& policy) : ApiFixture(&policy) { open_account(); }
  void TestBody() override {}
};

}  // namespace

int main() {
  const gatehouse::clients::FixturePolicy policy;
  FixtureServer fixture(policy);
  std::cout << "http://127.0.0.1:" << fixture.server.port() << "\n" << fixture.owner << std::endl;
  std::cin.ignore(std::numeric_limits<std::streamsize>::max());
}

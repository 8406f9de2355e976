#include "bench/prepared_data.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <stdexcept>

#include "bench/company.hpp"
#include "bench/open_log.hpp"
#include "bench/scratch_folder.hpp"
#include "identity/mint.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"

namespace gatehouse::bench {

namespace {

constexpr std::size_t installations_max = 100'000;  // of the app that is switched off
constexpr std::size_t requests_per_app = 50;
constexpr std::size_t wal_commands = 2'000;  // few enough to stay in one write-ahead log

std::size_t wal_bytes(const std::filesystem::path& database) {
  std::size_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(database)) {
    if (entry.path().extension() == ".log")
      bytes += entry.file_size();
  }
  return bytes;
}

// No server starts on a log with events and without them.
void make_secrets(const std::filesystem::path& data) {
  if (const auto key = identity::load_or_create_key(data); !key)
    throw std::runtime_error(key.error().detail);
  if (const auto webhooks = identity::load_or_create_secret(data, "webhooks"); !webhooks)
    throw std::runtime_error(webhooks.error().detail);
}

}  // namespace

PreparedHistory prepare_history(const std::filesystem::path& data, std::size_t events) {
  const auto log = open_log(data);
  make_secrets(data);
  Company company(*log);
  company.open();
  PreparedHistory history{.members = events / 2};
  history.installations = std::min(installations_max, history.members);
  company.add_members(history.members);
  company.install(installed_app(), 0, history.installations);
  const auto asking = std::min(requests_per_app, history.members);
  for (std::size_t app = 0; app < requested_apps; ++app)
    company.request(requested_app(app), 0, asking);
  const auto rest = history.members - asking * requested_apps;
  company.install(second_app(), 0, std::min(rest, history.members - history.installations));
  history.events = log->head().value;
  return history;
}

std::size_t wal_bytes_per_command(const std::filesystem::path& folder) {
  const ScratchFolder scratch(folder, "wal-size");
  const auto log = open_log(scratch.path());
  Company company(*log);
  company.open();
  const auto before = wal_bytes(scratch.path() / "db");
  for (std::size_t number = 0; number < wal_commands; ++number) {
    company.commit({Company::by_directory(company_account, {Company::new_member("wal-" + std::to_string(number))})});
  }
  return (wal_bytes(scratch.path() / "db") - before) / wal_commands;
}

Tokens mint_tokens(const std::filesystem::path& data, std::size_t members) {
  const auto key = identity::load_or_create_key(data);
  if (!key)
    throw std::runtime_error(key.error().detail);
  const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto mint = [&](const std::string& user, const std::optional<AccountId>& account,
                        std::set<std::string, std::less<>> scopes) {
    const auto account_id = account ? std::optional(account->value) : std::nullopt;
    return identity::mint(*key, identity::own_claims(user, account_id, std::move(scopes), now, std::chrono::hours{24}));
  };
  Tokens tokens{.company_owner = mint(company_owner.value, company_account, {}),
                .company_directory = mint("directory", company_account, {"directory"}),
                .neighbour_owner = mint(neighbour_owner.value, neighbour_account, {}),
                .neighbour_directory = mint("directory", neighbour_account, {"directory"}),
                .operations = mint("operations", std::nullopt, {"ops"}),
                .members = {}};
  for (std::size_t number = 0; number < members; ++number) {
    tokens.members.push_back(mint(member_id(number).value, company_account, {}));
  }
  return tokens;
}

}  // namespace gatehouse::bench

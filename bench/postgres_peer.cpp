#include "bench/postgres_peer.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace gatehouse::bench {

namespace {

const std::filesystem::path programs = "/usr/lib/postgresql/15/bin";

// What one of our commands leaves behind, as its author would write it here. The stream's row is locked until the commit, which makes its versions gap-free.
constexpr const char* tables = R"(
CREATE TABLE stream (account text PRIMARY KEY, version bigint NOT NULL);
CREATE TABLE event (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account text NOT NULL, version bigint NOT NULL,
                    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(), frame bytea NOT NULL, UNIQUE (account, version));
CREATE TABLE member (account text, user_id text, value bytea NOT NULL, PRIMARY KEY (account, user_id));
CREATE TABLE command (key text PRIMARY KEY, position bigint NOT NULL);
CREATE FUNCTION append(of_account text, of_user text, with_key text, with_frame bytea, with_row bytea) RETURNS bigint AS $$
DECLARE
  next_version bigint;
  at_position bigint;
BEGIN
  SELECT position INTO at_position FROM command WHERE key = with_key;
  IF FOUND THEN RETURN at_position; END IF;
  IF EXISTS (SELECT FROM member WHERE account = of_account AND user_id = of_user) THEN RAISE EXCEPTION 'member_exists'; END IF;
  INSERT INTO stream VALUES (of_account, 1) ON CONFLICT (account) DO UPDATE SET version = stream.version + 1
    RETURNING version INTO next_version;
  INSERT INTO event (account, version, frame) VALUES (of_account, next_version, with_frame) RETURNING position INTO at_position;
  INSERT INTO member VALUES (of_account, of_user, with_row);
  INSERT INTO command VALUES (with_key, at_position);
  RETURN at_position;
END $$ LANGUAGE plpgsql;
)";

// The server does not run as root.
std::string as_its_user(const std::string& command) {
  return ::geteuid() == 0 ? "runuser -u postgres -- " + command : command;
}

void run(const std::string& command) {
  if (std::system((as_its_user(command) + " >/dev/null 2>&1").c_str()) != 0)  // NOLINT(concurrency-mt-unsafe)
    throw std::runtime_error("failed: " + command);
}

struct Close {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, Close>;

Connection connect(const std::filesystem::path& folder) {
  Connection connection(PQconnectdb(("host=" + folder.string() + " user=postgres dbname=postgres").c_str()));
  if (PQstatus(connection.get()) != CONNECTION_OK)
    throw std::runtime_error(PQerrorMessage(connection.get()));
  return connection;
}

void expect(const Connection& connection, PGresult* result, ExecStatusType wanted) {
  const bool good = PQresultStatus(result) == wanted;
  PQclear(result);
  if (!good)
    throw std::runtime_error(PQerrorMessage(connection.get()));
}

// Calls the function until told to stop, each time for a new member.
std::uint64_t append_until(const std::atomic<bool>& stop, const std::filesystem::path& folder,
                           const std::string& account, const std::string& prefix, const std::string& bytes) {
  const auto connection = connect(folder);
  expect(connection, PQprepare(connection.get(), "append", "SELECT append($1, $2, $3, $4, $5)", 5, nullptr),
         PGRES_COMMAND_OK);
  constexpr std::array<int, 5> formats{0, 0, 0, 1, 1};
  const std::array<int, 5> lengths{0, 0, 0, static_cast<int>(bytes.size()), static_cast<int>(bytes.size() / 2)};
  std::uint64_t done = 0;
  for (; !stop; ++done) {
    const auto user = prefix + std::to_string(done), key = "key-" + user;
    const std::array<const char*, 5> values{account.c_str(), user.c_str(), key.c_str(), bytes.data(), bytes.data()};
    expect(connection, PQexecPrepared(connection.get(), "append", 5, values.data(), lengths.data(), formats.data(), 0),
           PGRES_TUPLES_OK);
  }
  return done;
}

}  // namespace

bool PostgresPeer::is_there() { return std::filesystem::exists(programs / "initdb"); }

PostgresPeer::PostgresPeer(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  std::filesystem::permissions(folder_, std::filesystem::perms::all);
  for (auto above = folder_.parent_path(); above != above.root_path(); above = above.parent_path())
    std::filesystem::permissions(above, std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
  run((programs / "initdb").string() + " --auth=trust --username=postgres --pgdata=" + (folder_ / "data").string());
  run((programs / "pg_ctl").string() + " start --wait --pgdata=" + (folder_ / "data").string() + " --log=" +
      (folder_ / "log").string() + " -o \"-k " + folder_.string() + " -c listen_addresses='' -c max_connections=300\"");
  const auto connection = connect(folder_);
  expect(connection, PQexec(connection.get(), tables), PGRES_COMMAND_OK);
}

PostgresPeer::~PostgresPeer() {
  try {
    run((programs / "pg_ctl").string() + " stop --wait --mode=immediate --pgdata=" + (folder_ / "data").string());
  } catch (const std::runtime_error&) {  // it is gone already
  }
}

double PostgresPeer::appends_per_second(const Load& load) const {
  static std::atomic<int> runs{};
  const auto prefix = "user-" + std::to_string(++runs) + "-";
  const std::string bytes(load.frame_bytes, 'x');
  std::atomic<bool> stop{};
  std::atomic<std::uint64_t> done{};
  std::vector<std::jthread> threads;
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t number = 0; number < load.connections; ++number) {
    threads.emplace_back([&, number] {
      done += append_until(stop, folder_, "account-" + std::to_string(number % load.accounts),
                           prefix + std::to_string(number) + "-", bytes);
    });
  }
  std::this_thread::sleep_for(load.duration);
  stop = true;
  threads.clear();
  return static_cast<double>(done) / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace gatehouse::bench

// What is measured over HTTP on one running server, part by part; each prints its section of the report.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "bench/disk_baseline.hpp"
#include "bench/load_generator.hpp"
#include "bench/prepared_data.hpp"
#include "bench/report.hpp"
#include "bench/server_process.hpp"

namespace gatehouse::bench {

struct Subject {
  const ServerProcess& server;
  const Tokens& tokens;
  const DiskBaseline& disk;
  Report& report;
  std::chrono::milliseconds duration;  // of one load
  const std::filesystem::path& scratch;
};

// Durable commands a second at 1, 16, 64 and 256 connections, and the time of one command on an idle server.
void measure_commands(const Subject& subject);
// The same append by PostgreSQL, as many connections, on the same disk.
void measure_postgres(const Subject& subject);
// Queries a second at 64 connections beside /livez, and that beside nginx.
void measure_queries(const Subject& subject);
// AuthZEN's searches, one at a time: who may install an app, and what a member may install.
void measure_searches(const Subject& subject);
// Switches off an app that `installations` members have, while another account goes on working.
void measure_switch_off(const Subject& subject, std::size_t installations);
// What followers who do not read cost.
void measure_followers(const Subject& subject);
// What rebuilds, backups and scrubs cost commands meanwhile.
void measure_background(const Subject& subject);
// Questions about the past: one row, and a whole account.
void measure_past(const Subject& subject);
// Resident memory before, in the middle and after `queries` queries.
void measure_memory(const Subject& subject, std::uint64_t queries);

// A load that was answered with anything but 200 has measured something else: throws std::runtime_error with the first refusal.
[[nodiscard]] LoadResult run_accepted_load(const LoadPlan& plan);

// AddMember with a user id that no other request has.
[[nodiscard]] std::string new_member_request(const std::string& account, const std::string& token,
                                             std::uint64_t number);

}  // namespace gatehouse::bench

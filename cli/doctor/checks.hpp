// What `gatehouse doctor` looks at. Every check reads alone and changes nothing; where it measures, the judgement is a function of what was
// measured. Any may throw what a broken machine throws.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/configuration.hpp"
#include "cli/doctor/finding.hpp"
#include "events/timestamp.hpp"

namespace gatehouse::cli {

// Thrown at whoever reads what the store cannot.
struct Unreadable {
  std::string table;
  std::string detail;
};

// How things stand with the server on a data folder.
struct Standing {
  std::optional<int> server;       // process id of the one that runs; 0 when it cannot be told
  std::optional<std::string> url;  // where it can be reached
  bool has_log = false;            // there is something to open
  bool has_events = false;         // by the witness; also where that cannot be read
};
[[nodiscard]] Standing standing_of(const std::string& data);

// configured.cpp
// Whether tokens go over a network in the clear: as configured, or where a running server says that it is.
[[nodiscard]] Finding check_listening(const Configuration& configuration, const std::optional<std::string>& url = {});
[[nodiscard]] Finding check_tls(const http::TlsFiles& files, std::chrono::sys_seconds now);
[[nodiscard]] Findings check_issuers(const std::vector<identity::IssuerFile>& issuers);
// Files of the configuration that hold secrets: the TLS key, passwords.
[[nodiscard]] Findings check_secret_files(const std::string& config, const Configuration& configuration);
[[nodiscard]] Finding check_mail_server(const MailSettings& mail);  // connects

// backups.cpp
// Whether backups lie where the server accepts them and can write.
[[nodiscard]] Findings check_backups(const Configuration& configuration);

// data_folder.cpp
[[nodiscard]] Finding check_data_folder(const std::filesystem::path& data);
[[nodiscard]] Findings check_keys(const std::filesystem::path& data, bool has_events);
// log_key.cpp
// Whether the log would be signed on as it was: by the same key, under the same name (`origin`; empty: what follows from the key). Nothing while nothing was published.
[[nodiscard]] Findings check_log_key(const std::filesystem::path& data, const std::string& origin);

// disk.cpp
[[nodiscard]] Finding check_file_system(std::uint64_t magic);
struct Room {
  std::uint64_t free_bytes{};
  std::uint64_t free_inodes{};
  bool counts_inodes = true;
  bool has_ballast = false;
};
[[nodiscard]] Findings judge_room(const Room& room, const Configuration& configuration, bool has_log);
[[nodiscard]] Finding judge_sync(std::chrono::microseconds group);  // what a group of commands waits for
// All of the disk that the folder is on, or will be on.
[[nodiscard]] Findings check_disk(const std::filesystem::path& data, const Configuration& configuration, bool has_log);

// machine.cpp
[[nodiscard]] Finding judge_open_files(std::uint64_t hard_limit, const Configuration& configuration);
[[nodiscard]] Finding judge_memory(std::uint64_t total_bytes, std::uint64_t available_bytes, bool runs);
[[nodiscard]] Finding judge_clock(bool synchronised, std::chrono::microseconds error_max);
[[nodiscard]] Findings check_machine(const Configuration& configuration, const Standing& standing);

// history.cpp
// Of a stopped server's log: whether it opens and agrees with the witness, its keys, what else a start reads, and its newest event against the clock.
[[nodiscard]] Findings check_history(const std::string& data, Timestamp now);
[[nodiscard]] Finding judge_newest(Timestamp newest, Timestamp now);

// serving.cpp
[[nodiscard]] Finding check_port(const Address& address);
// Of a running server: what it answers to /readyz.
[[nodiscard]] Finding check_readiness(const std::string& url);
[[nodiscard]] Finding judge_readiness(long status, const std::string& body);

}  // namespace gatehouse::cli

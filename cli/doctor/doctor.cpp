#include "cli/doctor/doctor.hpp"

#include <chrono>
#include <functional>
#include <iostream>

#include "cli/doctor/checks.hpp"
#include "cli/doctor/report.hpp"
#include "store/store_health.hpp"

namespace gatehouse::cli {

namespace {

class Examination {
 public:
  void add(Finding finding) { findings_.push_back(std::move(finding)); }

  // A check that cannot be made is a finding of its own, and no reason not to make the others.
  void look(const std::string& check, const std::function<Findings()>& at) {
    try {
      for (auto& finding : at())
        add(std::move(finding));
    } catch (const std::exception& error) {
      add({check, Verdict::wrong, "cannot be looked at: " + std::string(error.what()),
           "run this as root, or as the server's user"});
    }
  }

  [[nodiscard]] Findings take() { return std::move(findings_); }

 private:
  Findings findings_;
};

// As `gatehouse serve` would take it.
void read(const DoctorFlags& flags, Configuration& configuration) {
  if (!flags.config.empty())
    read_configuration(flags.config, configuration);
  if (!flags.listen.empty())
    configuration.listen = parse_address(flags.listen);
}

Configuration settle(const DoctorFlags& flags, Examination& examination) {
  Configuration configuration;
  try {
    read(flags, configuration);
    examination.add(
        {"configuration", Verdict::ok, flags.config.empty() ? "none: the defaults" : flags.config + " is read"});
  } catch (const std::exception& error) {
    configuration = {};
    examination.add(
        {"configuration", Verdict::wrong, error.what(), "correct it; what follows is looked at with the defaults"});
  }
  if (!flags.data.empty())
    configuration.data = flags.data;
  return configuration;
}

void look_at_server(Examination& examination, const Configuration& configuration, const Standing& standing,
                    Timestamp now) {
  if (standing.server) {
    examination.look("server", [&]() -> Findings {
      if (!standing.url)
        return {{"server", Verdict::warning, "something has the data open, and says not where it answers",
                 "if the server is starting, wait and ask again"}};
      return {check_readiness(*standing.url)};
    });
    return;
  }
  examination.look("port", [&]() -> Findings { return {check_port(configuration.listen)}; });
  if (standing.has_log)
    examination.look("log", [&] { return check_history(configuration.data, now); });
}

}  // namespace

Findings examine(const DoctorFlags& flags) {
  const auto now = std::chrono::system_clock::now();
  const Timestamp now_ms{std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count()};
  when_unreadable([](std::string_view table, std::string_view detail) {
    throw Unreadable{std::string(table), std::string(detail)};
  });
  Examination examination;
  const auto configuration = settle(flags, examination);
  Standing standing;
  examination.look("data", [&]() -> Findings {
    standing = standing_of(configuration.data);
    return {check_data_folder(configuration.data)};
  });
  examination.look("listening", [&]() -> Findings { return {check_listening(configuration, standing.url)}; });
  if (configuration.tls)
    examination.look("tls", [&]() -> Findings {
      return {check_tls(*configuration.tls, std::chrono::floor<std::chrono::seconds>(now))};
    });
  examination.look("issuers", [&] { return check_issuers(configuration.issuers); });
  examination.look("secrets", [&] { return check_secret_files(flags.config, configuration); });
  examination.look("backup", [&] { return check_backups(configuration); });
  examination.look("keys", [&] { return check_keys(configuration.data, standing.has_events); });
  examination.look("log's key", [&] { return check_log_key(configuration.data, configuration.transparency.origin); });
  examination.look("disk", [&] { return check_disk(configuration.data, configuration, standing.has_log); });
  examination.look("machine", [&] { return check_machine(configuration, standing); });
  look_at_server(examination, configuration, standing, now_ms);
  if (flags.network)
    examination.look("mail", [&]() -> Findings { return {check_mail_server(configuration.mail)}; });
  return examination.take();
}

int run_doctor(const DoctorFlags& flags) {
  const auto findings = examine(flags);
  std::cout << (flags.json ? json_of(findings) : text_of(findings)) << std::flush;
  return exit_code_of(worst_of(findings));
}

}  // namespace gatehouse::cli

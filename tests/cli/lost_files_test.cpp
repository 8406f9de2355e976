// What a start must not make anew in silence.
#include "cli/lost_files.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

#include "cli/data_refused.hpp"
#include "cli/outbound_hold.hpp"
#include "identity/server_secret.hpp"
#include "identity/signing_key.hpp"
#include "tests/store/temporary_folder.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class LostFiles : public ::testing::Test {
 protected:
  void publish(const std::string& size) const {
    const auto signer =
        transparency::make_log_signer("log.example", identity::load_or_create_key(data(), identity::log_key).value());
    std::ofstream(data() / "checkpoint", std::ios::trunc)
        << tlog::to_text(signer.sign("log.example\n" + size + "\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"));
  }
  void make_secrets() const {
    ASSERT_TRUE(identity::load_or_create_key(data()).has_value());
    ASSERT_TRUE(identity::load_or_create_secret(data(), "webhooks").has_value());
  }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path(); }

  gatehouse::testing::TemporaryFolder folder_;
};

TEST_F(LostFiles, a_log_is_missed_where_its_checkpoint_is) {
  EXPECT_NO_THROW(refuse_lost_log(data().string())) << "the first start";
  publish("0");
  EXPECT_NO_THROW(refuse_lost_log(data().string())) << "of a log without events";
  publish("7");
  EXPECT_THAT([this] { refuse_lost_log(data().string()); },
              ThrowsMessage<DataRefused>(HasSubstr("a log with 7 events, and that log is not there")));
  std::filesystem::create_directory(data() / "db");
  EXPECT_THROW(refuse_lost_log(data().string()), DataRefused) << "with nothing in it";
  std::ofstream(data() / "db" / "CURRENT") << "MANIFEST-000001\n";
  EXPECT_NO_THROW(refuse_lost_log(data().string())) << "what is wrong with it is told by who opens it";
}

TEST_F(LostFiles, events_are_missed_that_were_published) {
  EXPECT_NO_THROW(refuse_lost_events(data().string(), {3})) << "nothing was published";
  publish("7");
  EXPECT_NO_THROW(refuse_lost_events(data().string(), {7}));
  EXPECT_THAT([this] { refuse_lost_events(data().string(), {6}); },
              ThrowsMessage<DataRefused>(HasSubstr("7 events were published, and the log has only 6")));
  std::filesystem::remove(data() / "keys" / "log-signing.pem");
  EXPECT_NO_THROW(refuse_lost_events(data().string(), {6})) << "nobody can tell who published it";
  static_cast<void>(identity::load_or_create_key(data(), identity::log_key));
  EXPECT_NO_THROW(refuse_lost_events(data().string(), {6})) << "another log published it";
}

TEST_F(LostFiles, secrets_are_refused_that_are_not_what_they_were) {
  EXPECT_NO_THROW(refuse_damaged_secrets(data().string()));
  make_secrets();
  EXPECT_NO_THROW(refuse_damaged_secrets(data().string()));
  for (const auto* name : {"token-signing.pem", "webhooks.key"}) {
    const auto file = data() / "keys" / name;
    std::filesystem::copy_file(file, data() / "whole");
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 3);
    EXPECT_THAT([this] { refuse_damaged_secrets(data().string()); }, ThrowsMessage<DataRefused>(HasSubstr(name)));
    std::ofstream(file, std::ios::trunc).close();
    EXPECT_THROW(refuse_damaged_secrets(data().string()), DataRefused) << name << " is empty";
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    EXPECT_THROW(refuse_damaged_secrets(data().string()), DataRefused) << name << " is a folder";
    std::filesystem::remove(file);
    std::filesystem::rename(data() / "whole", file);
  }
}

TEST_F(LostFiles, secrets_are_missed_where_there_are_events) {
  EXPECT_NO_THROW(refuse_lost_secrets(data().string(), false, false)) << "the first start";
  make_secrets();
  EXPECT_NO_THROW(refuse_lost_secrets(data().string(), true, false));
  for (const auto* name : {"token-signing.pem", "webhooks.key"}) {
    std::filesystem::remove(data() / "keys" / name);
    EXPECT_THAT([this] { refuse_lost_secrets(data().string(), true, false); },
                ThrowsMessage<DataRefused>(HasSubstr(name)));
    EXPECT_NO_THROW(refuse_lost_secrets(data().string(), true, true)) << "new ones are wanted";
    make_secrets();
  }
  std::filesystem::remove_all(data() / "keys");
  hold_outbound(data());
  EXPECT_NO_THROW(refuse_lost_secrets(data().string(), true, false)) << "restored without them";
  std::filesystem::remove(outbound_hold_of(data()));
  make_missing_secrets(data().string());
  EXPECT_NO_THROW(refuse_lost_secrets(data().string(), true, false))
      << "restored now, and mails wanted before the first start";
}

}  // namespace
}  // namespace gatehouse::cli

#include "cli/configuration.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/http/certificate.hpp"

namespace gatehouse::cli {
namespace {

using testing::HasSubstr;

std::string refusal(const std::string& listen) {
  try {
    static_cast<void>(parse_address(listen));
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST(ListenAddress, is_an_ip_address_and_a_port) {
  const auto four = parse_address("0.0.0.0:80");
  EXPECT_EQ(four.host, "0.0.0.0");
  EXPECT_EQ(four.port, 80);
  const auto six = parse_address("[::1]:0");
  EXPECT_EQ(six.host, "::1");
  EXPECT_EQ(six.port, 0);
}

TEST(ListenAddress, a_name_is_refused_with_the_form_that_is_wanted) {
  for (const auto* listen : {"localhost:8080", ":8080", "[]:8080", "[127.0.0.1]:8080", "::1:8080", "256.0.0.1:8080"}) {
    EXPECT_THAT(refusal(listen), HasSubstr("names are not resolved")) << listen;
    EXPECT_THAT(refusal(listen), HasSubstr("127.0.0.1:8080 or [::1]:8080")) << listen;
    EXPECT_THAT(refusal(listen), HasSubstr("\"" + std::string(listen) + "\""));
  }
}

TEST(ListenAddress, a_missing_or_impossible_port_is_refused) {
  for (const auto* listen : {"127.0.0.1", "", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x"})
    EXPECT_THAT(refusal(listen), HasSubstr("has no port")) << listen;
}

TEST(LogSettings, are_taken_and_held_to_what_there_is) {
  const auto file = std::filesystem::path{testing::TempDir()} / "log_settings_test.toml";
  const auto read = [&](const std::string& text) {
    std::ofstream{file} << "[log]\n" << text;
    Configuration configuration;
    read_configuration(file.string(), configuration);
    return configuration;
  };
  EXPECT_EQ(read("level = \"debug\"\n").log_level, api::StructuredLog::Level::debug);
  EXPECT_EQ(read("slow_ms = 250\n").slow_request_ms, 250U);
  EXPECT_EQ(read("").log_level, api::StructuredLog::Level::info);
  for (const auto* wrong :
       {"level = \"loud\"\n", "level = 1\n", "slow_ms = -1\n", "slow_ms = 86400001\n", "format = \"xml\"\n"})
    EXPECT_THROW(read(wrong), std::runtime_error) << wrong;
  std::filesystem::remove(file);
}

TEST(ListenAddress, of_the_configuration_file_is_held_to_the_same) {
  const auto file = std::filesystem::path{testing::TempDir()} / "configuration_test.toml";
  const auto read = [&](const std::string& text) {
    std::ofstream{file} << text;
    Configuration configuration;
    read_configuration(file.string(), configuration);
    return configuration.listen;
  };
  EXPECT_EQ(read("listen = \"[::]:9000\"\n").port, 9000);
  EXPECT_EQ(read("threads = 1\n").port, 8080);
  EXPECT_THROW(read("listen = \"localhost:9000\"\n"), std::runtime_error);
  EXPECT_THROW(read("listen = 9000\n"), std::runtime_error);
  std::filesystem::remove(file);
}

// What is said of a file with this text, or nothing.
std::string refusal_of_file(const std::string& text) {
  const auto file = std::filesystem::path{testing::TempDir()} / "configuration_refusal_test.toml";
  std::ofstream{file} << text;
  Configuration configuration;
  try {
    read_configuration(file.string(), configuration);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST(Configuration, names_the_element_of_a_list_that_is_no_table) {
  EXPECT_EQ(refusal_of_file("[transparency]\nwitnesses = [7]\n"),
            "configuration: transparency.witnesses[0]: must be a table");
  EXPECT_EQ(refusal_of_file("issuers = [\"a\"]\n"), "configuration: issuers[0]: must be a table");
  EXPECT_EQ(refusal_of_file("[transparency]\nwitnesses = [{}]\n"),
            "configuration: transparency.witnesses[0].url: is missing");
}

TEST(Configuration, has_a_bound_for_its_threads) {
  EXPECT_EQ(refusal_of_file("threads = 256\n"), "");
  EXPECT_EQ(refusal_of_file("threads = 257\n"), "configuration: threads: must be 1 to 256");
  EXPECT_NE(refusal_of_file("threads = 0\n"), "");
  EXPECT_NE(refusal_of_file("threads = -1\n"), "");
}

TEST(Configuration, is_no_folder) {
  Configuration configuration;
  try {
    read_configuration(testing::TempDir(), configuration);
    FAIL() << "a folder was read";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("is a folder"));
  }
}

TEST(Configuration, has_no_data_without_a_name) {
  EXPECT_EQ(refusal_of_file("data = \"\"\n"), "configuration: data: must be a folder, such as /var/lib/gatehouse");
}

TEST(Configuration, has_the_kind_of_tls_checked_also_without_a_mail_server) {
  EXPECT_EQ(refusal_of_file("[mail]\ntls = \"ssl\"\n"), "configuration: mail.tls: must be starttls, tls or none");
  EXPECT_EQ(refusal_of_file("[mail]\nserver = \"a\"\ntls = \"ssl\"\n"),
            "configuration: mail.tls: must be starttls, tls or none");
  EXPECT_EQ(refusal_of_file("[mail]\ntls = \"none\"\n"), "");
}

TEST(Configuration, trusts_no_authorities_that_are_not_there) {
  const http::TestCertificate certificate;
  const auto empty = std::filesystem::path{testing::TempDir()} / "no_authorities.pem";
  std::ofstream{empty} << "none";
  for (const std::string table : {"mail", "webhooks", "transparency"}) {
    const auto refused = [&](const std::string& file) {
      return refusal_of_file("[" + table + "]\nca_file = \"" + file + "\"\n");
    };
    EXPECT_THAT(refused("/nonexistent"), HasSubstr(table + ".ca_file: \"/nonexistent\" cannot be read"));
    EXPECT_THAT(refused(empty.string()), HasSubstr("has no certificates"));
    EXPECT_EQ(refused(certificate.files().certificate_chain), "");
  }
}

TEST(Configuration, counts_no_witness_twice) {
  const auto key_of = [](const char* name) {
    return tlog::NoteSigner(name, tlog::SignatureType::ed25519_cosignature, identity::SigningKey::generate())
        .verifier_key()
        .to_text();
  };
  const auto witness = [](const std::string& url, const std::string& key) {
    return "[[transparency.witnesses]]\nurl = \"" + url + "\"\nkey = \"" + key + "\"\n";
  };
  const auto first = key_of("w.example"), second = key_of("w.example");
  EXPECT_EQ(refusal_of_file(witness("http://a", first) + witness("http://b", second)), "");
  EXPECT_EQ(refusal_of_file(witness("http://a", first) + witness("http://b", first)),
            "configuration: transparency.witnesses[1].key: is that of another witness, and nobody counts twice");
  EXPECT_EQ(refusal_of_file(witness("http://a", first) + witness("http://a/", second)),
            "configuration: transparency.witnesses[1].url: is that of another witness, and nobody counts twice");
}

TEST(BackupSettings, are_read_with_their_units_and_refused_without) {
  const auto file = std::filesystem::path{testing::TempDir()} / "backup_configuration_test.toml";
  const auto read = [&](const std::string& text) {
    std::ofstream{file} << "[backup]\n" << text;
    Configuration configuration;
    read_configuration(file.string(), configuration);
    return configuration.backup;
  };
  const auto backup = read("directory = \"b\"\nkeys_directory = \"k\"\ninterval = \"90m\"\nkeep = 3\nverify = false\n");
  EXPECT_EQ(backup.folder, "b");
  EXPECT_EQ(backup.keys_folder, "k");
  EXPECT_EQ(backup.interval, std::chrono::minutes{90});
  EXPECT_EQ(backup.keep, 3U);
  EXPECT_FALSE(backup.verify);
  EXPECT_EQ(read("directory = \"b\"\n").interval, std::chrono::seconds{0}) << "none by itself";
  for (const auto* bad :
       {"keep = 3\n", "directory = \"b\"\ninterval = \"90\"\n", "directory = \"b\"\ninterval = \"0s\"\n",
        "directory = \"b\"\nkeep = 0\n", "directory = \"b\"\nkept = 3\n"})
    EXPECT_THROW(read(bad), std::runtime_error) << bad;
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace gatehouse::cli

#include "backup/manifest.hpp"

#include <gtest/gtest.h>

#include "store/event_chain.hpp"
#include "transparency/log_signer.hpp"

namespace gatehouse::testing {
namespace {

const BackupManifest manifest{.head = {7, {812}, sha256("chain")},
                              .root = sha256("root"),
                              .first = sha256("first"),
                              .recorded_at = {1'763'900'000'123},
                              .made_at = {1'763'900'001'000},
                              .program = "0.1.0",
                              .bytes = 123'456,
                              .files = 17,
                              .file_list = sha256("files")};

TEST(BackupManifest, is_read_as_it_was_signed) {
  const auto signer = transparency::make_log_signer("log.example", identity::SigningKey::generate());
  const auto parsed = parse_manifest(to_note(manifest, signer));
  ASSERT_TRUE(parsed.has_value()) << parsed.error().detail;
  EXPECT_EQ(parsed->manifest, manifest);
  EXPECT_EQ(is_signed_by(parsed->note, signer.verifier_key()), true);
}

TEST(BackupManifest, is_believed_with_no_bit_changed) {
  const auto signer = transparency::make_log_signer("log.example", identity::SigningKey::generate());
  const auto note = to_note(manifest, signer);
  for (std::size_t at = 0; at < note.size(); ++at) {
    auto damaged = note;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    const auto parsed = parse_manifest(damaged);
    EXPECT_TRUE(!parsed.has_value() || parsed->manifest == manifest) << "the byte at " << at;
    EXPECT_FALSE(parsed.has_value()) << "the byte at " << at;
  }
  EXPECT_FALSE(parse_manifest(to_text(signer.sign("gatehouse.export/v1\n{}\n"))).has_value());
  EXPECT_FALSE(parse_manifest(to_text(signer.sign("gatehouse.backup/v1\n{}\n"))).has_value());
}

TEST(BackupManifest, is_no_checkpoint_of_a_log_of_that_name) {
  EXPECT_FALSE(transparency::is_origin(transparency::backup_manifest_line));
}

}  // namespace
}  // namespace gatehouse::testing

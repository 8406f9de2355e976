#include "tlog/proof_file.hpp"

#include <gtest/gtest.h>

namespace gatehouse::tlog {
namespace {

TEST(ProofFile, reads_what_it_writes) {
  const ProofFile proof{"frame", 73'894, {leaf_hash("a"), leaf_hash("b")}, "log.example\n1\nroot\n\n\u2014 x y\n"};
  const auto text = to_text(proof);
  EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nextra ZnJhbWU=\nindex 73894\n")) << text;
  const auto parsed = parse_proof_file(text);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->extra, proof.extra);
  EXPECT_EQ(parsed->index, proof.index);
  EXPECT_EQ(parsed->path, proof.path);
  EXPECT_EQ(parsed->checkpoint, proof.checkpoint);
  const auto bare = parse_proof_file(to_text({{}, 0, {}, "c"}));
  ASSERT_TRUE(bare.has_value());
  EXPECT_TRUE(bare->extra.empty() && bare->path.empty());
}

TEST(ProofFile, is_refused_when_it_is_none) {
  for (const auto* bad : {"", "c2sp.org/tlog-proof@v2\nindex 0\n\nc", "c2sp.org/tlog-proof@v1\n\nc",
                          "c2sp.org/tlog-proof@v1\nindex 00\n\nc", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nc",
                          "c2sp.org/tlog-proof@v1\nindex 0\n", "c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nc",
                          "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\nc"}) {
    EXPECT_FALSE(parse_proof_file(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace gatehouse::tlog

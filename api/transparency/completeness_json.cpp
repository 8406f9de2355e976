#include "api/transparency/completeness_json.hpp"

#include "api/json/described_writer.hpp"

namespace gatehouse::api {

void append_completeness(std::string& out, const AccountId& account, const transparency::Completeness& proof) {
  std::vector<std::string> siblings;
  for (const auto& sibling : proof.siblings)
    siblings.push_back(tlog::to_base64(sibling));
  ObjectWriter(out)
      .member("account_id", account)
      .member("account_version", proof.head.version)
      .member("account_root", tlog::to_base64(proof.head.root))
      .member("siblings", siblings)
      .member("heads", tlog::to_text(proof.heads));
}

}  // namespace gatehouse::api

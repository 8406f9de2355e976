// `gatehouse demo`: plays the whole story against a running server, over HTTP only, and exits non-zero on the first surprise.
#pragma once
#include <optional>
#include <ostream>
#include <string>

#include "cli/demo/stage.hpp"

namespace gatehouse::demo {

struct Options {
  std::string url = "http://127.0.0.1:8080";
  std::optional<std::string> manifests_folder;  // real manifests (*.json) to register as well
};

// 0 when everything went as the rules say, 1 after a surprise (told on `out`).
int play(const Options& options, const Stage::Mint& mint, std::ostream& out);

}  // namespace gatehouse::demo

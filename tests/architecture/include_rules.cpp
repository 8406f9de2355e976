#include "tests/architecture/rules.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <span>

namespace gatehouse::architecture {
namespace {

using Names = std::vector<std::string_view>;

struct Folder {
  std::string_view name;
  Names may_include;
  Names libraries;  // prefixes of headers; `posix` stands for the system's own C headers
};

constexpr std::string_view posix = "posix";

const std::vector<Folder>& folders() {
  static const std::vector<Folder> table{
      {"table", {}, {}},
      {"telemetry", {}, {}},
      {"events", {"table"}, {"cereal/"}},
      {"domain", {"catalogue", "events", "table"}, {"boost/locale/utf"}},
      {"catalogue", {"events"}, {"boost/json", "boost/system"}},
      {"projections", {"events", "catalogue", "domain", "table"}, {"boost/container"}},
      {"store", {"events", "table", "telemetry"}, {"boost/unordered", "rocksdb/", "openssl/", posix}},
      {"sealing", {"events", "identity", "store", "table"}, {"rocksdb/"}},
      {"commands", {"events", "domain", "sealing", "store", "table", "telemetry"}, {posix}},
      {"replay",
       {"events", "domain", "projections", "sealing", "store", "table"},
       {"spdlog/", "fmt/", "boost/asio", "boost/sort", "boost/unordered"}},
      {"identity", {}, {"openssl/", "boost/json", "boost/system", posix}},
      {"tracing", {"events", "identity"}, {}},
      {"tlog", {"identity"}, {}},
      {"witness", {"identity", "tlog"}, {posix}},
      {"transparency", {"table", "events", "domain", "store", "commands", "identity", "tlog"}, {}},
      {"outbound",
       {"events", "domain", "projections", "store", "sealing", "commands", "replay", "table", "identity", "tracing",
        "tlog", "transparency"},
       {"curl/", "gmime/", "boost/json", "boost/asio/ip", posix}},
      {"erasure", {"table", "events", "domain", "store", "sealing", "identity", "commands"}, {}},
      {"backup",
       {"table", "events", "domain", "projections", "store", "identity", "sealing", "replay", "tlog", "transparency"},
       {"rocksdb/", "boost/json", "boost/system", "openssl/", posix}},
      {"http", {}, {"boost/asio", "boost/beast", "boost/system", "openssl/", posix}},
      {"api",
       {"table", "telemetry", "events", "domain", "catalogue", "projections", "store", "sealing", "commands", "replay",
        "identity", "tracing", "tlog", "transparency", "outbound", "erasure", "backup", "http"},
       {"boost/json", "boost/url", "boost/system", "boost/asio", "spdlog/", "fmt/", "prometheus/"}},
      {"cli",
       {"table", "events", "domain", "catalogue", "projections", "store", "sealing", "commands", "replay", "identity",
        "tracing", "tlog", "transparency", "witness", "outbound", "erasure", "backup", "http", "api"},
       {"CLI/", "toml++/", "boost/json", "boost/url", "boost/system", "boost/asio", "boost/beast", "spdlog/", "fmt/",
        "prometheus/", posix}},
  };
  return table;
}

constexpr std::array<std::string_view, 3> libraries_for_all{"boost/describe", "boost/mp11", "tl/expected"};

// What a failed assertion does is the same everywhere.
constexpr std::string_view include_for_all = "table/assert.hpp";

// Tests and benchmarks use their frameworks anywhere, but a storage engine or an archive only beside its owner.
constexpr std::array<std::string_view, 3> outer_folders{"tests", "bench", "fuzz"};
constexpr std::array<std::string_view, 4> kept_in_mirror{"rocksdb/", "cereal/", "CLI/", "toml++/"};

const Folder* find_folder(std::string_view name) {
  const auto found = std::ranges::find(folders(), name, &Folder::name);
  return found == folders().end() ? nullptr : &*found;
}

std::string_view first_segment(std::string_view path) { return path.substr(0, path.find('/')); }

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool starts_with_any(std::string_view text, std::span<const std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

struct Include {
  std::size_t line;
  bool quoted;
  std::string target;
};

std::vector<Include> includes_of(std::string_view text) {
  static const std::regex pattern{R"re(^\s*#\s*include\s*(["<])([^">]+)[">].*)re"};
  std::vector<Include> includes;
  std::size_t number = 0;
  for (const auto& line : lines_of(text)) {
    ++number;
    if (std::smatch match; std::regex_match(line, match, pattern)) {
      includes.push_back({number, match[1] == "\"", match[2]});
    }
  }
  return includes;
}

bool is_standard(std::string_view header) { return header.find_first_of("/.") == std::string_view::npos; }

bool is_posix(std::string_view header) {
  constexpr std::array<std::string_view, 4> system_folders{"sys/", "netinet/", "arpa/", "linux/"};
  const bool plain = header.find('/') == std::string_view::npos || starts_with_any(header, system_folders);
  return plain && header.ends_with(".h");
}

bool library_allowed(const Folder& folder, std::string_view header) {
  return is_standard(header) || starts_with_any(header, libraries_for_all) ||
         starts_with_any(header, folder.libraries) || (is_posix(header) && contains(folder.libraries, posix));
}

// In tests/x a library of folder x may be used; in bench the storage engine is what is measured.
bool library_allowed_outside(std::string_view path, std::string_view header) {
  if (!starts_with_any(header, kept_in_mirror)) {
    return true;
  }
  if (path.starts_with("bench/")) {
    return header.starts_with("rocksdb/");
  }
  const auto mirrored = path.substr(path.find('/') + 1);
  const auto* folder = find_folder(first_segment(mirrored));
  return folder != nullptr && library_allowed(*folder, header);
}

}  // namespace

Findings check_layers(const SourceFile& file) {
  Findings findings;
  const auto own = first_segment(file.path);
  const auto* folder = find_folder(own);
  for (const auto& include : includes_of(file.text)) {
    if (!include.quoted || include.target == include_for_all) {
      continue;
    }
    const auto target = first_segment(include.target);
    const bool outer = contains(outer_folders, target);
    if (find_folder(target) == nullptr && !outer && target != own) {
      findings.push_back(finding(file, include.line, "\"" + include.target + "\" is not a path from the root"));
    } else if (folder != nullptr && target != own && !contains(folder->may_include, target)) {
      findings.push_back(finding(file, include.line, std::string{own} + " may not include " + include.target));
    }
  }
  return findings;
}

Findings check_libraries(const SourceFile& file) {
  Findings findings;
  const auto* folder = find_folder(first_segment(file.path));
  const bool outside = contains(outer_folders, first_segment(file.path));
  for (const auto& include : includes_of(file.text)) {
    if (include.quoted) {
      continue;
    }
    const bool allowed = folder != nullptr ? library_allowed(*folder, include.target)
                                           : !outside || library_allowed_outside(file.path, include.target);
    if (!allowed) {
      findings.push_back(finding(file, include.line, "<" + include.target + "> is not this folder's library"));
    }
  }
  return findings;
}

Findings check_coroutines(const SourceFile& file) {
  constexpr std::array<std::string_view, 3> rim{"http", "api", "cli"};
  const auto own = first_segment(file.path);
  Findings findings;
  if (find_folder(own) == nullptr || contains(rim, own)) {
    return findings;
  }
  static const std::regex keyword{R"(\bco_(await|return|yield)\b)"};
  std::size_t number = 0;
  for (const auto& line : lines_of(code_only(file.text))) {
    ++number;
    if (std::regex_search(line, keyword)) {
      findings.push_back(finding(file, number, "coroutines live in http, api and cli only"));
    }
  }
  return findings;
}

}  // namespace gatehouse::architecture

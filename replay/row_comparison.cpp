#include "replay/row_comparison.hpp"

#include <algorithm>
#include <set>

#include "events/little_endian.hpp"
#include "replay/row_difference.hpp"
#include "store/event_chain.hpp"

namespace gatehouse {

namespace {

std::string hex(const Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const auto byte : digest)
    (text += digits[byte >> 4]) += digits[byte & 15];
  return text;
}

// Which members of the row have other values.
std::string members_that_differ(const RowShape& shape, const std::string& former, const std::string& fresh) {
  std::string names;
  if (shape.members_of == nullptr)
    return names;
  const auto before = shape.members_of(former);
  for (const auto& member : shape.members_of(fresh)) {
    const auto same = [&](const RowMember& other) { return other.name == member.name && other.bytes == member.bytes; };
    if (std::ranges::none_of(before, same))
      names.append(names.empty() ? " (" : ", ").append(member.name);
  }
  return names.empty() ? names : names + ")";
}

std::string kind_of(const Projection& projection, const RowDifference& difference) {
  const auto* shape = find_shape(projection.shapes(), difference.key);
  const std::string name(shape != nullptr ? shape->name : "row of no known kind");
  if (!difference.stored)
    return "added: " + name;
  if (!difference.folded)
    return "gone: " + name;
  return "changed: " + name +
         (shape != nullptr ? members_that_differ(*shape, *difference.stored, *difference.folded) : "");
}

}  // namespace

RowsDigest digest_rows(const TableReader& rows, const std::atomic<bool>& cancelled) {
  RowsDigest digest;
  EventChain chain;
  std::string bytes;
  rows.scan({}, [&](std::string_view key, std::string_view value) {
    bytes.clear();
    append_little_endian(bytes, static_cast<std::uint32_t>(key.size()));
    bytes.append(key).append(value);
    digest.digest = chain.next(digest.digest, bytes);
    ++digest.rows;
    return !cancelled.load(std::memory_order_relaxed);
  });
  return digest;
}

tl::expected<std::optional<RowComparison>, Unreadable> compare(const Projection& projection, Position position,
                                                               const TableReader& former, const TableReader& fresh,
                                                               const std::atomic<bool>& cancelled) {
  const auto readable = try_to_read([&] { return digest_rows(former, cancelled); });
  if (!readable)
    return tl::unexpected(readable.error());
  const auto& was = *readable;
  const auto is = digest_rows(fresh, cancelled);
  RowComparison comparison{.position = position,
                           .rows = is.rows,
                           .digest = hex(is.digest),
                           .former_digest = hex(was.digest),
                           .former_version = projection.version(),
                           .examples = {}};
  if (was.digest != is.digest) {
    std::set<std::string> kinds;
    compare_rows(former, fresh, [&](const RowDifference& difference) {
      ++comparison.differences;
      if (kinds.size() < difference_examples_max)
        kinds.insert(kind_of(projection, difference));
      return !cancelled.load(std::memory_order_relaxed);
    });
    comparison.examples.assign(kinds.begin(), kinds.end());
  }
  if (cancelled.load())
    return std::optional<RowComparison>();
  return std::optional(std::move(comparison));
}

}  // namespace gatehouse

// The vendor's manifest as a table: which members each object has, of which type and size. Source: the vendor's
// manifest schema pages and the manifests that it and others publish. A section whose inside the vendor does not
// document is open: anything but fractions may stand in it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gatehouse::catalogue {

struct Member {
  enum class Kind : std::uint8_t {
    text,  // size_max characters
    flag,
    whole_number,
    url,              // https, or empty: not set
    development_url,  // also http to the developer's own machine
    domain,
    choice,   // one of `choices`
    texts,    // size_max of them, short
    choices,  // a list, each one of `choices`
    urls,
    object,   // with `members`
    objects,  // size_max of them
    open,
    elsewhere  // checked on its own
  };

  std::string_view name;
  Kind kind{};
  std::size_t size_max{};
  std::span<const Member> members;
  std::span<const std::string_view> choices;
  bool required{};
};

using Shape = std::span<const Member>;

inline constexpr std::size_t short_text_characters_max = 256;
inline constexpr std::size_t description_characters_max = 4 * 1024;
inline constexpr std::size_t long_text_characters_max = 32 * 1024;
inline constexpr std::size_t list_items_max = 1'000;
inline constexpr std::size_t manifest_scopes_max = 1'000;

[[nodiscard]] Shape manifest_shape();
// The body with which an app is created: the manifest in a member among others.
[[nodiscard]] Shape create_body_shape();

}  // namespace gatehouse::catalogue

// Entity tags (RFC 9110 section 8.8.3): strong, and made of versions, so that a tag that was read can be sent back as the
// condition of a command: "v17", or "v17.c812" where the answer also shows the catalogue as of position 812, "v17.c812.uann" where it is what
// ann is shown and others are not, or "v17.b<digest>" where it also shows what moves without the version. What has no version, such as a list of deliveries, and what is of the past, has a tag of its bytes alone,
// which is no condition.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "api/problem.hpp"

namespace gatehouse::api {

[[nodiscard]] std::string version_tag(std::uint64_t version, std::optional<Position> catalogue = std::nullopt,
                                      const UserId& caller = {});

[[nodiscard]] std::string content_tag(std::string_view body);
[[nodiscard]] std::string content_tag(std::uint64_t version, std::optional<Position> catalogue, std::string_view body);
// The tag of what is only good for a while, of which `period` is the number.
[[nodiscard]] std::string tag_in_period(std::string tag, std::uint64_t period);

// The versions that If-Match asks for, one for each tag; none for "*". A tag that is not of ours, or weak, matches no version.
[[nodiscard]] tl::expected<std::vector<std::uint64_t>, Problem> parse_if_match(std::string_view field);

// The same of tags that also say as of which position of the catalogue they are: they match no version unless it is there still.
[[nodiscard]] tl::expected<std::vector<std::uint64_t>, Problem> parse_if_match(std::string_view field,
                                                                               Position catalogue);
inline constexpr std::uint64_t no_version = UINT64_MAX;  // that nothing has

// If-None-Match: *.
[[nodiscard]] bool asks_for_none(std::string_view if_none_match);
// If-None-Match: whether the client has this representation already.
[[nodiscard]] bool is_known_to_client(std::string_view if_none_match, std::string_view tag);

}  // namespace gatehouse::api

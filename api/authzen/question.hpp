// Reads AuthZEN requests. Members that are not known are left alone; what is missing or of a wrong type is 400.
#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "api/as_of.hpp"
#include "api/authzen/policy.hpp"
#include "api/problem.hpp"

namespace gatehouse::api::authzen {

inline constexpr std::size_t evaluations_max = 1'000;  // in one batch

template <class T>
using Read = tl::expected<T, Problem>;

[[nodiscard]] Read<boost::json::object> read_body(std::string_view content_type, std::string_view body);

// What a request must hold: an evaluation all of it, a search all but what it looks for.
enum class Sought : std::uint8_t { nothing, subjects, resources, actions };
[[nodiscard]] Read<Question> read_question(const boost::json::object& body, Sought sought);

enum class Semantic : std::uint8_t { execute_all, deny_on_first_deny, permit_on_first_permit };

struct Batch {
  Semantic semantic{};
  std::vector<Read<Question>> questions;  // one that cannot be read is refused alone
};
// Nothing when there are no evaluations: then the body is one question.
[[nodiscard]] Read<std::optional<Batch>> read_batch(const boost::json::object& body);

// `as_of` or `at_position` of the context, of a batch that of all its questions. Nothing also where the body cannot be read, which the question says.
[[nodiscard]] Read<std::optional<AsOf>> read_as_of(std::string_view body);

struct PageAsked {
  std::optional<std::size_t> limit;
  std::string token;
};
[[nodiscard]] Read<PageAsked> read_page(const boost::json::object& body);

}  // namespace gatehouse::api::authzen

// The body of Z9: what an app is to be. An app without a manifest of its own gets one that says the same.
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "api/command_json.hpp"
#include "api/problem.hpp"

namespace gatehouse::api::zoom {

struct CreateBody {
  std::string app_type;
  std::string app_name;
  ManifestInput manifest;
  bool active{};
  bool publish{};
};

[[nodiscard]] tl::expected<CreateBody, Problem> read_create_body(std::string_view body,
                                                                 const ManifestReader& read_manifest);

// The member `manifest` of a body.
[[nodiscard]] tl::expected<ManifestInput, Problem> read_manifest_member(const boost::json::object& body,
                                                                        const ManifestReader& read_manifest);

}  // namespace gatehouse::api::zoom

// Manifests to start from, and the files that hold more of them.
#pragma once
#include <filesystem>
#include <string_view>

#include <boost/json/value.hpp>

namespace gatehouse::catalogue {

// The least that is accepted: a name and a usage.
boost::json::value least_manifest(std::string_view usage = "USER_OPERATION");
// A user-level app with scopes, addresses and a product.
boost::json::value sound_manifest();
boost::json::value read_json(const std::filesystem::path& file);
boost::json::value every_setting();  // a create body with each setting that we know

// Sets the value at an RFC 6901 pointer; objects on the way are made where there is nothing.
void set_at(boost::json::value& document, std::string_view pointer, const boost::json::value& value);

}  // namespace gatehouse::catalogue

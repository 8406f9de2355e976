// Compares a JSON document with its shape: unknown, missing and mistyped members, sizes, the form of addresses.
// Everything that is wrong is told. A member that may be left out may also be null, as the vendor's exports write it.
#pragma once
#include <boost/json/fwd.hpp>

#include "catalogue/manifest_errors.hpp"
#include "catalogue/manifest_shape.hpp"

namespace gatehouse::catalogue {

void check_shape(const boost::json::object& object, Shape shape, const Place& place, ManifestErrors& errors);

}  // namespace gatehouse::catalogue

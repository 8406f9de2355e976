#include "api/target.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace gatehouse::api {

namespace urls = boost::urls;

Target parse_target(std::string_view target) {
  Target result;
  const auto parsed = urls::parse_origin_form({target.data(), target.size()});
  if (!parsed) {
    result.well_formed = false;
    return result;
  }
  const auto segments = parsed->encoded_segments();
  result.segments.reserve(segments.size());
  for (const auto segment : segments)
    result.segments.push_back(segment.decode());
  if (parsed->encoded_query().empty())  // "?" alone is none
    return result;
  const urls::encoding_opts form{true, false, false};
  for (const auto parameter : parsed->params(form)) {
    result.parameters.emplace_back(parameter.key, parameter.has_value ? parameter.value : std::string());
  }
  return result;
}

}  // namespace gatehouse::api

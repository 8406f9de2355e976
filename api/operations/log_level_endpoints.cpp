#include "api/operations/log_level_endpoints.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>

#include "api/command_problem.hpp"
#include "api/json/described_reader.hpp"
#include "api/json/strict_parse.hpp"
#include "api/log_level.hpp"
#include "api/operations/projection_json.hpp"
#include "api/route_parameters.hpp"

namespace gatehouse::api {

namespace {

struct LevelName {
  LogLevel::Level level{};
};
struct While {
  std::chrono::seconds duration{};
};
struct LevelRequest {
  LevelName level;
  std::optional<While> for_seconds;
};
BOOST_DESCRIBE_STRUCT(LevelRequest, (), (level, for_seconds))

struct LevelReading {
  FieldErrors errors;
};

}  // namespace

template <>
struct ForeignReader<LevelName> {
  static bool read(const boost::json::value& value, LevelName& out, const Place& place, LevelReading& reading) {
    const auto name = value.is_string() ? std::string_view(value.get_string()) : std::string_view();
    const auto level = level_named(name);
    if (level)
      out.level = *level;
    else
      reading.errors.invalid_field(place, "Must be one of: debug info warning error.");
    return level.has_value();
  }
};

template <>
struct ForeignReader<While> {
  static bool read(const boost::json::value& value, While& out, const Place& place, LevelReading& reading) {
    constexpr std::chrono::seconds most = log_level_while_max;
    const bool fits = value.is_int64() && value.get_int64() >= 1 && value.get_int64() <= most.count();
    if (fits)
      out.duration = std::chrono::seconds(value.get_int64());
    else
      reading.errors.invalid_field(place, "Must be a number from 1 to " + std::to_string(most.count()) + ".");
    return fits;
  }
};

namespace {

tl::expected<LevelRequest, Problem> read_request(const std::string& body) {
  const auto parsed = parse_strictly(body);
  if (!parsed)
    return tl::unexpected(make_problem("malformed_json", parsed.error().detail));
  LevelReading reading;
  LevelRequest request;
  if (read_json(*parsed, request, Place(), reading))
    return request;
  auto errors = std::move(reading.errors).take();
  const auto code = errors.front().code == "unknown_field" ? "unknown_field" : "invalid_field";
  return tl::unexpected(
      to_problem(UnreadableCommand{code, "The body must say what the log's level is to be.", std::move(errors)}));
}

void answer_with(const Services& services, Exchange& exchange, const LogLevel::State& state) {
  std::string body;
  {
    ObjectWriter object(body);
    object.member("level", to_text(state.level)).member("configured", to_text(state.configured));
    if (state.until)
      object.member("until", *state.until).member("later", to_text(state.later));
  }
  exchange.answer(operations_answer(services, 200, std::move(body)));
}

// Tests write no log.
bool refused(const Services& services, Exchange& exchange) {
  if (const auto parameters = check_parameters(exchange.entry()); !parameters)
    exchange.refuse(parameters.error());
  else if (services.log_level == nullptr)
    exchange.refuse(make_problem("not_found", "This server writes no log."));
  else
    return false;
  return true;
}

}  // namespace

void show_log_level(const Services& services, ExchangePointer exchange) {
  if (!refused(services, *exchange))
    answer_with(services, *exchange, services.log_level->state());
}

void change_log_level(const Services& services, ExchangePointer exchange) {
  if (refused(services, *exchange))
    return;
  const auto request = read_request(exchange->request().body);
  if (!request)
    return exchange->refuse(request.error());
  const auto& a_while = request->for_seconds;
  answer_with(
      services, *exchange,
      services.log_level->set(request->level.level,
                              a_while ? std::optional<std::chrono::milliseconds>(a_while->duration) : std::nullopt,
                              exchange->entry().claims->subject));
}

}  // namespace gatehouse::api

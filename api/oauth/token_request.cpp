#include "api/oauth/token_request.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "api/json/described_writer.hpp"
#include "api/media_type.hpp"
#include "api/target.hpp"
#include "identity/base64url.hpp"

namespace gatehouse::api::oauth {

namespace {

using Form = std::map<std::string, std::string, std::less<>>;

constexpr std::uint64_t client_invalid = 4702;
constexpr std::uint64_t grant_unsupported = 4705;
constexpr std::uint64_t parameter_missing = 4706;

tl::unexpected<Refusal> invalid_request(std::string_view description) {
  return tl::unexpected(Refusal{"invalid_request", parameter_missing, description});
}

// RFC 6749 section 3.2: a parameter without a value counts as left out, none may stand there twice, unknown ones are left alone.
tl::expected<Form, Refusal> read_form(const http::Request& request) {
  const auto type = request.headers.find("Content-Type");
  if (!type || !is_media_type(*type, "application/x-www-form-urlencoded"))
    return invalid_request("The body must be application/x-www-form-urlencoded.");
  const auto parsed = parse_target("/?" + request.body);  // a form has the syntax of a query
  if (!parsed.well_formed)
    return invalid_request("The body is not a well-formed form.");
  Form form;
  for (const auto& [name, value] : parsed.parameters) {
    if (!value.empty() && !form.emplace(name, value).second)
      return invalid_request("A parameter is given twice.");
  }
  return form;
}

// RFC 4648 section 4 in terms of section 5.
std::optional<std::string> decode_base64(std::string_view text) {
  std::string url_form(text);
  while (url_form.ends_with('='))
    url_form.pop_back();
  std::ranges::replace(url_form, '+', '-');
  std::ranges::replace(url_form, '/', '_');
  return identity::base64url_decode(url_form);
}

bool is_basic(std::string_view field) {
  constexpr std::string_view scheme = "basic ";
  const auto lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  };
  return field.size() > scheme.size() && std::ranges::equal(field.substr(0, scheme.size()), scheme, {}, lower);
}

// The client's name and secret, from the header or from the form, never from both.
std::optional<Refusal> read_client(const http::Request& request, const Form& form, TokenRequest& read) {
  const auto in_form = [&](std::string_view name) {
    const auto found = form.find(name);
    return found == form.end() ? std::string() : found->second;
  };
  const auto header = request.headers.find("Authorization");
  if (!header) {
    read.client_id = in_form("client_id");
    read.client_secret = in_form("client_secret");
    if (read.client_id.empty() || read.client_secret.empty())
      return Refusal{"invalid_client", parameter_missing, "The client's id or secret is missing.", true};
    return std::nullopt;
  }
  read.by_header = true;
  if (form.contains("client_secret"))
    return Refusal{"invalid_request", parameter_missing, "The client authenticates in two ways at once."};
  const auto decoded = is_basic(*header) ? decode_base64(header->substr(header->find_last_of(' ') + 1)) : std::nullopt;
  const auto colon = decoded ? decoded->find(':') : std::string::npos;
  if (colon == std::string::npos)
    return Refusal{"invalid_client", client_invalid, "The client must authenticate with HTTP Basic.", true};
  read.client_id = decoded->substr(0, colon);
  read.client_secret = decoded->substr(colon + 1);
  if (const auto named = in_form("client_id"); !named.empty() && named != read.client_id)
    return Refusal{"invalid_request", parameter_missing, "The body names another client than the header."};
  return std::nullopt;
}

}  // namespace

tl::expected<TokenRequest, Refusal> read_token_request(const http::Request& request) {
  const auto form = read_form(request);
  if (!form)
    return tl::unexpected(form.error());
  TokenRequest read;
  const auto grant = form->find("grant_type");
  if (grant == form->end())
    return invalid_request("grant_type is missing.");
  if (grant->second == "account_credentials")
    read.grant = TokenRequest::Grant::account_credentials;
  else if (grant->second != "client_credentials")
    return tl::unexpected(Refusal{"unsupported_grant_type", grant_unsupported,
                                  "grant_type must be client_credentials or account_credentials."});
  if (auto refusal = read_client(request, *form, read))
    return tl::unexpected(*refusal);
  if (const auto account = form->find("account_id"); account != form->end())
    read.account_id = account->second;
  if (read.grant == TokenRequest::Grant::account_credentials && !read.account_id)
    return invalid_request("account_id is missing.");
  if (const auto scope = form->find("scope"); scope != form->end()) {
    std::istringstream names(scope->second);
    for (std::string name; names >> name;)
      read.scopes.push_back(name);
  }
  return read;
}

http::Response to_response(const Refusal& refusal) {
  const bool unauthenticated = refusal.error == "invalid_client";
  http::Response response{.status = unauthenticated ? 401U : 400U,
                          .content_type = "application/json",
                          .headers = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}}};
  if (unauthenticated)
    response.headers.push_back({"WWW-Authenticate", "Basic realm=\"gatehouse\""});
  std::string body;
  ObjectWriter(body)
      .member("error", refusal.error)
      .member("error_description", refusal.description)
      .member("reason", refusal.description)
      .member("code", refusal.number);
  response.body = std::move(body);
  return response;
}

}  // namespace gatehouse::api::oauth

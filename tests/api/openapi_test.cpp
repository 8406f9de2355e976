#include "api/openapi.hpp"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>

#include "api/command_docs.hpp"
#include "api/docs_page.hpp"
#include "api/problem_kinds.hpp"
#include "api/problem_pages.hpp"

namespace gatehouse::api {
namespace {

namespace json = boost::json;

const json::object& document() {
  static const auto parsed = json::parse(openapi_document(routes()), {}, {.max_depth = 64});
  return parsed.as_object();
}

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

void collect_references(const json::value& value, std::set<std::string>& found) {
  if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      if (key == "$ref")
        found.insert(text_of(member));
      else
        collect_references(member, found);
    }
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array)
      collect_references(element, found);
  }
}

TEST(OpenApi, has_every_route) {
  const auto& paths = document().at("paths").as_object();
  std::size_t operations = 0;
  for (const auto& [path, operation] : paths)
    operations += operation.as_object().size();
  EXPECT_EQ(operations, routes().size());
  for (const auto& route : routes()) {
    const auto* path = paths.if_contains(path_template(route));
    ASSERT_NE(path, nullptr) << route.path;
    const auto method = boost::algorithm::to_lower_copy(std::string(route.method));
    EXPECT_TRUE(path->as_object().contains(method)) << route.path;
  }
}

TEST(OpenApi, refers_to_nothing_that_is_not_there) {
  std::set<std::string> references;
  collect_references(document(), references);
  EXPECT_GT(references.size(), 80U);
  const auto& schemas = document().at("components").at("schemas").as_object();
  const std::string prefix = "#/components/schemas/";
  for (const auto& reference : references) {
    ASSERT_TRUE(reference.starts_with(prefix)) << reference;
    EXPECT_TRUE(schemas.contains(reference.substr(prefix.size()))) << reference;
  }
}

TEST(OpenApi, has_unique_operation_ids_and_declares_every_path_parameter) {
  std::set<std::string> ids;
  for (const auto& [path, operations] : document().at("paths").as_object()) {
    for (const auto& [method, operation] : operations.as_object()) {
      EXPECT_TRUE(ids.insert(text_of(operation.at("operationId"))).second) << path;
      const std::string template_text(path);
      std::set<std::pair<std::string, std::string>> declared;
      for (const auto& parameter : operation.at("parameters").as_array()) {
        EXPECT_TRUE(declared.emplace(text_of(parameter.at("in")), text_of(parameter.at("name"))).second) << path;
      }
      for (std::size_t at = template_text.find('{'); at != std::string::npos; at = template_text.find('{', at + 1)) {
        const auto name = template_text.substr(at + 1, template_text.find('}', at) - at - 1);
        EXPECT_TRUE(declared.contains({"path", name})) << path;
      }
      const auto first = operation.at("responses").as_object().begin()->key();
      EXPECT_TRUE(first.starts_with('2') || first.starts_with('3')) << path;
    }
  }
}

// OpenAPI 3.1, 4.8.8.2: a template expression is a name in braces.
TEST(OpenApi, has_paths_that_are_templates_as_openapi_knows_them) {
  const std::regex path_pattern(R"(/|(/([A-Za-z0-9_.-]+|\{[A-Za-z0-9_]+\}))+)");
  for (const auto& [path, operations] : document().at("paths").as_object())
    EXPECT_TRUE(std::regex_match(std::string(path), path_pattern)) << path;
}

TEST(OpenApi, describes_a_feed_with_its_forms_its_heartbeats_and_the_place_to_go_on) {
  const auto& feed = document().at("paths").at("/v1/accounts/{account_id}/events").at("get").as_object();
  const auto& content = feed.at("responses").at("200").at("content").as_object();
  EXPECT_TRUE(content.contains("application/json"));
  for (const auto* type : {"text/event-stream", "application/x-ndjson"})
    EXPECT_NE(text_of(content.at(type).at("schema").at("description")).find("15 seconds"), std::string::npos) << type;
  std::map<std::string, std::string> parameters;
  for (const auto& parameter : feed.at("parameters").as_array()) {
    if (const auto* meaning = parameter.as_object().if_contains("description"))
      parameters[text_of(parameter.at("in")) + " " + text_of(parameter.at("name"))] = text_of(*meaning);
  }
  EXPECT_TRUE(parameters.contains("header Last-Event-ID"));
  EXPECT_NE(parameters.at("query limit").find("a feed ends there"), std::string::npos);
  EXPECT_TRUE(feed.at("responses").as_object().contains("409"));
}

TEST(OpenApi, describes_a_command_as_the_contract_has_it) {
  const auto& schema = document().at("components").at("schemas").at("RejectRequests").as_object();
  EXPECT_EQ(schema.at("properties").at("type").at("const"), "RejectRequests");
  EXPECT_EQ(schema.at("required"), (json::array{"type", "kind", "app_id"}));
  EXPECT_EQ(schema.at("additionalProperties"), false);
  EXPECT_EQ(schema.at("description"),
            "May be refused with: account_not_found, not_a_member, privilege_required, stale_version, app_not_found, "
            "account_level_app, user_level_app, too_many_items, request_not_found, request_not_pending.");
  EXPECT_EQ(schema.at("properties").at("reason").at("maxLength"), 1'024);
  EXPECT_EQ(schema.at("properties").at("user_ids").at("maxItems"), 1'000);
  EXPECT_EQ(schema.at("properties").at("kind").at("enum"), (json::array{"pre_approval", "install"}));
}

TEST(OpenApi, names_only_codes_that_have_an_entry) {
  for (const auto& route : routes()) {
    for (const auto code : errors_of(route))
      EXPECT_NE(find_problem_kind(code), nullptr) << route.path << " " << code;
  }
}

TEST(CommandDocs, name_every_command_once_in_the_order_of_the_list) {
  const std::vector<std::string_view> names{
#define GATEHOUSE_NAME(command) #command,
      GATEHOUSE_CONTRACT_COMMANDS(GATEHOUSE_NAME)
#undef GATEHOUSE_NAME
  };
  std::vector<std::string_view> documented;
  for (const auto& doc : command_docs())
    documented.push_back(doc.name);
  EXPECT_EQ(documented, names);
}

TEST(DocsPage, shows_every_command_and_route_and_loads_nothing) {
  const auto page = docs_page(routes());
  for (const auto& doc : command_docs()) {
    EXPECT_NE(page.find("<article id=\"" + std::string(doc.name) + "\">"), std::string::npos) << doc.name;
  }
  for (const auto& route : routes())
    EXPECT_NE(page.find(std::string(route.path)), std::string::npos) << route.path;
  EXPECT_NE(page.find("Last-Event-ID"), std::string::npos);
  EXPECT_NE(page.find("<code>text/csv</code>"), std::string::npos);
  EXPECT_NE(page.find("Scope platform and scope auditor."), std::string::npos);
  for (const auto* foreign : {"<script", "src=", "@import", "https://"})
    EXPECT_EQ(page.find(foreign), std::string::npos) << foreign;
}

TEST(DocsPage, links_what_a_command_may_be_refused_with_to_its_page) {
  EXPECT_NE(docs_page(routes()).find("<p>May be refused with: <a href=\"/docs/problems/insufficient_scope\">"
                                     "<code>insufficient_scope</code></a>, "),
            std::string::npos);
  for (const auto& doc : command_docs()) {
    for (const auto code : doc.refusals())
      EXPECT_NE(find_problem_kind(to_text(code)), nullptr) << doc.name << ": " << to_text(code);
  }
}

TEST(ProblemPages, link_every_code_to_its_page) {
  const auto index = problems_page();
  for (const auto& kind : problem_kinds()) {
    EXPECT_NE(index.find("/docs/problems/" + std::string(kind.code) + "\""), std::string::npos) << kind.code;
    const auto page = problem_page(kind);
    EXPECT_NE(page.find("What to do"), std::string::npos);
    EXPECT_EQ(page.find(std::string(kind.code) + " - Gatehouse") == std::string::npos, false);
  }
}

}  // namespace
}  // namespace gatehouse::api

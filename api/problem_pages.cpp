#include "api/problem_pages.hpp"

#include "api/html.hpp"

namespace gatehouse::api {

std::string problem_page(const ProblemKind& kind) {
  const std::string code(kind.code);
  std::string body = "<nav aria-label=\"Pages\"><ul><li><a href=\"/docs\">API</a></li>"
                     "<li><a href=\"/docs/problems\">All problems</a></li></ul></nav>\n<main>\n";
  body += "<p class=\"status\">" + std::to_string(kind.status) + "</p>\n";
  body += "<h1>" + escape_html(kind.title) + "</h1>\n<p><code>" + code + "</code></p>\n";
  body += "<h2>What it means</h2>\n<p>" + escape_html(kind.meaning) + "</p>\n";
  body += "<h2>What to do</h2>\n<p>" + escape_html(kind.remedy) + "</p>\n</main>\n";
  return html_page(code + " - Gatehouse", body);
}

std::string problems_page() {
  std::string body = "<nav aria-label=\"Pages\"><ul><li><a href=\"/docs\">API</a></li></ul></nav>\n<main>\n<h1>Problems</h1>\n"
                     "<p>Every refusal is a problem document (RFC 9457). Its member <code>code</code> is one of these; "
                     "programs should look at it, not at the texts.</p>\n"
                     "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Status</th><th scope=\"col\">Code</th>"
                     "<th scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n";
  for (const auto& kind : problem_kinds()) {
    const std::string code(kind.code);
    body += "<tr><td>" + std::to_string(kind.status) + "</td><td><a href=\"/docs/problems/" + code + "\"><code>" + code +
            "</code></a></td><td>" + escape_html(kind.title) + ".</td></tr>\n";
  }
  body += "</tbody>\n</table></div>\n</main>\n";
  return html_page("Problems - Gatehouse", body);
}

}  // namespace gatehouse::api

#include "api/html.hpp"

namespace gatehouse::api {
namespace {

constexpr std::string_view style = R"css(
:root{--ink:#1b2430;--soft:#5b6877;--line:#dde3ea;--paper:#fff;--shade:#f5f7fa;--accent:#0b57a4;--get:#12703c;--post:#8a4b08}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ef;--soft:#9aa7b5;--line:#2c3642;--paper:#12171d;--shade:#1a2129;
--accent:#7db7f5;--get:#6fd39a;--post:#e8b26a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:2.5rem 1.25rem 6rem;background:var(--paper);color:var(--ink);
font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.35rem;margin:3rem 0 1rem;padding-bottom:.35rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:0 0 .35rem}
a{color:var(--accent)}a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
p{margin:.4rem 0}.soft{color:var(--soft)}
code,pre{font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{background:var(--shade);border-radius:4px;padding:.1em .35em}
pre{background:var(--shade);border:1px solid var(--line);border-radius:8px;padding:1rem;overflow-x:auto}
pre code{background:none;padding:0}
nav ul{display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;list-style:none;padding:0;margin:1rem 0}
article{border:1px solid var(--line);border-radius:10px;padding:1rem 1.15rem;margin:.9rem 0}
article:target{border-color:var(--accent)}
.verb{font-weight:700;margin-right:.5rem}.get{color:var(--get)}.post{color:var(--post)}
.path{overflow-wrap:anywhere}
details{margin-top:.5rem}summary{cursor:pointer;color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.95rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600}
.badge{display:inline-block;border:1px solid var(--line);border-radius:999px;padding:0 .6rem;font-size:.85rem;color:var(--soft)}
.status{font-size:3rem;font-weight:700;color:var(--soft);line-height:1}
)css";

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char character : text) {
    switch (character) {
      case '&': escaped.append("&amp;"); break;
      case '<': escaped.append("&lt;"); break;
      case '>': escaped.append("&gt;"); break;
      case '"': escaped.append("&quot;"); break;
      case '\'': escaped.append("&#39;"); break;
      default: escaped.push_back(character);
    }
  }
  return escaped;
}

std::string html_page(std::string_view title, std::string_view body) {
  std::string page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  page.append(escape_html(title)).append("</title>\n<style>").append(style).append("</style>\n</head>\n<body>\n");
  page.append(body).append("</body>\n</html>\n");
  return page;
}

}  // namespace gatehouse::api

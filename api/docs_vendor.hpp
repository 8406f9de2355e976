// The chapter of the readable page on the vendor's dialect: what the numbers of its refusals say.
#pragma once
#include <string_view>

namespace gatehouse::api {

inline constexpr std::string_view vendor_chapter = R"html(<h2 id="vendor">The vendor's numbers</h2>
<p>Below <code>/v2</code> a refusal is <code>{"code": number, "message": "...", "reason": "..."}</code>: the number is the vendor's,
<code>reason</code> is our code, with its page under <a href="/docs/problems">problems</a>. Query parameters that only the vendor knows are left alone.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">Status</th><th scope="col">Number</th><th scope="col">When</th></tr></thead><tbody>
<tr><td>400</td><td>300</td><td>The body is no JSON object, a member or a page token is not valid; <code>errors</code> names the fields.</td></tr>
<tr><td>400</td><td>1404</td><td>A list is edited while the app's pre-approval is off.</td></tr>
<tr><td>400</td><td>1500</td><td>A rule or a state refuses; <code>reason</code> is what the command would answer, for example
<a href="/docs/problems/account_level_app"><code>account_level_app</code></a>,
<a href="/docs/problems/already_granted"><code>already_granted</code></a>,
<a href="/docs/problems/app_not_activated_or_installed"><code>app_not_activated_or_installed</code></a>,
<a href="/docs/problems/group_not_found"><code>group_not_found</code></a>,
<a href="/docs/problems/request_not_pending"><code>request_not_pending</code></a>.</td></tr>
<tr><td>400</td><td>2000, 2001</td><td>A client's secret was changed three times in 15 minutes; the time to revoke the old one is not valid.</td></tr>
<tr><td>400, 401</td><td>4700, 201</td><td>The token lacks the scope, which the message names; 401 for those who create apps or change secrets.</td></tr>
<tr><td>401</td><td>124</td><td>There is no valid token.</td></tr>
<tr><td>403</td><td>403</td><td>The role lacks the privilege, or the caller is no active member.</td></tr>
<tr><td>404</td><td>1001</td><td>The user is no member of the account.</td></tr>
<tr><td>404</td><td>1401</td><td>The app does not exist for this account, or was deleted.</td></tr>
<tr><td>any other</td><td>the status</td><td>Refused as HTTP, or the server cannot answer now.</td></tr>
</tbody></table></div>
)html";

}  // namespace gatehouse::api

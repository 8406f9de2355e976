#include <array>

#include "api/problem_kinds.hpp"

namespace gatehouse::api::detail {
namespace {

// What the transport refuses before a route is looked for; the connection is closed after each.
constexpr std::array kinds{
    ProblemKind{
        "malformed_request", 400, "The request is not well-formed HTTP",
        "The request line or a header line does not follow RFC 9112: a bare line feed, a control character, a space "
        "before a colon, a folded line.",
        "Send the request with an ordinary HTTP library. If a proxy stands between, look at what it rewrites."},
    ProblemKind{"invalid_target", 400, "The request target is not valid",
                "The target is not a path with an optional query in the characters that RFC 3986 allows.",
                "Percent-encode every other character, and send the path without a host and without a fragment."},
    ProblemKind{"invalid_host", 400, "The Host header is missing or not valid",
                "HTTP/1.1 wants exactly one Host header that names one host with an optional port.",
                "Send exactly one."},
    ProblemKind{"invalid_content_length", 400, "The Content-Length header is not valid",
                "Content-Length is not one decimal number, or it stands there twice.", "Send it once, as digits."},
    ProblemKind{"duplicate_header", 400, "A header that may appear once appears twice",
                "Two readers could pick different ones of the two values, so neither is taken.",
                "Send the header once."},
    ProblemKind{"method_not_allowed", 405, "The method is not allowed",
                "The path exists, but not for this method. The Allow header names those it takes.",
                "Read with GET, and send commands with POST."},
    ProblemKind{"request_timeout", 408, "The request took too long to arrive",
                "The header must arrive within seconds, and the body at a minimum rate.",
                "Send it again over a connection that keeps up. A command that was cut off has not run."},
    ProblemKind{"length_required", 411, "A Content-Length is required",
                "The request has a body of unstated length, or one in chunks.",
                "State its length with Content-Length."},
    ProblemKind{"body_too_large", 413, "The request body is too large",
                "The body has more bytes than the server takes (1 MiB).", "Split the work into several commands."},
    ProblemKind{"target_too_long", 414, "The request line is too long",
                "The path and query have more than 8 KiB together.", "Shorten the query."},
    ProblemKind{"content_encoding_unsupported", 415, "The body's encoding is not supported",
                "Bodies are taken as they are, without compression.", "Leave Content-Encoding out."},
    ProblemKind{"expectation_failed", 417, "The expectation cannot be met", "Expect knows 100-continue alone.",
                "Leave the header out."},
    ProblemKind{"headers_too_large", 431, "The request headers are too large",
                "The headers have more than 16 KiB or more than 64 fields.", "Send fewer or shorter ones."},
    ProblemKind{
        "internal_error", 500, "The server failed to answer", "This is a fault of the server and never on purpose.",
        "Tell the operator the value of X-Request-Id. Repeat a command with the same Idempotency-Key: it runs at "
        "most once."},
    ProblemKind{"method_not_implemented", 501, "The method is not implemented", "No path takes this method.",
                "Use GET, HEAD or POST."},
    ProblemKind{"transfer_encoding_unsupported", 501, "Transfer-Encoding is not supported",
                "A body is taken as it is, with its length stated before it.", "Send the body with Content-Length."},
    ProblemKind{"too_many_connections", 503, "The server has too many connections",
                "The limit of connections, in all or from your address, is reached.",
                "Reuse connections (keep-alive), and try again after the seconds that Retry-After names."},
    ProblemKind{"too_many_large_bodies", 503, "The server is reading too many large bodies",
                "Bodies above 64 KiB share 128 MiB of memory, and others have it now. The request was not read.",
                "Try again after the seconds that Retry-After names, or send several smaller requests."},
    ProblemKind{"http_version_unsupported", 505, "The HTTP version is not supported",
                "The server speaks HTTP/1.1 and HTTP/1.0.", "Use HTTP/1.1."},
};

}  // namespace

std::span<const ProblemKind> transport_problems() { return kinds; }

}  // namespace gatehouse::api::detail

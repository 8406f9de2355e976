#include "outbound/http_client.hpp"

#include "outbound/curl.hpp"

namespace gatehouse::outbound {

namespace {

struct Transfer {
  const HttpRequest& request;
  CURL* handle{};
  HttpAnswer answer;
};

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* told) {
  auto& transfer = *static_cast<Transfer*>(told);
  const std::string_view part(bytes, size * count);
  curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &transfer.answer.status);
  if (transfer.request.sink && transfer.answer.status == 200) {
    transfer.request.sink(part);
    return part.size();
  }
  if (transfer.answer.body.size() + part.size() > http_answer_bytes_max)
    return 0;
  transfer.answer.body.append(part);
  return part.size();
}

int look_whether_cancelled(void* told, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto* cancelled = static_cast<const std::atomic<bool>*>(told);
  return cancelled != nullptr && *cancelled ? 1 : 0;
}

}  // namespace

HttpAnswer http_call(const HttpRequest& request) {
  const CurlHandle handle;
  CurlList headers;
  for (const auto& header : request.headers)
    headers.add(header);
  headers.add("Expect:");
  auto* curl = handle.get();
  Transfer transfer{request, curl, {}};
  auto& answer = transfer.answer;
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "gatehouse");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_whether_cancelled);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, request.cancelled);
  if (!request.ca_file.empty())
    curl_easy_setopt(curl, CURLOPT_CAINFO, request.ca_file.c_str());
  if (request.any_certificate) {
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (!request.body.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (const auto code = curl_easy_perform(curl); code != CURLE_OK) {
    answer.status = 0;
    answer.error = curl_easy_strerror(code);
    return std::move(answer);
  }
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  if (const char* type = nullptr; curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type) == CURLE_OK && type != nullptr)
    answer.content_type = type;
  return std::move(answer);
}

}  // namespace gatehouse::outbound

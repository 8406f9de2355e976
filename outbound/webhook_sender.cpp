#include "outbound/webhook_sender.hpp"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "outbound/curl.hpp"

namespace gatehouse::outbound {

namespace {

constexpr long idle_connections_max = 256;

struct CloseMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};

boost::asio::ip::address address_of(const curl_sockaddr& where) {
  if (where.family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &where.addr, sizeof v4);
    return boost::asio::ip::address_v4(ntohl(v4.sin_addr.s_addr));
  }
  if (where.family != AF_INET6)
    return {};
  sockaddr_in6 v6{};
  std::memcpy(&v6, &where.addr, sizeof v6);
  boost::asio::ip::address_v6::bytes_type bytes;
  std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
  return boost::asio::ip::address_v6(bytes);
}

struct Transfer {
  std::uint64_t id{};
  WebhookRequest request;
  const AddressPolicy* policy{};
  bool encrypted{};
  bool refused{};
  bool too_long{};
  WebhookAnswer answer;
  CurlList headers;
  CurlHandle handle;
};

// The address that is about to be connected to, after names were resolved: nobody can change it any more.
curl_socket_t open_socket(void* told, curlsocktype, curl_sockaddr* where) {
  auto& transfer = *static_cast<Transfer*>(told);
  const auto address = address_of(*where);
  const bool known_family = where->family == AF_INET || where->family == AF_INET6;
  const bool good = known_family &&
                    (transfer.encrypted ? transfer.policy->allows(address) : transfer.policy->allows_by_name(address));
  if (!good) {
    transfer.refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(where->family, where->socktype | SOCK_CLOEXEC, where->protocol);
}

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* told) {
  auto& transfer = *static_cast<Transfer*>(told);
  const auto length = size * count;
  transfer.too_long = transfer.answer.body.size() + length > webhook_answer_bytes_max;
  if (transfer.too_long)
    return 0;
  transfer.answer.body.append(bytes, length);
  return length;
}

void set_up(Transfer& transfer, const std::string& ca_file) {
  auto* handle = transfer.handle.get();
  const auto& request = transfer.request;
  for (const auto& header : request.headers)
    transfer.headers.add(header);
  transfer.headers.add("Expect:");
  transfer.headers.add("Accept:");
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, transfer.headers.get());
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_PRIVATE, &transfer);
  if (!ca_file.empty())
    curl_easy_setopt(handle, CURLOPT_CAINFO, ca_file.c_str());
}

std::string reason_of(const Transfer& transfer, CURLcode code) {
  if (transfer.refused)
    return transfer.encrypted ? "the address is not allowed" : "unencrypted requests are not allowed to this address";
  if (code == CURLE_OUT_OF_MEMORY || code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_WEIRD_SERVER_REPLY)
    return "the answer is not HTTP, or its header has no end";
  return curl_easy_strerror(code);
}

void finish(Transfer& transfer, CURLcode code) {
  auto* handle = transfer.handle.get();
  auto& answer = transfer.answer;
  curl_off_t microseconds = 0;
  curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &microseconds);
  answer.milliseconds = static_cast<std::uint32_t>(microseconds / 1'000);
  if (code != CURLE_OK && !transfer.too_long) {
    answer.reason = reason_of(transfer, code);
    return;
  }
  long status = 0;
  curl_off_t retry_after = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &retry_after);
  answer.status = static_cast<std::uint32_t>(status);
  if (retry_after > 0)
    answer.retry_after = std::chrono::seconds(retry_after);
}

}  // namespace

struct WebhookSender::Impl {
  AddressPolicy policy;
  std::string ca_file;
  std::map<std::uint64_t, std::unique_ptr<Transfer>> transfers;  // before the multi handle goes, they have left it
  std::unique_ptr<CURLM, CloseMulti> multi;
};

WebhookSender::WebhookSender(AddressPolicy policy, std::string ca_file, std::size_t connections_max)
    : impl_(std::make_unique<Impl>()) {
  initialise_curl();
  impl_->policy = std::move(policy);
  impl_->ca_file = std::move(ca_file);
  impl_->multi.reset(curl_multi_init());
  curl_multi_setopt(impl_->multi.get(), CURLMOPT_MAXCONNECTS, idle_connections_max);
  curl_multi_setopt(impl_->multi.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(connections_max));
}

WebhookSender::~WebhookSender() {
  for (const auto& [id, transfer] : impl_->transfers)
    curl_multi_remove_handle(impl_->multi.get(), transfer->handle.get());
}

void WebhookSender::start(std::uint64_t id, WebhookRequest request) {
  auto transfer = std::make_unique<Transfer>();
  transfer->id = id;
  transfer->request = std::move(request);
  transfer->policy = &impl_->policy;
  transfer->encrypted = !transfer->request.url.starts_with("http:");
  set_up(*transfer, impl_->ca_file);
  curl_multi_add_handle(impl_->multi.get(), transfer->handle.get());
  impl_->transfers[id] = std::move(transfer);
}

WebhookAnswers WebhookSender::work(std::chrono::milliseconds patience) {
  auto* multi = impl_->multi.get();
  int running = 0;
  curl_multi_perform(multi, &running);
  WebhookAnswers answers;
  const auto take_ended = [&] {
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi, &left)) {
      void* told = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &told);
      auto& transfer = *static_cast<Transfer*>(told);
      finish(transfer, message->data.result);
      curl_multi_remove_handle(multi, transfer.handle.get());
      answers.emplace_back(transfer.id, std::move(transfer.answer));
      impl_->transfers.erase(answers.back().first);
    }
  };
  take_ended();
  if (answers.empty() && patience.count() > 0) {
    curl_multi_poll(multi, nullptr, 0, static_cast<int>(patience.count()), nullptr);
    curl_multi_perform(multi, &running);
    take_ended();
  }
  return answers;
}

void WebhookSender::wake() { curl_multi_wakeup(impl_->multi.get()); }

}  // namespace gatehouse::outbound

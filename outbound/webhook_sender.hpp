// HTTP requests to addresses that others named, many at a time: no redirects, no proxies, each connected address looked at, answers cut short. Over
// libcurl. One thread but for wake().
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "outbound/address_policy.hpp"

namespace gatehouse::outbound {

inline constexpr std::size_t webhook_answer_bytes_max = 16'384;  // more of an answer's body is not read

inline constexpr std::size_t webhooks_under_way_max = 512;  // and as many connections

struct WebhookRequest {
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;
  std::chrono::milliseconds timeout{};  // from the start to the end of the answer
};

struct WebhookAnswer {
  std::uint32_t status{};  // 0: there was no answer
  std::string reason;      // why there was none
  std::string body;
  std::optional<std::chrono::seconds> retry_after;
  std::uint32_t milliseconds{};
};

using WebhookAnswers = std::vector<std::pair<std::uint64_t, WebhookAnswer>>;  // by the id that each was started with

class WebhookSender {
 public:
  // `ca_file`: whom to trust besides; empty: the system's alone. More connections than `connections_max` are never open, those kept for later included.
  WebhookSender(AddressPolicy policy, std::string ca_file, std::size_t connections_max);
  ~WebhookSender();  // drops what is under way

  void start(std::uint64_t id, WebhookRequest request);
  // Works for at most so long, until something ends or wake() is called. Hands out each answer once.
  WebhookAnswers work(std::chrono::milliseconds patience);
  void wake();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gatehouse::outbound

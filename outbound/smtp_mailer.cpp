#include <algorithm>
#include <atomic>
#include <cstring>

#include "outbound/curl.hpp"
#include "outbound/mailer.hpp"

namespace gatehouse::outbound {

namespace {

constexpr long connect_seconds_max = 15;
constexpr long mail_seconds_max = 60;
constexpr long permanent_replies = 500;  // RFC 5321 section 4.2.1: 5yz is for good

std::size_t read_upload(char* into, std::size_t size, std::size_t count, void* from) {
  auto& rest = *static_cast<std::string_view*>(from);
  const auto bytes = std::min(rest.size(), size * count);
  std::memcpy(into, rest.data(), bytes);
  rest.remove_prefix(bytes);
  return bytes;
}

int stop_if_told(void* told, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(told)->load() ? 1 : 0;
}

class SmtpMailer final : public Mailer {
 public:
  explicit SmtpMailer(SmtpSettings settings) : settings_(std::move(settings)) {}

  MailOutcome send(const Mail& mail) override {
    curl_easy_reset(handle_.get());  // keeps the connection
    set_up();
    CurlList recipients;
    recipients.add("<" + mail.to.address + ">");
    const auto sender = "<" + mail.from.address + ">";
    const auto message = compose(mail);
    std::string_view rest = message;
    curl_easy_setopt(handle_.get(), CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(handle_.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(handle_.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle_.get(), CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(handle_.get(), CURLOPT_READDATA, &rest);
    const auto code = curl_easy_perform(handle_.get());
    if (code == CURLE_OK)
      return {.sent = true};
    return failure(code);
  }

  void cancel() override { cancelled_ = true; }

  std::string probe() {
    curl_easy_reset(handle_.get());
    set_up();
    curl_easy_setopt(handle_.get(), CURLOPT_CUSTOMREQUEST, "NOOP");
    curl_easy_setopt(handle_.get(), CURLOPT_NOBODY, 1L);
    const auto code = curl_easy_perform(handle_.get());
    return code == CURLE_OK ? std::string() : failure(code).reason;
  }

 private:
  void set_up() {
    const auto scheme = settings_.tls == TlsUse::tls ? "smtps://" : "smtp://";
    const auto url = scheme + settings_.host + ":" + std::to_string(settings_.port);
    auto* handle = handle_.get();
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_USE_SSL, settings_.tls == TlsUse::none ? CURLUSESSL_NONE : CURLUSESSL_ALL);
    if (!settings_.ca_file.empty())
      curl_easy_setopt(handle, CURLOPT_CAINFO, settings_.ca_file.c_str());
    if (!settings_.username.empty()) {
      curl_easy_setopt(handle, CURLOPT_USERNAME, settings_.username.c_str());
      curl_easy_setopt(handle, CURLOPT_PASSWORD, settings_.password.c_str());
    }
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, connect_seconds_max);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, mail_seconds_max);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, stop_if_told);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &cancelled_);
  }

  MailOutcome failure(CURLcode code) {
    long reply = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &reply);
    MailOutcome outcome{.sent = false, .final = false, .reason = curl_easy_strerror(code)};
    if (reply >= 400)
      outcome.reason += " (" + std::to_string(reply) + ")";
    // What is said of the mail or its recipient is for good; a refused log-in is a setting that somebody mends.
    outcome.final = reply >= permanent_replies && code != CURLE_LOGIN_DENIED;
    return outcome;
  }

  const SmtpSettings settings_;
  CurlHandle handle_;
  std::atomic<bool> cancelled_ = false;
};

}  // namespace

std::unique_ptr<Mailer> make_smtp_mailer(SmtpSettings settings) {
  return std::make_unique<SmtpMailer>(std::move(settings));
}

std::string probe_mail_server(const SmtpSettings& settings) { return SmtpMailer(settings).probe(); }

}  // namespace gatehouse::outbound

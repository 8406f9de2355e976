// libcurl's handles, owned.
#pragma once
#include <curl/curl.h>

#include <memory>
#include <new>
#include <string>

namespace gatehouse::outbound {

// Before anything else, from whichever thread comes first.
inline void initialise_curl() {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(initialised);
}

class CurlHandle {
 public:
  CurlHandle() {
    initialise_curl();
    handle_.reset(curl_easy_init());
    if (handle_ == nullptr)
      throw std::bad_alloc();
  }
  [[nodiscard]] CURL* get() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  std::unique_ptr<CURL, Close> handle_;
};

class CurlList {
 public:
  void add(const std::string& line) {
    auto* longer = curl_slist_append(list_.get(), line.c_str());
    if (longer == nullptr)
      throw std::bad_alloc();
    static_cast<void>(list_.release());
    list_.reset(longer);
  }
  [[nodiscard]] curl_slist* get() const { return list_.get(); }

 private:
  struct Free {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  std::unique_ptr<curl_slist, Free> list_;
};

}  // namespace gatehouse::outbound

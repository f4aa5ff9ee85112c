#include "store/http_client.hpp"

#include <curl/curl.h>

#include <cassert>
#include <deque>
#include <new>

namespace folkmoot::store {
namespace {

// libcurl's own set-up, once, before any thread of the program makes a client.
const CURLcode libcurl_ready = curl_global_init(CURL_GLOBAL_DEFAULT);

// One request under way.
class Transfer {
 public:
  Transfer(const HttpClient::Request& request, const Patience& patience) : request_(request) {
    if (easy_ == nullptr) throw std::bad_alloc();
    add_header("Content-Type: ", request.content_type);
    if (!request.authorization.empty()) add_header("Authorization: ", request.authorization);
    const bool secure = curl_strnequal(request.url.c_str(), "https:", 6) != 0;
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USERAGENT, "folkmoot");
    set(CURLOPT_ACCEPT_ENCODING, "gzip");  // tlog-tiles: clients should
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience.connect.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(patience.answer.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, 100L);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(patience.stall.count()));
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_HEADERFUNCTION, &Transfer::receive_head);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::receive);
    set(CURLOPT_WRITEDATA, this);
    if (request.body) {
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
      set(CURLOPT_POSTFIELDS, request.body->data());  // not copied: the caller's request outlives this
      set(CURLOPT_HTTPHEADER, headers_.get());
    } else {
      set(CURLOPT_FOLLOWLOCATION, 1L);
      set(CURLOPT_MAXREDIRS, 3L);
    }
  }

  [[nodiscard]] CURL* handle() const { return easy_.get(); }

  // What came of it, once libcurl has said that it ended so.
  Result<ledger::Response> finish(CURLcode code) {
    const long status = this->status();
    if (cut_off_ && status == 200) return fail("{}: more than {} bytes", request_.url, request_.limit);
    if (code != CURLE_OK && !cut_off_) {
      return fail("{}: {}", request_.url, error_[0] != '\0' ? error_.data() : curl_easy_strerror(code));
    }
    if (!head_ended_) return fail("{}: the answer ends within its head", request_.url);
    const char* type = nullptr;
    curl_easy_getinfo(handle(), CURLINFO_CONTENT_TYPE, &type);
    return ledger::Response{static_cast<int>(status), type != nullptr ? type : "", std::move(body_)};
  }

 private:
  struct Free {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  template <class Value>
  void set(CURLoption option, Value value) {
    [[maybe_unused]] const CURLcode code = curl_easy_setopt(handle(), option, value);
    assert(code == CURLE_OK || code == CURLE_OUT_OF_MEMORY);
  }

  void add_header(std::string_view name, std::string_view value) {
    std::string line(name);
    line += value;
    curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    if (!headers_) headers_.reset(longer);  // else it is the same list
  }

  [[nodiscard]] long status() const {
    long status = 0;
    curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
    return status;
  }

  // Called by libcurl with each line before the body. libcurl itself takes a head that breaks off for a whole one.
  static std::size_t receive_head(const char* bytes, std::size_t one, std::size_t count, void* transfer) {
    auto& self = *static_cast<Transfer*>(transfer);
    const std::string_view line(bytes, one * count);
    if (line.starts_with("HTTP/")) self.head_ended_ = false;
    if (line == "\r\n" || line == "\n") self.head_ended_ = true;
    return line.size();
  }

  // Called by libcurl with each piece of the body. Taking less than the whole piece ends the transfer.
  static std::size_t receive(const char* bytes, std::size_t one, std::size_t count, void* transfer) {
    auto& self = *static_cast<Transfer*>(transfer);
    const std::size_t taken = std::min(one * count, self.request_.limit - self.body_.size());
    self.body_.append(bytes, taken);
    self.cut_off_ = taken < one * count;
    return taken;
  }

  const HttpClient::Request& request_;
  std::unique_ptr<CURL, Free> easy_{curl_easy_init()};
  std::unique_ptr<curl_slist, Free> headers_;  // of a POST
  std::array<char, CURL_ERROR_SIZE> error_{};
  std::string body_;
  bool cut_off_ = false;
  bool head_ended_ = false;
};

int clean_up(void* multi) { return curl_multi_cleanup(multi); }

}  // namespace

HttpClient::HttpClient(Patience patience) : patience_(patience), multi_(curl_multi_init(), clean_up) {
  if (libcurl_ready != CURLE_OK || multi_ == nullptr) throw std::bad_alloc();
}

HttpClient::~HttpClient() = default;

std::vector<Result<ledger::Response>> HttpClient::ask(std::span<const Request> requests) {
  std::deque<Transfer> transfers;
  for (const Request& request : requests) {
    transfers.emplace_back(request, patience_);
    curl_multi_add_handle(multi_.get(), transfers.back().handle());
  }
  std::vector<Result<ledger::Response>> answers(requests.size(), fail("libcurl gave no answer"));
  for (int running = 1; running > 0;) {
    if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
    if (running > 0 && curl_multi_poll(multi_.get(), nullptr, 0, 1000, nullptr) != CURLM_OK) break;
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    for (std::size_t i = 0; i < transfers.size(); ++i) {
      if (transfers[i].handle() == message->easy_handle) answers[i] = transfers[i].finish(message->data.result);
    }
  }
  for (const Transfer& transfer : transfers) curl_multi_remove_handle(multi_.get(), transfer.handle());
  return answers;
}

}  // namespace folkmoot::store

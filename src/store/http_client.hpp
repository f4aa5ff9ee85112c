// HTTP(S) requests to servers that nobody vouches for: what they send, how long they take and where they redirect to
// is limited.
#pragma once

#include <chrono>
#include <memory>
#include <span>

#include "ledger/submission.hpp"

namespace folkmoot::store {

// How long a server may take.
struct Patience {
  std::chrono::milliseconds connect = std::chrono::seconds(10);
  std::chrono::milliseconds answer = std::chrono::minutes(2);  // from the first try to connect to the last byte
  std::chrono::seconds stall = std::chrono::seconds(20);       // for which less than 100 bytes a second may come
};

// Keeps its connections between requests. For one thread.
class HttpClient {
 public:
  explicit HttpClient(Patience patience = {});
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  struct Request {
    std::string url;                  // http: or https:
    std::optional<std::string> body;  // then it is a POST, else a GET
    std::size_t limit = 0;            // bytes that the body of the answer may have
    // Of a POST, and what it may show in its Authorization header, which no error names.
    std::string content_type = "text/plain; charset=utf-8";
    std::string_view authorization = {};
  };

  // Sends the requests at the same time; gives the answers in the same order. An answer has a body of at most `limit`
  // bytes, decoded if the server compressed it; one with another status than 200 may be cut off there. A GET follows
  // up to 3 redirects, a POST none, and none leads from https to http. Fails, naming the URL, if there was no answer in
  // time, or the body of a 200 is longer than the limit, or shorter than the server said.
  std::vector<Result<ledger::Response>> ask(std::span<const Request> requests);
  Result<ledger::Response> ask(const Request& request) { return std::move(ask({&request, 1}).front()); }

 private:
  Patience patience_;
  std::unique_ptr<void, int (*)(void*)> multi_;  // libcurl's CURLM: the transfers under way, and the open connections
};

}  // namespace folkmoot::store

// What went wrong, for programs and people (RFC 9457, problem details).
#pragma once

#include "base/json.hpp"
#include "server/http.hpp"

namespace folkmoot::server {

// `name`: which kind of problem it is, for programs ("closed"; its type is "/problems/closed"); `title`: the same for
// people, always in the same words; `detail`: what it is this time, in a sentence; `rule`: the path of the charter's
// rule that refuses it, if one does ("posts.chair.max_terms").
inline Response problem(int status, std::string_view name, std::string_view title, std::string_view detail,
                        std::string_view rule = "") {
  json::Writer writer;
  writer.begin_object();
  writer.key("type").string(fmt::format("/problems/{}", name));
  writer.key("title").string(title);
  writer.key("status").integer(status);
  writer.key("detail").string(detail);
  if (!rule.empty()) writer.key("rule").string(rule);
  writer.end_object();
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  response.body = writer.take();
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

// 405: the path is there, but not for that method (RFC 9110 section 15.5.6). `allowed`: "GET, HEAD".
inline Response method_not_allowed(std::string_view allowed) {
  Response response = problem(405, "method-not-allowed", "Method not allowed", fmt::format("here it is {}", allowed));
  response.headers.emplace_back("Allow", allowed);
  return response;
}

// Somebody asks too often, and may again after that many seconds (RFC 6585 section 4).
inline Response too_many(std::string_view detail, std::int64_t seconds) {
  Response response = problem(429, "too-many", "Too many requests", detail);
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

// An answer in JSON, not to be kept by caches.
inline Response json_response(int status, std::string json) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(json);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace folkmoot::server

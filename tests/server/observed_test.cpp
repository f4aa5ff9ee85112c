#include "server/observed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "base/json.hpp"

namespace folkmoot::server {
namespace {

using testing::HasSubstr;
using testing::Not;

struct ObservedTest : testing::Test {
  std::vector<std::string> lines;
  Observed observed{[](const Request& request) { return text_response(request.path == "/health" ? 200 : 404, ""); },
                    Routes({"GET /health", "GET /api/v1/elections/{}", "GET /api/v1/elections/{}/ballots",
                            "POST /api/v1/unsubscribe/{}"}),
                    [this](std::string_view line) { lines.emplace_back(line); }};
};

TEST_F(ObservedTest, RequestsAreToldApartByTheirRouteAndNothingElse) {
  const auto line = [&](const std::string& method, const std::string& path) {
    observed.answer({method, path, "body", "query=1", {{"cookie", "secret"}}, "192.0.2.1"});
    const json::Document document = *json::Document::parse(lines.back());
    EXPECT_EQ(*json::read_field(document.root(), "event", json::read_string), "request");
    for (const char* personal : {"192.0.2.1", "secret", "query", "body", "w0rd", "0\"e1"}) {
      EXPECT_THAT(lines.back(), Not(HasSubstr(personal)));
    }
    return *json::read_field(document.root(), "route", json::read_string);
  };
  EXPECT_EQ(line("GET", "/health"), "GET /health");
  EXPECT_EQ(line("POST", "/health"), "other");
  EXPECT_EQ(line("GET", "/api/v1/elections/0\"e1"), "GET /api/v1/elections/{}");
  EXPECT_EQ(line("GET", "/api/v1/elections/e1/ballots"), "GET /api/v1/elections/{}/ballots");
  EXPECT_EQ(line("POST", "/api/v1/unsubscribe/w0rd"), "POST /api/v1/unsubscribe/{}");
  EXPECT_EQ(line("POST", "/api/v1/unsubscribe/w0rd/more"), "other");
  for (const char* path : {"/", "/api/v1/elections", "/api/v1/elections/", "/api/v1/elections/e1/", "/healthy"}) {
    EXPECT_EQ(line("GET", path), "other") << path;
  }
}

TEST_F(ObservedTest, NumbersAreAsPrometheusReadsThem) {
  for (int i = 0; i < 3; ++i) observed.answer({"GET", "/health", "", "", {}, ""});
  observed.answer({"GET", "/w0rd", "", "", {}, ""});
  const std::string text = observed.metrics();
  EXPECT_THAT(text, HasSubstr("# TYPE folkmoot_requests_total counter\n"));
  EXPECT_THAT(text, HasSubstr("folkmoot_requests_total{route=\"GET /health\",status=\"200\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("folkmoot_requests_total{route=\"other\",status=\"404\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("folkmoot_request_seconds_bucket{route=\"GET /health\",le=\"0.001\"} "));
  EXPECT_THAT(text, HasSubstr("folkmoot_request_seconds_bucket{route=\"GET /health\",le=\"60\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("folkmoot_request_seconds_bucket{route=\"GET /health\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("folkmoot_request_seconds_count{route=\"GET /health\"} 3\n"));
  EXPECT_THAT(text, Not(HasSubstr("w0rd")));
}

TEST_F(ObservedTest, ManyThreadsAreCounted) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 250; ++j) observed.answer({"GET", "/health", "", "", {}, ""});
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(observed.metrics(), HasSubstr("status=\"200\"} 1000\n"));
  EXPECT_EQ(lines.size(), 1000U);
}

TEST_F(ObservedTest, WhatElseIsSaidIsALineToo) {
  observed.say("mail", "line one\nline \"two\"");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr(R"("event":"mail","message":"line one\nline \"two\""})"));
}

}  // namespace
}  // namespace folkmoot::server

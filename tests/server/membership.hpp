// Members with accounts, whose mails a test reads: everything behind the calls that are tested is the real thing.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/cluster.hpp"
#include "server/accounts.hpp"

namespace folkmoot::server::test {

template <class T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return detail::value_of(std::move(result));
}

struct Mail {
  std::string to, text;  // the text as its reader sees it
};

// Reads quoted-printable.
inline std::string decoded(std::string_view mime) {
  std::string text;
  for (std::string_view rest = mime.substr(mime.find("\r\n\r\n") + 4); !rest.empty();) {
    if (rest.starts_with("=\r\n")) {
      rest.remove_prefix(3);
    } else if (rest.front() == '=') {
      text += static_cast<char>(std::stoi(std::string(rest.substr(1, 2)), nullptr, 16));
      rest.remove_prefix(3);
    } else {
      if (rest.front() != '\r') text += rest.front();
      rest.remove_prefix(1);
    }
  }
  return text;
}

class Letterbox final : public mail::Transport {
 public:
  explicit Letterbox(std::vector<Mail>& mails) : mails_(mails) {}
  mail::Outcome send(const mail::Envelope& envelope, const std::string& mime) override {
    mails_.push_back({envelope.to, decoded(mime)});
    return {mail::Outcome::Kind::taken, "250"};
  }

 private:
  std::vector<Mail>& mails_;
};

class Membership {
 public:
  explicit Membership(folkmoot::test::Kind kind, std::string url = "https://vote.members.example")
      : site{"The Moot", std::move(url), {"The Moot", "moot@members.example"}}, temporary(kind) {
    ok(database::migrate(*database, service::private_steps()));
    const auto person = [](const char* n, const char* name, const char* email, const char* language) {
      return service::Person{fmt::format("m-{}", n), n, name, email, language, {}, {}};
    };
    const std::vector<service::Person> people{
        person("1", "Ada Ash", "ada@example.org", "en"), person("2", "Ben Birch", "family@example.org", ""),
        person("3", "Cy Cedar", "Family@Example.org", "cy"), person("4", "Dot Dogwood", "", "en")};
    ok(database->transact([&] { return service::People(*database).insert(people); }));
  }

  // What the browser of one person sends. Keeps its cookie.
  struct Browser {
    Membership& site;
    std::string cookie = {};

    Response send(const std::string& method, const std::string& path, const std::string& body = "") {
      return send(site.request(method, path, body));
    }
    Response send(Request request) {
      if (!cookie.empty()) request.headers.emplace_back("cookie", cookie);
      auto answer = site.calls.answer(request);
      if (!answer) return text_response(404, "no such call");
      for (const auto& [name, value] : answer->headers) {
        if (name == "Set-Cookie") cookie = value.substr(0, value.find(';'));
      }
      return *std::move(answer);
    }
    // Signs in, with the link that is mailed.
    int sign_in(const std::string& email) {
      site.ask(email);
      return send("POST", "/api/v1/session", fmt::format(R"({{"token":"{}"}})", site.last_token())).status;
    }
  };

  // As one of the site's own pages sends it.
  [[nodiscard]] static Request request(const std::string& method, const std::string& path,
                                       const std::string& body = "") {
    return {method,     path, body, "", {{"sec-fetch-site", "same-origin"}, {"content-type", "application/json"}},
            "192.0.2.1"};
  }
  Response ask(const std::string& email, const std::string& language = "en") {
    const std::string body = fmt::format(R"({{"email":"{}","language":"{}"}})", email, language);
    auto answer = calls.answer(request("POST", "/api/v1/sign-in", body));
    while (ok(post_office.work())) continue;
    return *std::move(answer);
  }
  [[nodiscard]] std::string last_token() const {
    const std::string& text = mails.at(mails.size() - 1).text;
    constexpr std::string_view fragment = "/sign-in#token=";
    const auto at = text.find(fragment);
    return at == std::string::npos ? "" : text.substr(at + fragment.size(), 43);
  }

  service::Site site;
  std::int64_t now = 1'772'000'000;
  std::vector<Mail> mails;
  int woken = 0;
  folkmoot::test::TemporaryDatabase temporary;
  std::unique_ptr<database::Database> database = temporary.open();
  secret::Random& random = secret::Random::system();
  service::PostOffice post_office{temporary.url(), site, std::make_unique<Letterbox>(mails), [this] { return now; },
                                  random};
  service::Accounts accounts{temporary.url(), site,
                             *account::SealingKey::parse(account::SealingKey::make(random).view()), random};
  AccountCalls calls{accounts,
                     {[this] { return now; },
                      [](const std::string& member) {
                        return member == "m-1" ? std::vector<std::string>{"chair"} : std::vector<std::string>();
                      },
                      [this] { ++woken; }},
                     random};
};

inline std::string text_of(const Response& response) { return std::get<std::string>(response.body); }
inline std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

// Values of a field that is a text.
inline std::string field_of(const Response& response, std::string_view name) {
  const json::Document document = ok(json::Document::parse(text_of(response)));
  return ok(json::read_field(document.root(), name, json::read_string));
}

class EitherDatabase : public testing::TestWithParam<folkmoot::test::Kind> {
 protected:
  Membership site{GetParam()};
  Membership::Browser browser{site};
};
#define ON_EITHER_DATABASE(suite)                                                                                      \
  INSTANTIATE_TEST_SUITE_P(On, suite, testing::Values(folkmoot::test::Kind::sqlite, folkmoot::test::Kind::postgresql), \
                           [](const auto& info) { return folkmoot::test::name(info.param); })

}  // namespace folkmoot::server::test

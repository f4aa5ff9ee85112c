// The example organisation as the pages play it: nothing but calls of the server, by invented people with what each of
// them has. Acts alone are entered through the service, as `folkmoot act` does.
#pragma once

#include <iostream>
#include <sstream>

#include "audit/verify.hpp"
#include "charter/standing.hpp"
#include "scenes/example.hpp"
#include "secret/signing_key.hpp"
#include "server/described.hpp"
#include "server/site.hpp"
#include "service/poll.hpp"
#include "service/trial.hpp"
#include "verifier/place.hpp"

namespace folkmoot::server::test {

namespace fs = std::filesystem;

// The value of a Result; throws, which fails the test, with why there is none.
template <class T>
T must(Result<T> result) {
  return service::ok(std::move(result));
}

// The bytes of an answer, of whichever kind.
inline std::string content_of(const Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  const auto& part = std::get<FilePart>(response.body);
  std::string bytes(part.size, '\0');
  EXPECT_EQ(::pread(part.file.get(), bytes.data(), bytes.size(), static_cast<off_t>(part.first)),
            static_cast<ssize_t>(bytes.size()));
  return bytes;
}

class Clicks {
 public:
  // As `folkmoot serve --example` does, in a folder of its own; with the pages of that folder, if it is given. On a
  // database of that URL, if there is one, which two nodes share: each request comes to the other node than the last.
  explicit Clicks(const fs::path& pages = {}, const std::string& database = "") {
    std::ostringstream acts;
    example_ = must(scenes::make_example({folder_ / "example", database}, charter::Time{1'800'000'000}, acts,
                                         no_progress, scenes::Extent::ballot));
    Example served;
    served.election = example_.election;
    for (const auto& [member, name, role, seed] : example_.people) served.people.push_back({member, name, role, seed});
    for (const auto& [number, member, name, key] : example_.trustees)
      served.trustees.push_back({number, member, name, key});
    for (const auto& [member, name, credential] : example_.voters) served.voters.push_back({member, name, credential});
    options_.example = std::move(served);
    options_.pages = pages;
    nodes_.push_back(example_.organisation);
    open();
    if (database.empty()) return;
    stop();
    add_node();
    open();
  }
  // The server starts, as it does at first; it stops.
  void open() {
    for (const fs::path& node : nodes_) {
      sites_.push_back(must(Site::open(node, options_, [] { return charter::Time{1'800'000'000}; })));
      must(sites_.back()->start(url));
    }
  }
  void stop() { sites_.clear(); }
  [[nodiscard]] const std::vector<fs::path>& nodes() const { return nodes_; }

  // Somebody at their browser.
  struct Browser {
    Clicks* clicks;
    std::string cookie = {};

    [[nodiscard]] Request request(const std::string& method, const std::string& path, const std::string& body = "",
                                  bool ours = true) const {
      Request request{method, "/api/v1" + path, body, "", {}, "192.0.2.7"};
      request.headers = {{"sec-fetch-site", ours ? "same-origin" : "cross-site"},
                         {"content-type", "application/json"},
                         {"cookie", cookie}};
      return request;
    }
    Response call(const std::string& method, const std::string& path, const std::string& body = "", bool ours = true) {
      const Request request = this->request(method, path, body, ours);
      Response response = clicks->description.check(request, clicks->site().answer(request));
      for (const auto& [name, value] : response.headers) {
        if (name == "Set-Cookie") cookie = value.substr(0, value.find(';'));
      }
      return response;
    }
    int status(const std::string& method, const std::string& path, const std::string& body = "", bool ours = true) {
      const Response response = call(method, path, body, ours);
      last = content_of(response);
      return response.status;
    }
    // Whether a longer body than usual would be read of them.
    [[nodiscard]] bool may_send_much(const std::string& path) const {
      return clicks->site().longest_body(request("POST", path)) > 0;
    }
    std::string last = {};  // what status() was about
  };
  // Nobody yet; that person, whose role begins so.
  Browser nobody() { return {this}; }
  Browser as_member(const std::string& member) {
    Browser browser{this};
    EXPECT_EQ(browser.status("POST", "/example/session", fmt::format(R"({{"member":"{}"}})", member)), 201);
    return browser;
  }
  Browser as(std::string_view role) { return as_member(person(role).member); }
  // Signed in by a link only.
  Browser without_second_factor(const std::string& member) { return {this, cookie_of(member, now_seconds(), 0)}; }
  // Of a session begun then, in which a second factor was shown then (0: none).
  [[nodiscard]] std::string cookie_of(const std::string& member, std::int64_t now, std::int64_t second_factor) const {
    const auto settings = must(service::read_settings(example_.organisation));
    const auto database = must(database::open(service::database_url(example_.organisation, settings)));
    const account::Session session{member, second_factor, now};
    const auto token = must(account::SignIn(*database).begin(session, now, secret::Random::system()));
    return "folkmoot=" + std::string(token.view());
  }

  [[nodiscard]] const scenes::ExamplePerson& person(std::string_view role) const {
    const auto found =
        std::ranges::find_if(example_.people, [&](const auto& one) { return one.role.starts_with(role); });
    if (found == example_.people.end()) throw std::runtime_error("nobody is " + std::string(role));
    return *found;
  }
  [[nodiscard]] const scenes::Example& example() const { return example_; }
  [[nodiscard]] fs::path organisation() const { return example_.organisation; }
  [[nodiscard]] const service::TemporaryFolder& folder() const { return folder_; }

  // A call that is held to what is described elsewhere, by nobody in particular.
  Response unchecked(const std::string& method, const std::string& path, const std::string& body = "") {
    return site().answer({method, path, body, "", {}, ""});
  }
  // The server. Of two nodes each in turn, when it has heard of what was done on the other.
  [[nodiscard]] Site& site() {
    if (sites_.size() > 1) std::ranges::rotate(sites_, sites_.begin() + 1);
    if (sites_.size() > 1) must(sites_.front()->settle());
    return *sites_.front();
  }
  // A public file of the site.
  std::string download(const std::string& path) {
    const Response response = site().answer({"GET", path, "", "", {}, ""});
    if (response.status != 200) throw std::runtime_error(path + ": " + std::to_string(response.status));
    return content_of(response);
  }
  // The record and its supplement as they are now, in a fresh folder; gives the record.
  fs::path download_record(const std::string& uuid) {
    const fs::path folder = folder_ / fmt::format("copy-{}", ++copies_);
    for (const char* extension : {".bel", ".strict.json"}) {
      must(service::write_file(folder / (uuid + extension), download("/elections/" + uuid + extension)));
    }
    return folder / (uuid + ".bel");
  }
  // Lets time pass until then, on all nodes: they have one clock.
  void wait_until(charter::Time time) {
    Browser anybody = nobody();
    ASSERT_EQ(
        anybody.status("POST", "/example/clock", fmt::format(R"({{"seconds":{}}})", time.seconds - now_seconds())),
        200);
  }
  std::int64_t now_seconds() {
    return must(charter::read_time(field_of(nobody().call("GET", "/example"), "now"))).seconds;
  }

  // What the state of the acts says.
  template <class Look>
  auto state(Look look) {
    const auto organisation = must(service::Organisation::open(example_.organisation));
    return look(organisation->state());
  }
  // An act in the office of that post, with a second person's, both signing; entered and published.
  void act(const std::string& type, const std::string& post, const std::string& second, const charter::Body& body) {
    const auto organisation = must(service::Organisation::open(example_.organisation));
    const charter::Time now{now_seconds()};
    const auto holder = [&](const std::string& of) {
      return charter::Actor{charter::holders(organisation->state(), of).front(), of};
    };
    audit::SignedRequest request{{type, holder(post), {holder(second)}, body}, {}};
    for (const std::string& of : {post, second}) {
      const std::string member = holder(of).member;
      const auto key = secret::SigningKey::from_seed(scenes::seed_of(member));
      request.signatures.push_back(
          {member, now, key.sign(audit::signed_text(organisation->origin(), request.request, member, now))});
    }
    const service::Outcome outcome = must(organisation->submit(request, now));
    if (const auto* refusal = outcome.refusal()) throw std::runtime_error(refusal->rule + ": " + refusal->message);
    must(organisation->publish());
  }
  // The whole ledger as an outsider verifies it.
  audit::Report verify() {
    std::string key;
    { key = must(service::Organisation::open(example_.organisation))->ledger_key().to_text(); }
    const auto place = must(verifier::open_place((example_.organisation / "public").string()));
    const auto policy = must(verifier::policy_of({.policy = "", .key = key}));
    audit::VerifyOptions options;
    options.policy = &*policy;
    return audit::verify(*place.log, *place.library, options);
  }

  Description description{"tally"};
  static constexpr const char* url = "http://127.0.0.1:8080";

 private:
  // A node with nothing but what deploy/README.md says.
  void add_node() {
    const fs::path folder = folder_ / "second";
    fs::create_directories(folder / "private");
    for (const char* file : {"settings.toml", "policy", "private/ledger.key", "private/accounts.key"})
      fs::copy(example_.organisation / file, folder / file);
    nodes_.push_back(folder);
  }

  service::TemporaryFolder folder_;
  scenes::Example example_;
  Site::Options options_;
  std::vector<fs::path> nodes_;  // their folders
  std::vector<std::unique_ptr<Site>> sites_;
  int copies_ = 0;
};

}  // namespace folkmoot::server::test

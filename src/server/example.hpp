// The example organisation, to be clicked through (folkmoot serve --example): everybody in it is invented, so whoever
// looks at it may be any of them, has their keys, and lets time pass. None of this is there for other organisations.
//
//   GET  /api/v1/example           what time it is, who there is, and which election is open
//   GET  /api/v1/example/keys      what each of them would keep to themselves
//   POST /api/v1/example/session   {"member"}: be that person, with a second factor shown
//   POST /api/v1/example/clock     {"seconds"}: let time pass; whoever was signed in stays so
#pragma once

#include <array>
#include <atomic>

#include "server/accounts.hpp"
#include "server/elections.hpp"

namespace folkmoot::server {

struct Example {
  struct Person {
    std::string member, name, role;
    std::array<std::uint8_t, 32> seed{};  // of the key with which they sign acts
  };
  struct Trustee {
    std::int64_t number = 0;  // in the open election
    std::string member, name;
    std::string key;  // the seed of their part of its key
  };
  struct Voter {
    std::string member, name, credential;
  };
  std::string election;  // uuid of the one that is open
  std::vector<Person> people;
  std::vector<Trustee> trustees;
  std::vector<Voter> voters;  // who have not voted
  // How much time people have let pass.
  std::shared_ptr<std::atomic<std::int64_t>> passed = std::make_shared<std::atomic<std::int64_t>>(0);

  // That clock, with it.
  [[nodiscard]] Clock clock(Clock real) const;
};

class ExampleCalls {
 public:
  // All of them outlive this. `clock` is the example's; `settle` does what is due by it.
  ExampleCalls(const Example& example, const Door& door, AccountCalls& accounts, Clock clock,
               std::function<Status()> settle)
      : example_(example), door_(door), accounts_(accounts), clock_(std::move(clock)), settle_(std::move(settle)) {}

  // Answers requests to these paths, and nothing to others. From any thread.
  [[nodiscard]] std::optional<Response> answer(const Request& request);
  static std::vector<std::string> routes();

 private:
  [[nodiscard]] Response describe() const;
  [[nodiscard]] Response keys() const;
  [[nodiscard]] Response be(const Request& request);
  [[nodiscard]] Response pass(const Request& request);

  const Example& example_;
  const Door& door_;
  AccountCalls& accounts_;
  Clock clock_;
  std::function<Status()> settle_;
};

}  // namespace folkmoot::server

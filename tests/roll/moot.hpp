// An organisation with a ledger's state and a private store, for the tests of the roll: the campaign organisation of
// the examples, to which lists are imported. What the use cases ask for is decided and applied as the ledger would.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "charter/decide.hpp"
#include "charter/organisation.hpp"
#include "charter/standing.hpp"
#include "database/cluster.hpp"
#include "service/awaiting.hpp"
#include "service/erasure.hpp"
#include "service/roll_import.hpp"

namespace folkmoot::service {

// The value of a Result; throws, which fails the test, with why there is none.
template <class T>
T ok(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return detail::value_of(std::move(result));
}

// Different every time it is asked, and the same in every run.
class CountingRandom final : public secret::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    while (!out.empty()) {
      const Digest block = sha256(fmt::format("random {}", count_++));
      const std::size_t size = std::min(block.size(), out.size());
      std::copy_n(block.begin(), size, out.begin());
      out = out.subspan(size);
    }
  }

 private:
  std::uint64_t count_ = 0;
};

class Moot {
 public:
  explicit Moot(test::Kind kind) : temporary_(kind), database_(temporary_.open()) {
    auto steps = private_steps();
    steps.push_back(awaiting_table());
    steps.push_back(erased_table());
    ok(database::migrate(*database_, steps));
    begin_anew();
  }

  // As it was, with nobody imported.
  void begin_anew() {
    static const test::Organisation organisation("campaign");
    state = organisation.state();
    now = *charter::read_time("2026-03-01T12:00:00Z");
    for (const char* table : {"person", "elector"}) ok(database_->run(fmt::format("DELETE FROM {}", table)));
    charter::settle(state, now);
  }

  [[nodiscard]] database::Database& database() { return *database_; }
  [[nodiscard]] const std::string& url() const { return temporary_.url(); }
  [[nodiscard]] People people() { return People(*database_); }
  // Whoever holds that post, acting in it.
  [[nodiscard]] charter::Actor officer(const std::string& post = "membership-secretary") const {
    return {charter::holders(state, post).at(0), post};
  }

  void submit(const charter::Request& request) {
    const charter::Decided decided = charter::decide(state, request, now);
    if (const auto* refusal = std::get_if<charter::Refusal>(&decided)) {
      throw std::runtime_error(request.type + ": " + refusal->rule + ": " + refusal->message);
    }
    state = charter::apply(std::move(state), std::get<charter::Act>(decided));
    charter::settle(state, now);
  }
  void submit(std::span<const charter::Request> requests) {
    for (const charter::Request& request : requests) submit(request);
  }

  RollPlan plan(const std::string& list, const charter::RollForm& form = charter::members_form()) {
    auto roll = charter::read_roll(list, form);
    if (!roll) throw std::runtime_error(charter::describe(roll.error()));
    return ok(plan_import(*database_, state, *std::move(roll), now));
  }
  // The private rows are written; the acts are not submitted yet.
  std::vector<charter::Request> apply(const RollPlan& plan) {
    return ok(apply_import(*database_, state, plan, officer(), now, random));
  }
  void import(const std::string& list, const charter::RollForm& form = charter::members_form()) {
    submit(apply(plan(list, form)));
  }

  [[nodiscard]] std::string reference(const std::string& id) {
    const auto person = ok(people().by_id(id));
    return person ? person->reference : "nobody";
  }
  [[nodiscard]] std::string stage(const std::string& id) {
    const auto found = state.members.find(reference(id));
    return found == state.members.end() ? "not on the roll" : found->second.stage;
  }
  [[nodiscard]] const charter::Membership& membership(const std::string& id) { return state.members.at(reference(id)); }

  charter::State state;
  charter::Time now;
  CountingRandom random;

 private:
  test::TemporaryDatabase temporary_;
  std::unique_ptr<database::Database> database_;
};

// For TEST_P on SQLite and PostgreSQL.
class EitherStore : public testing::TestWithParam<test::Kind> {
 protected:
  Moot moot{GetParam()};
};
#define ON_EITHER_STORE(suite)                                                                     \
  INSTANTIATE_TEST_SUITE_P(On, suite, testing::Values(test::Kind::sqlite, test::Kind::postgresql), \
                           [](const auto& info) { return test::name(info.param); })

}  // namespace folkmoot::service

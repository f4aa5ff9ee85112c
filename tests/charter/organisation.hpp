// An organisation under an example charter, without ledger or database: takes requests in the names of invented people
// and keeps the acts.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/sha256.hpp"
#include "charter/decide.hpp"
#include "charter/process.hpp"
#include "charter/standing.hpp"

namespace folkmoot::test {

using namespace charter;

class Organisation {
 public:
  // Founds it under examples/NAME.toml, seats first holders in every post, admits `members` more people and constitutes
  // it.
  explicit Organisation(const std::string& name, int members = 40);

  // The reference of a person, made from the name.
  [[nodiscard]] static std::string ref(const std::string& person);
  // The n-th ordinary member: "Member 7".
  [[nodiscard]] static std::string member(int number) { return "Member " + std::to_string(number); }
  // A person, or "chair:" for whoever holds that post, acting in it.
  [[nodiscard]] Actor actor(const std::string& who) const;
  // The first seat of a post: "seat-chair-1".
  [[nodiscard]] static std::string seat(const std::string& post, int number = 1);
  [[nodiscard]] static std::string hash(const std::string& text);

  // Asks for it, and fails the test unless it is granted; then what the clock has to do is done, too. Returns the act.
  Act act(const std::string& who, const std::string& type, Body body, const std::string& second = "");
  // Asks for it, and fails the test unless it is refused under a rule that begins so. A refusal that is to be on the
  // record is put there.
  void refused(const std::string& who, const std::string& type, Body body, const std::string& rule);
  // Lets time pass, day by day, with what the clock does when it comes to it.
  void pass(Length length) { until(now_ + length); }
  void until(Time time);
  // An election of that contest, slate, motion or recall, with its electorate frozen.
  std::string prepare(const std::string& of);
  // The id of the thing that the last act of that sort opened ("contest", "petition", …).
  [[nodiscard]] std::string last(const std::string& process) const;
  // Replays everything, and reads every act from its own text.
  void expect_replays() const;
  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const Charter& charter() const { return state_.charter(); }
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const std::vector<Act>& acts() const { return acts_; }

 private:
  void record(const Act& act);
  void settle();

  State state_;
  std::vector<Act> acts_;
  Time now_;
};

// The text of an example charter.
std::string example_charter(const std::string& name);

inline constexpr int first_holders = 34;

inline std::string example_charter(const std::string& name) {
  std::ifstream file(FOLKMOOT_SOURCE_DIR "/examples/" + name + ".toml");
  EXPECT_TRUE(file) << name;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline Organisation::Organisation(const std::string& name, int members) {
  now_ = *read_time("2026-01-05T09:00:00Z");
  act("Fen Founder", "organisation.found", {{"text", example_charter(name)}, {"key", hash("key of the founder")}});
  std::vector<std::string> references;
  for (int i = 1; i <= first_holders; ++i) references.push_back(ref(fmt::format("Holder {}", i)));
  for (int i = 1; i <= members; ++i) references.push_back(ref(member(i)));
  for (const char* role : {"Rua Registrar", "Tilda Trustee", "Tomas Trustee", "Tanwen Trustee"}) {
    references.push_back(ref(role));
  }
  // Half of the members belong to each section, and all have been members for two years.
  const std::vector<std::string> north(references.begin(), references.begin() + 30);
  const std::vector<std::string> south(references.begin() + 30, references.end());
  act("Fen Founder", "member.admit",
      {{"members", north}, {"section", "north-shore"}, {"joined", "2024-01-01T00:00:00Z"}});
  act("Fen Founder", "member.admit",
      {{"members", south}, {"section", "south-bay"}, {"joined", "2024-01-01T00:00:00Z"}});
  int next = 0;
  for (const auto& [post, rule] : charter().posts) {
    for (int number = 1; number <= rule.seats; ++number) {
      act("Fen Founder", "seat.found",
          {{"seat", seat(post, number)},
           {"member", references[static_cast<std::size_t>(next++ % first_holders)]},
           {"until", charter::text(now_ + rule.term)}});
    }
  }
  act("Fen Founder", "organisation.constitute", {});
}

inline std::string Organisation::ref(const std::string& person) { return "m-" + sha256_hex(person).substr(0, 16); }
inline std::string Organisation::hash(const std::string& text) { return sha256_hex(text); }
inline std::string Organisation::seat(const std::string& post, int number) {
  return fmt::format("seat-{}-{}", post, number);
}

inline Actor Organisation::actor(const std::string& who) const {
  if (!who.ends_with(':')) return {ref(who), ""};
  const std::string post = who.substr(0, who.size() - 1);
  const Names holding = holders(state_, post);
  EXPECT_FALSE(holding.empty()) << "nobody holds " << post;
  return {holding.empty() ? "" : holding.front(), post};
}

inline void Organisation::record(const Act& act) { acts_.push_back(act); }

inline void Organisation::settle() {
  for (const Act& act : charter::settle(state_, now_)) record(act);
}

inline Act Organisation::act(const std::string& who, const std::string& type, Body body, const std::string& second) {
  Request request{type, actor(who), {}, std::move(body)};
  if (!second.empty()) request.seconded_by.push_back(actor(second));
  settle();
  const Decided decided = decide(state_, request, now_);
  if (const auto* refusal = std::get_if<Refusal>(&decided)) {
    ADD_FAILURE() << type << " by " << who << ": " << refusal->rule << ": " << refusal->message;
    return {};
  }
  const Act& granted = std::get<Act>(decided);
  record(granted);
  state_ = apply(std::move(state_), granted);
  settle();
  return granted;
}

inline void Organisation::refused(const std::string& who, const std::string& type, Body body, const std::string& rule) {
  const Request request{type, actor(who), {}, std::move(body)};
  settle();
  const Decided decided = decide(state_, request, now_);
  const auto* refusal = std::get_if<Refusal>(&decided);
  ASSERT_TRUE(refusal) << type << " by " << who << " was granted";
  EXPECT_TRUE(refusal->rule.starts_with(rule)) << refusal->rule << ": " << refusal->message;
  if (!refusal->recorded) return;
  const Act attempt = recorded(state_, request, *refusal, now_);
  record(attempt);
  state_ = apply(std::move(state_), attempt);
}

inline void Organisation::until(Time time) {
  while (now_ < time) {
    now_ = std::min(time, now_ + days(1));
    settle();
  }
}

inline std::string Organisation::prepare(const std::string& of) {
  act("returning-officer:", "election.prepare", {{"of", of}});
  const std::string id = last("election");
  const Election& election = get(state_.elections, id);
  std::int64_t size = 0, weight = 0;
  for (const Elector& elector : electors(state_, state_.charter_of(election.charter), election.electorate, now_)) {
    ++size;
    weight += elector.weight;
  }
  act(charter().duties.at("roll").front() + ":", "election.freeze",
      {{"election", id}, {"root", hash("root of " + id)}, {"size", size}, {"weight", weight}});
  return id;
}

inline std::string Organisation::last(const std::string& process) const {
  const Process* found = find_process(process);
  for (std::size_t i = acts_.size(); found && i-- > 0;) {
    if (!acts_[i].refused && found->transition("", acts_[i].type)) return fmt::format("{}-{}", process, i);
  }
  ADD_FAILURE() << "no act has opened a " << process;
  return "";
}

inline void Organisation::expect_replays() const {
  const Result<State> replayed = replay(acts_);
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_EQ(to_json(*replayed), to_json(state_));
  for (const Act& act : acts_) {
    const std::string text = json::to_text(act);
    const Result<Act> read = read_act(text);
    ASSERT_TRUE(read) << read.error().message << '\n' << text;
    EXPECT_EQ(json::to_text(*read), text);
  }
}

}  // namespace folkmoot::test

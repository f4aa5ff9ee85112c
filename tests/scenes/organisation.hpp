// An organisation under an example charter, for scenes: takes requests in the names of invented people, records the
// acts, prints them, and checks at the end that replaying them gives the same state. It knows no storage: a `sink`
// can hand the same acts to one.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/sha256.hpp"
#include "charter/decide.hpp"
#include "charter/process.hpp"
#include "charter/standing.hpp"

namespace folkmoot::scenes {

using namespace charter;

class Organisation {
 public:
  // Founds it under examples/NAME.toml (with `edit` applied to the text), seats first holders in every post, admits
  // `members` more people and constitutes it; all quietly.
  explicit Organisation(const std::string& name, int members = 40,
                        const std::function<std::string(std::string)>& edit = {});

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
  Refusal refused(const std::string& who, const std::string& type, Body body, const std::string& rule,
                  const std::string& second = "");
  // Lets time pass, with what the clock does at once when it comes to it.
  void pass(Length length);
  void until(Time time);

  // The id of the thing that the last act of that sort opened ("contest", "petition", …).
  [[nodiscard]] std::string last(const std::string& process) const;
  [[nodiscard]] bool did(const std::string& type) const;

  // An election of that contest, slate, motion or recall: prepared, with roles given, frozen; opened; closed by the
  // clock and declared with those elected, or with votes for and against.
  std::string prepare(const std::string& of);
  void open(const std::string& election);
  void declare(const std::string& election, const std::vector<std::string>& elected);
  void declare(const std::string& election, int yes, int no);

  // Replays everything, and reads every act from its own text.
  void expect_replays() const;

  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const Charter& charter() const { return state_.charter(); }
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const std::vector<Act>& acts() const { return acts_; }

  std::function<void(const Act&)> sink;

 private:
  void record(const Act& act);
  void settle();

  State state_;
  std::vector<Act> acts_;
  Time now_;
  bool quiet_ = true;
  std::map<std::string, std::string> names_;  // of references
};

// The text of an example charter.
std::string example_charter(const std::string& name);

// The people who hold the posts at first, in the order of the posts' names.
inline constexpr std::string_view holders_of_posts[] = {
    "Amara Holm",  "Bela Quint",    "Ciaran Voss", "Dilys Marrow", "Edda Tarn",   "Farid Lowe",  "Greta Sand",
    "Hoa Penrose", "Idris Calder",  "Jonas Wick",  "Kaya Thorne",  "Lena Brook",  "Mirek Stowe", "Nesta Fold",
    "Oskar Reed",  "Priya Dunmore", "Quin Ashby",  "Rhona Vale",   "Samir Holt",  "Tove Larch",  "Ulla Crane",
    "Viktor Moss", "Wanda Field",   "Xenia Pool",  "Yusuf Glen",   "Zora Heath",  "Alwyn Stack", "Brita Cove",
    "Corin Hale",  "Dagny Shore",   "Emrys Watt",  "Freya Locke",  "Gwil Barrow", "Hedda Frost"};

inline std::string example_charter(const std::string& name) {
  std::ifstream file(FOLKMOOT_SOURCE_DIR "/examples/" + name + ".toml");
  EXPECT_TRUE(file) << name;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline Organisation::Organisation(const std::string& name, int members,
                                  const std::function<std::string(std::string)>& edit) {
  now_ = *read_time("2026-01-05T09:00:00Z");
  const std::string text = example_charter(name);
  act("Fen Founder", "organisation.found", {{"text", edit ? edit(text) : text}, {"key", hash("key of the founder")}});
  std::vector<std::string> references;
  for (const std::string_view holder : holders_of_posts) references.push_back(ref(std::string(holder)));
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
  std::size_t next = 0;
  for (const auto& [post, rule] : charter().posts) {
    for (int number = 1; number <= rule.seats; ++number) {
      act("Fen Founder", "seat.found",
          {{"seat", seat(post, number)},
           {"member", ref(std::string(holders_of_posts[next++ % std::size(holders_of_posts)]))},
           {"until", charter::text(now_ + rule.term)}});
    }
  }
  act("Fen Founder", "organisation.constitute", {});
  quiet_ = false;
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

inline void Organisation::record(const Act& act) {
  acts_.push_back(act);
  if (sink) sink(act);
  if (!quiet_) std::cout << "  " << json::to_text(act) << '\n';
}

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

inline Refusal Organisation::refused(const std::string& who, const std::string& type, Body body,
                                     const std::string& rule, const std::string& second) {
  Request request{type, actor(who), {}, std::move(body)};
  if (!second.empty()) request.seconded_by.push_back(actor(second));
  settle();
  const Decided decided = decide(state_, request, now_);
  if (std::holds_alternative<Act>(decided)) {
    ADD_FAILURE() << type << " by " << who << " was granted";
    return {};
  }
  Refusal refusal = std::get<Refusal>(decided);
  EXPECT_TRUE(refusal.rule.starts_with(rule)) << refusal.rule << ": " << refusal.message;
  std::cout << "  refused: " << type << " by " << who << ": " << refusal.rule << ": " << refusal.message << '\n';
  if (refusal.recorded) {
    const Act attempt = recorded(state_, request, refusal, now_);
    record(attempt);
    state_ = apply(std::move(state_), attempt);
  }
  return refusal;
}

inline void Organisation::pass(Length length) { until(now_ + length); }

// Day by day, so that what the clock does has the day on which it was due.
inline void Organisation::until(Time time) {
  while (now_ < time) {
    now_ = std::min(time, now_ + days(1));
    settle();
  }
}

inline std::string Organisation::last(const std::string& process) const {
  const Process* found = find_process(process);
  for (std::size_t i = acts_.size(); found && i-- > 0;) {
    if (!acts_[i].refused && found->transition("", acts_[i].type)) return fmt::format("{}-{}", process, i);
  }
  ADD_FAILURE() << "no act has opened a " << process;
  return "";
}

inline bool Organisation::did(const std::string& type) const {
  return std::ranges::any_of(acts_, [&](const Act& act) { return act.type == type && !act.refused; });
}

inline std::string Organisation::prepare(const std::string& of) {
  act("returning-officer:", "election.prepare", {{"of", of}});
  const std::string election = last("election");
  const auto appoint = [&](const char* role, const char* person) {
    act("returning-officer:", "election.appoint", {{"election", election}, {"role", role}, {"member", ref(person)}});
  };
  appoint("registrar", "Rua Registrar");
  appoint("trustee", "Tilda Trustee");
  appoint("trustee", "Tomas Trustee");
  appoint("trustee", "Tanwen Trustee");
  std::int64_t size = 0, weight = 0;
  const Election& prepared = get(state_.elections, election);
  for (const Elector& elector : electors(state_, state_.charter_of(prepared.charter), prepared.electorate, now_)) {
    ++size;
    weight += elector.weight;
  }
  act(charter().duties.at("roll").front() + ":", "election.freeze",
      {{"election", election}, {"root", hash("root of " + election)}, {"size", size}, {"weight", weight}});
  return election;
}

inline void Organisation::open(const std::string& election) {
  act("returning-officer:", "election.open", {{"election", election}, {"fingerprint", hash("setup of " + election)}},
      "chair:");
}

inline void Organisation::declare(const std::string& election, const std::vector<std::string>& elected) {
  until(get(state_.elections, election).closes);
  std::vector<std::string> references;
  for (const std::string& person : elected) references.push_back(ref(person));
  act("returning-officer:", "election.declare",
      {{"election", election},
       {"record", hash("record of " + election)},
       {"transcript", hash("count of " + election)},
       {"cast", get(state_.elections, election).size},
       {"elected", references}},
      "chair:");
}

inline void Organisation::declare(const std::string& election, int yes, int no) {
  until(get(state_.elections, election).closes);
  act("returning-officer:", "election.declare",
      {{"election", election},
       {"record", hash("record of " + election)},
       {"transcript", hash("count of " + election)},
       {"cast", yes + no},
       {"yes", yes},
       {"no", no}},
      "chair:");
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

}  // namespace folkmoot::scenes

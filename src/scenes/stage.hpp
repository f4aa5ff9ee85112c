// An organisation of invented people in which scenes are played: under an example charter, with a ledger and a database
// of its own, through the same service that real ones use. Everybody who acts in an office signs with a key of theirs.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <ostream>
#include <source_location>
#include <stdexcept>

#include "audit/verify.hpp"
#include "charter/process.hpp"
#include "charter/standing.hpp"
#include "secret/signing_key.hpp"
#include "service/organisation.hpp"
#include "service/played_election.hpp"

namespace folkmoot::scenes {

using namespace charter;

// What a scene promises and the organisation did not do; with the line of the scene.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The charter of the example campaign organisation: examples/campaign.toml.
extern const std::string_view example_charter;

// Where organisations of scenes are kept: each in an empty folder, with an empty database ("" for SQLite in it). In it
// come organisation/, and for each election held in earnest the folder of its roles (service/played_election.hpp).
struct Place {
  service::fs::path folder;
  std::string database;
};

// Who has a role in every election besides the returning officer: a registrar, and as many trustees as the example
// charter wants.
inline constexpr std::array<std::string_view, 4> election_staff{"Rua Registrar", "Tilda Trustee", "Tomas Trustee",
                                                                "Tanwen Trustee"};
inline constexpr service::Trustees trustees{3, 2};
struct Theatre {
  std::function<Place()> new_place;
  std::string charter;        // text of the example charter
  std::ostream* out;          // where the acts are told, a line each
  bool bodies = true;         // with what they say
  Time begin{1'767'603'600};  // 2026-01-05T09:00:00Z
};

// The value, or the scene is broken.
template <class T>
T expect(Result<T> result) {
  if (!result) throw Broken(result.error().message);
  return *std::move(result);
}
inline void expect(const Status& status) {
  if (!status) throw Broken(status.error().message);
}

using Where = std::source_location;

class Stage {
 public:
  // Founds it, seats first holders in every post, admits 40 more people and constitutes it; all quietly.
  explicit Stage(const Theatre& theatre);
  // Another one under a charter of the same organisation that reads otherwise.
  [[nodiscard]] std::unique_ptr<Stage> under(const std::string& charter_text) const;

  // Asks for it, and what the clock has to do is done, too. Broken if it is refused.
  Act act(const std::string& who, const std::string& type, Body body, const std::string& second = "",
          Where where = Where::current());
  // Asks for it. Broken unless it is refused under a rule that begins so.
  Refusal refused(const std::string& who, const std::string& type, Body body, const std::string& rule,
                  const std::string& second = "", Where where = Where::current());
  // Lets time pass, with what the clock does at once when it comes to it.
  void pass(Length length) { until(now_ + length); }
  void until(Time time);

  // Tells the audience something.
  void say(std::string_view words) { *theatre_.out << "  " << words << '\n'; }

  // The id of the thing that the last act of that sort opened ("contest", "petition", …).
  [[nodiscard]] std::string last(const std::string& process) const;
  [[nodiscard]] bool did(const std::string& type) const;
  // "Cast" who was given this reference.
  [[nodiscard]] const std::string& name_of(const std::string& reference) const { return names_.at(reference); }
  [[nodiscard]] const Seat& seat(const std::string& post, int number = 1) const;
  [[nodiscard]] const std::string& stage(const std::string& id) const;
  [[nodiscard]] bool flagged(const std::string& id) const;

  // An election of that contest, slate, motion or recall: prepared, with roles given, frozen; opened; closed by the
  // clock and declared with those elected, or with votes for and against.
  std::string prepare(const std::string& of);
  void open(const std::string& election);
  void declare(const std::string& election, const std::vector<std::string>& elected);
  void declare(const std::string& election, int yes, int no);

  // The same with real encryption, from a frozen election to its declaration: three of four electors vote, the trustees
  // tally, and the record and the count are published. Gives the election as its roles have it.
  using Votes = std::function<std::vector<count::Candidate>(const std::string& elector, std::size_t candidates)>;
  service::PlayedElection hold(const std::string& election, const std::string& question, const Votes& votes,
                               const Progress& progress = no_progress);
  // The first part of it: the ballot is open, and nobody has voted.
  service::PlayedElection open_ballot(const std::string& election, const std::string& question, const Votes& votes,
                                      const Progress& progress = no_progress);

  // A contest for the post, called, with its election frozen and applications open.
  std::string call(const std::string& post, int seats = 1);
  // An application (with the hash of a statement, or an invented one) with as many nominations as it needs, which makes
  // the person a candidate.
  std::string stand(const std::string& contest, const std::string& person, const std::string& statement = "");
  // To the end of the campaign.
  void campaign(const std::string& contest);
  // The chair's place, vacant, and a contest for it at the end of its campaign; or with the ballot open.
  struct Open {
    std::string contest, election;
  };
  Open campaign_for_chair(const std::vector<std::string>& candidates);
  Open contest_for_chair(const std::vector<std::string>& candidates);
  // A decision of an organ with all present and in favour.
  std::string decide_in(const std::string& organ, const std::string& title, const Body& more = {});

  // A person, or "chair:" for whoever holds that post, acting in it.
  [[nodiscard]] Actor actor(const std::string& who);

  // Publishes the ledger, and reads it as an outsider does who knows its key.
  audit::Report verify();
  // Makes the database's cache again from the ledger: everything must be as it was.
  void expect_rebuilds();

  [[nodiscard]] const State& state() const { return organisation_->state(); }
  [[nodiscard]] const Charter& charter() const { return state().charter(); }
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const std::vector<Act>& acts() const { return acts_; }
  // Everybody there has been, by their references.
  [[nodiscard]] const std::map<std::string, std::string>& names() const { return names_; }
  [[nodiscard]] service::Organisation& organisation() { return *organisation_; }

  static void check(bool held, Where where = Where::current());
  template <class A, class B>
  static void equal(const A& a, const B& b, Where where = Where::current()) {
    check(a == b, where);
  }

 private:
  Request request(const std::string& who, const std::string& type, Body body, const std::string& second);
  // Signed by all who must sign it.
  audit::SignedRequest sign(Request request);
  audit::Signature sign_as(const std::string& member, const Request& request);
  // Those of them who act in an office, and have no key on the record yet, enrol theirs.
  void enrol_keys(const Request& request);
  service::Outcome submit(Request request);
  void tell();

  Theatre theatre_;
  service::fs::path folder_;
  std::unique_ptr<service::Organisation> organisation_;
  std::vector<Act> acts_;
  Time now_;
  bool quiet_ = true;
  std::map<std::string, std::string> names_;  // of references
  std::set<std::string> signed_;              // texts: nobody signs the same twice
};

// The reference of a person, made from the name; the n-th ordinary member, from 1 on; a seat of a post,
// "seat-chair-1"; and what stands for a text whose hash an act names.
std::string id_of(const std::string& person);
std::string member(int number);
std::string seat_id(const std::string& post, int number = 1);
std::string hash(const std::string& text);
// Of an invented person's signing key, by their reference: no secret, since it can be made again. Nobody else's may be
// made so.
std::array<std::uint8_t, 32> seed_of(const std::string& member);

// For hold: everybody has an order of their own; nobody ranks more than five.
std::vector<count::Candidate> own_order(const std::string& elector, std::size_t candidates);

}  // namespace folkmoot::scenes

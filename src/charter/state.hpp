// What all acts so far have made of the organisation. Plain data: only apply() changes it (decide.hpp), and replaying
// the same acts gives the same state, to the byte of its JSON.
//
// A thing (a contest, a petition, a member's membership, …) is in one stage of its process's lifecycle, whose table
// stands in process/NAME.cpp. Its id is the process's name and the number of the act that opened it ("petition-1043"
// is entry 1043 of the ledger); memberships have the member's reference, seats the post ("seat-chair-1").
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "charter/charter.hpp"
#include "charter/time.hpp"

namespace folkmoot::charter {

struct Thing {
  std::string stage;
  Time since;                // when it came to that stage
  Time due = never;          // from when the clock may have something to do with it
  std::int64_t charter = 0;  // the version under which it began
};

struct Organisation : Thing {
  std::string founder;
};

struct Membership : Thing {
  Time joined;
  std::string section;
  std::string key;            // with which the member signs, Ed25519 in hexadecimal; empty: has enrolled none
  std::string suspended_by;   // the case
  Time until;                 // of the suspension
  Named<Time> declined;       // posts for which the member has declared not to stand, and when
  Named<std::int64_t> terms;  // served or begun, by post
  Names interests;            // members in whose cases this one has declared an interest
};

struct Seat : Thing {
  std::string post;
  std::string holder;  // empty if vacant
  Time from, until;
  std::string by;          // the election, contest or decision that gave it; "founding" or "interim"
  std::string electorate;  // that elected the holder; empty if none did
  Time vacant_since;
  Time call_by;  // of a vacancy: by when it is to be filled or called
  Time next_report;
  bool had_interim = false;  // in this vacancy
  std::string elected_in;    // the election that last filled it,
  Time elected_until;        // and the end of that term: a countback fills the rest of it
};

struct Contest : Thing {
  std::string post;
  std::string rule;
  Names seats;
  Time opens, closes, ballot_from;
  std::string election;
  Names applications;
  bool extension_offered = false;
  std::int64_t reopened = 0;
  Named<std::int64_t> characteristics;  // how many applicants have declared each that has a minimum
};

struct Application : Thing {
  std::string contest;
  std::string member;
  std::string statement;
  Names nominators;
  std::string rule;   // under which it was rejected
  Time suspended_at;  // if it was while the contest was open
};

struct Election : Thing {
  std::string of;  // the contest, slate, motion, amendment or recall that is decided
  std::string electorate;
  Named<Names> roles;  // "registrar", "trustee", "returning-officer"
  Time frozen;
  std::string root;  // of the electorate's commitment (electorate.hpp)
  std::int64_t size = 0, weight = 0;
  Names electors;                             // in order
  std::set<std::string, std::less<>> issued;  // to whom a credential was issued
  Names candidates;                           // their references, as the ballot paper lists them
  Time opened, closes;
  std::string fingerprint, record, supplement, transcript, other_transcript;
  std::int64_t cast = 0, yes = 0, no = 0;
  Names elected;
  Names counted_back;  // who took a vacancy by its countback
};

struct Slate : Thing {
  std::string rule;
  std::string contest;
  Names proposed;  // applications
  Time proposals_close;
  std::string election;
  Names chosen;   // applications, in order of choice
  Names dropped;  // of those chosen: shown as gaps
};

struct Endorsement : Thing {
  std::string application;
  std::string endorser;  // a member, or an organ
  bool by_organ = false;
  std::string slate;
  std::string reason;  // of the withdrawal
};

struct Petition : Thing {
  std::string rule;
  std::string opened_by;
  std::string title, hash, text;  // the text only of a change of the charter
  std::string seat;               // whose holder it would recall
  std::int64_t needed = 0;
  Time closes;
  std::string root;  // of those who may sign in private, once frozen
  std::int64_t size = 0;
  std::set<std::string, std::less<>> outside;  // who had signed when it was frozen: they have no leaf
  // The signer, empty if private; by their leaf, or by the reference of whoever has none.
  Named<std::string> signatures;
  std::set<std::string, std::less<>> named;  // the members among the signers: follows from the signatures
  std::string outcome;                       // the motion or recall
};

struct Motion : Thing {
  std::string rule;
  std::string mover;  // or the petition
  std::string title, hash;
  std::string text;  // of a change of the charter: the new charter
  Names seconders;
  Names amendments;  // in the order in which they were proposed
  Time amendments_close, debate_until, ballot_by;
  std::string election;
  std::string decision;
};

struct Amendment : Thing {
  std::string motion, mover, hash, text;
  Names seconders;
  std::string election;
};

struct Recall : Thing {
  std::string petition, rule, seat, holder;
  Time ballot_on;
  std::string election;
};

struct Decision : Thing {
  std::string organ, power, title, hash;
  std::string contrary_to;  // an earlier decision that this one goes against
  std::string citing;       // the decision that allows it
  Names challenges;         // by members: decisions that this one is said to go against
};

struct Case : Thing {
  std::string member, rule, evidence;
  std::string officer;
  Names panel;
  Time reply_by, decide_by, appeal_by;
  std::int64_t breaches = 0;  // of its deadlines
  std::string outcome;        // "suspended" or "dismissed"
  Time until;
  std::string reasons;
};

struct Question : Thing {
  std::string seat, member, hash, answer;
  Time answer_by;
  bool late = false;
};

struct Report : Thing {
  std::string seat, hash;
  Time give_by;
  bool late = false;
};

struct View : Thing {
  std::string organ, on, hash, response;
  Time respond_by;
};

struct Recommendation : Thing {
  std::string organ, on, position, hash;
};

struct Caucus : Thing {
  std::string title;
  Names members;
  Named<std::string> statements;  // by what they are about
  Named<std::int64_t> mailings;
};

struct Mandate : Thing {
  std::string decision;
  std::int64_t amount = 0, spent = 0;
  Time until;
};

struct Spend : Thing {
  std::int64_t amount = 0;
  std::string mandate, purpose;
  std::string entered_by, second;
  std::string referred_by, decision;
};

struct Statement : Thing {
  std::string office, title, hash;
  Names versions;  // hashes of all, oldest first
};

struct Claim : Thing {
  std::string about;  // a member
  std::string hash, source;
};

struct Paper : Thing {
  std::string organ, commitment, title;
  std::vector<std::pair<Time, std::string>> readings;
};

struct Complaint : Thing {
  std::string about;  // the thing in which the abuse appeared
  std::string evidence, action, reasons;
  Time decide_by;
  std::int64_t breaches = 0;
};

// A refused attempt on the record.
struct Attempt {
  std::int64_t act = 0;
  std::string type, rule;
};

struct State {
  std::int64_t acts = 0;
  Time time;                                             // of the last act
  std::vector<std::shared_ptr<const Charter>> charters;  // version n at n − 1

  Organisation organisation;
  Named<Membership> members;
  Named<Seat> seats;
  Named<Contest> contests;
  Named<Application> applications;
  Named<Election> elections;
  Named<Slate> slates;
  Named<Endorsement> endorsements;
  Named<Petition> petitions;
  Named<Motion> motions;
  Named<Amendment> amendments;
  Named<Recall> recalls;
  Named<Decision> decisions;
  Named<Case> cases;
  Named<Question> questions;
  Named<Report> reports;
  Named<View> views;
  Named<Recommendation> recommendations;
  Named<Caucus> caucuses;
  Named<Mandate> mandates;
  Named<Spend> spends;
  Named<Statement> statements;
  Named<Claim> claims;
  Named<Paper> papers;
  Named<Complaint> complaints;

  std::vector<Attempt> attempts;
  std::set<std::pair<Time, std::string>> agenda;  // every thing whose `due` is not never

  [[nodiscard]] std::int64_t version() const { return static_cast<std::int64_t>(charters.size()); }
  // The charter in force, or of a version from 1 on; an empty one before the founding.
  [[nodiscard]] const Charter& charter() const { return charter_of(version()); }
  [[nodiscard]] const Charter& charter_of(std::int64_t version) const;
};

// The whole state as canonical JSON, charters by their hash: two states are the same if their texts are.
std::string to_json(const State& state);
// One thing of it; empty if there is none of that id.
std::string to_json(const State& state, std::string_view id);

}  // namespace folkmoot::charter

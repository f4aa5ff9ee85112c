// One act: who did what, when, under which version of the charter. As canonical JSON it is an entry of the ledger:
//
//   {"type":"application.withdraw","time":"2026-03-01T12:00:00Z","actor":{"member":"m-…"},"charter":1,
//    "body":{"application":"application-41"}}
//
// An attempt that was refused, and that everybody may see (of a privileged or reserved act, of an application), is an
// act too, with what refused it: "refused":{"rule":"organs.conference.reserved","message":"…"}. It changes nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "charter/body.hpp"

namespace folkmoot::charter {

// A member, perhaps in an office; or the clock, when both are empty.
struct Actor {
  std::string member;  // reference
  std::string office;  // a post that the member holds
  [[nodiscard]] bool is_clock() const { return member.empty(); }
  friend bool operator==(const Actor&, const Actor&) = default;
};

struct Refusal {
  std::string rule;     // the charter's ("contests.chair.applications"), or the act's own ("acts.petition.sign")
  std::string message;  // what was asked, what the rule says, and what would be needed
  bool recorded = false;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

// What somebody asks for. Who they are has been authenticated.
struct Request {
  std::string type;
  Actor actor;
  std::vector<Actor> seconded_by;  // of a privileged act, one other person
  Body body;
};

struct Act {
  std::string type;
  Time time;
  Actor actor;
  std::vector<Actor> seconded_by;
  std::int64_t charter = 0;  // version; 0 before there is one
  Body body;                 // as declared, with the fields that were worked out
  std::optional<Refusal> refused;
};

// An act's JSON is at most so long, which leaves room for its signatures in an entry of the ledger.
inline constexpr std::size_t longest_act = 60'000;

void write(json::Writer& writer, const Act& act);
// {"type":…,"actor":…,"seconded_by":[…],"body":{…}}, with the body's fields in the declared order if they are those.
void write(json::Writer& writer, const Request& request);
// Of any text; fails unless it is an act of a known type in canonical form.
Result<Act> read_act(std::string_view text);
// The same of a value within a text, and of a request: the caller compares with the canonical form. Of a request, what
// the charter works out is not part.
Result<Act> read_act(json::Value value);
Result<Request> read_request(json::Value value);
// What must have been asked for that act.
Request request_of(const Act& act);

}  // namespace folkmoot::charter

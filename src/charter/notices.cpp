#include "charter/notices.hpp"

#include <algorithm>

#include "charter/standing.hpp"

namespace folkmoot::charter {
namespace {

void add(Notice& notice, const std::string& member) {
  if (!member.empty() && !contains(notice.people, member)) notice.people.push_back(member);
}

void add_nominators(const State& state, Notice& notice, std::string_view application) {
  for (const std::string& member : get(state.applications, application).nominators) add(notice, member);
}

// The electorate of a contest, and those who stand or stood in it.
void add_contest(const State& state, Notice& notice, std::string_view id) {
  const Contest& contest = get(state.contests, id);
  notice.election = contest.election;
  for (const std::string& application : contest.applications) add(notice, get(state.applications, application).member);
}

}  // namespace

Notice told(const State& state, const Act& act) {
  Notice notice;
  if (act.refused) return notice;
  const Body& body = act.body;
  if (act.type.starts_with("contest.") && body.has("contest")) {
    add_contest(state, notice, body.text("contest"));
  } else if (act.type == "application.withdraw" || act.type == "application.strike") {  // R8
    add_nominators(state, notice, body.text("application"));
    add_contest(state, notice, get(state.applications, body.text("application")).contest);
  } else if (act.type.starts_with("application.") && body.has("application")) {
    add(notice, get(state.applications, body.text("application")).member);
  } else if (act.type == "member.decline") {  // R2
    for (const auto& [id, application] : state.applications) {
      const bool same = get(state.contests, application.contest).post == body.text("post");
      if (same && application.member == act.actor.member) add_nominators(state, notice, id);
    }
  } else if (act.type == "endorsement.withdraw") {  // R16
    const Application& application =
        get(state.applications, get(state.endorsements, body.text("endorsement")).application);
    add_contest(state, notice, application.contest);
  } else if (act.type == "endorsement.claim") {  // R15
    add(notice, body.text("endorser"));
  } else if (act.type.starts_with("election.") && body.has("election") && act.type != "election.issue") {
    notice.election = body.text("election");
  } else if (act.type == "petition.table" || act.type == "petition.lapse") {
    const Petition& petition = get(state.petitions, body.text("petition"));
    add(notice, petition.opened_by);
    for (const std::string& signer : petition.named) add(notice, signer);
  } else if (act.type.starts_with("case.")) {
    add(notice, act.type == "case.open" ? body.text("member") : get(state.cases, body.text("case")).member);
  } else if (act.type == "question.put" || act.type == "report.fall_due") {
    add(notice, get(state.seats, body.text("seat")).holder);
  } else if (act.type == "seat.interim" || act.type == "seat.appoint" || act.type == "seat.count_back") {
    add(notice, body.text("member"));
  } else if (act.type == "claim.note") {
    add(notice, body.text("member"));
  }
  return notice;
}

}  // namespace folkmoot::charter

#include "server/roles.hpp"

#include <algorithm>

#include "charter/standing.hpp"
#include "server/body.hpp"
#include "service/poll.hpp"

namespace folkmoot::server {
namespace {

using charter::Names;
using charter::State;

// Who holds an office with the duty to hold elections.
Names officers(const State& state) {
  Names officers;
  const auto posts = state.charter().duties.find("contests");
  if (posts == state.charter().duties.end()) return officers;
  for (const std::string& post : posts->second) {
    const Names holding = charter::holders(state, post);
    officers.insert(officers.end(), holding.begin(), holding.end());
  }
  return officers;
}

Names with_role(const charter::Election& election, std::string_view role) {
  const auto found = election.roles.find(role);
  return found == election.roles.end() ? Names() : found->second;
}

ActedElection acted(const State& state, const std::string& id, const charter::Election& election) {
  ActedElection acted{id,
                      election.stage,
                      with_role(election, "returning-officer"),
                      with_role(election, "trustee"),
                      election.size,
                      election.weight};
  const Names in_office = officers(state);
  std::erase_if(acted.officers, [&](const std::string& member) { return !charter::contains(in_office, member); });
  return acted;
}

Roles::Let not_yours(std::string_view detail) {
  return tl::unexpected(problem(403, "not-yours", "Not yours to do", detail));
}

Roles::Let with_second_factor(Roles::Let caller) {
  if (!caller || caller->session.second_factor != 0) return caller;
  return tl::unexpected(problem(403, "second-factor", "Second factor needed", "show your second factor, then do this"));
}

}  // namespace

Result<std::optional<ActedElection>> Roles::election(const std::string& id) const {
  std::optional<ActedElection> found;
  TRY(organisation_.look([&](const State& state, const PublicNames&) {
    const auto election = state.elections.find(id);
    if (election != state.elections.end()) found = acted(state, id, election->second);
  }));
  return found;
}

Result<std::optional<ActedElection>> Roles::opened(const std::string& fingerprint) const {
  const std::string hexadecimal = TRY(service::fingerprint_in_hex(fingerprint));
  std::optional<ActedElection> found;
  TRY(organisation_.look([&](const State& state, const PublicNames&) {
    for (const auto& [id, election] : state.elections) {
      if (election.fingerprint == hexadecimal && election.stage != "annulled") found = acted(state, id, election);
    }
  }));
  return found;
}

Roles::Let Roles::officer_of(const std::optional<ActedElection>& election, const Request& request) const {
  auto caller = door_.let_in(request);
  if (caller && (!election || !charter::contains(election->officers, caller->session.member))) {
    return not_yours("this is for the returning officer of that election");
  }
  return with_second_factor(std::move(caller));
}

Roles::Let Roles::trustee_of(const std::optional<ActedElection>& election, const Request& request) const {
  auto caller = door_.let_in(request);
  if (!caller) return caller;
  const std::string& member = caller->session.member;
  const bool is_its =
      election && (charter::contains(election->trustees, member) || charter::contains(election->officers, member));
  return is_its ? std::move(caller) : not_yours("this is for the trustees of that election");
}

Roles::Let Roles::anybody(const Request& request) const { return with_second_factor(door_.let_in(request)); }

Roles::Let Roles::officer(const Request& request) const {
  auto caller = door_.let_in(request);
  if (!caller) return caller;
  bool in_office = false;
  const Status looked = organisation_.look([&](const State& state, const PublicNames&) {
    in_office = charter::contains(officers(state), caller->session.member);
  });
  if (!looked) return tl::unexpected(unavailable());
  if (!in_office) return not_yours("this is for those who hold elections");
  return with_second_factor(std::move(caller));
}

}  // namespace folkmoot::server

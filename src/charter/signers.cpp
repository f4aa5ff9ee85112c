#include "charter/signers.hpp"

#include <algorithm>

#include "charter/process.hpp"

namespace folkmoot::charter {
namespace {

// A key is enrolled by an act that it signs, so that nobody can enrol what is not theirs.
std::string key_of(const State& state, const Request& request, const std::string& member) {
  const bool enrols = request.type == "member.enrol_key" || request.type == "organisation.found";
  if (enrols && member == request.actor.member) {
    const Value* key = request.body.find("key");
    return key && std::holds_alternative<std::string>(*key) ? std::get<std::string>(*key) : "";
  }
  const auto found = state.members.find(member);
  return found == state.members.end() ? "" : found->second.key;
}

}  // namespace

std::vector<Signer> signers(const State& state, const Request& request) {
  const ActType* type = find_act_type(request.type);
  const std::string& member = request.actor.member;
  const bool founding =
      state.charters.empty() || (state.organisation.stage == "founding" && member == state.organisation.founder);
  std::vector<Signer> needed;
  const auto add = [&](const Actor& actor) {
    if (std::ranges::find(needed, actor.member, &Signer::member) == needed.end()) {
      needed.push_back({actor.member, key_of(state, request, actor.member)});
    }
  };
  if (request.actor.is_clock()) return needed;
  if (!request.actor.office.empty() || founding || (type && type->always_signed)) add(request.actor);
  for (const Actor& second : request.seconded_by) add(second);
  return needed;
}

}  // namespace folkmoot::charter

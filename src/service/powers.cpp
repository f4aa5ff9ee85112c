#include "service/powers.hpp"

#include <algorithm>

#include "charter/process.hpp"
#include "charter/signers.hpp"

namespace folkmoot::service {

std::optional<Barred> barred(const account::Session& session, const audit::SignedRequest& signed_request,
                             const charter::State& state) {
  const auto& [request, signatures] = signed_request;
  const std::string& actor = request.actor.member;
  if (actor != session.member) {
    const auto needed = charter::signers(state, request);
    const bool vouched = !actor.empty() && std::ranges::count(needed, actor, &charter::Signer::member) == 1 &&
                         std::ranges::count(signatures, actor, &audit::Signature::member) == 1;
    const bool seconds = std::ranges::count(request.seconded_by, session.member, &charter::Actor::member) == 1;
    if (!vouched || !seconds) return Barred{"not-yours", "you are signed in as somebody else than who asks for this"};
  }
  const charter::ActType* type = charter::find_act_type(request.type);
  const bool in_office = !request.actor.office.empty() || !request.seconded_by.empty() || (type && type->privileged);
  if (in_office && session.second_factor == 0) {
    return Barred{"second-factor", "whoever acts in an office shows a second factor first"};
  }
  return std::nullopt;
}

}  // namespace folkmoot::service

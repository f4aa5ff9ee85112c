// What a session may ask for at all, before the charter is asked: nobody acts as somebody else, and nobody in an office
// without a second factor.
#pragma once

#include <optional>

#include "account/sign_in.hpp"
#include "audit/entry.hpp"
#include "charter/state.hpp"

namespace folkmoot::service {

struct Barred {
  std::string_view name;  // "not-yours", "second-factor"
  std::string message;
};

// What bars the session's member from handing that in; nothing if nothing does. It is theirs if they are its actor, or
// if they second it and the actor has signed it (whether well, Organisation::submit looks). A second factor must have
// been shown in the session if anybody acts in an office, or the act takes two people.
std::optional<Barred> barred(const account::Session& session, const audit::SignedRequest& request,
                             const charter::State& state);

}  // namespace folkmoot::service

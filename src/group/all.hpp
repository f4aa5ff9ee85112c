// The three groups, and how code that knows a group by its name (a record's "group" field) comes to its type.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "group/ed25519/group.hpp"
#include "group/modp/group.hpp"

namespace folkmoot::group {

// Calls `action.template operator()<G>()` for the group of that name; an unknown name is an error.
//   return with_group(name, [&]<PrimeGroup G>() { return verify<G>(…); });
template <class Action>
auto with_group(std::string_view name, Action&& action) -> decltype(action.template operator()<Ed25519>()) {
  if (name == Ed25519::name) return action.template operator()<Ed25519>();
  if (name == Belenios2048::name) return action.template operator()<Belenios2048>();
  if (name == Rfc3526::name) return action.template operator()<Rfc3526>();
  return fail("unknown group \"{}\": expected {}, {} or {}", name, Ed25519::name, Belenios2048::name, Rfc3526::name);
}

}  // namespace folkmoot::group

// For a template class or function with one instance a group, in the .cpp that defines it:
// FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE_X) with `#define FOLKMOOT_INSTANTIATE_X(G) template class X<G>;`
#define FOLKMOOT_FOR_EACH_GROUP(M)   \
  M(::folkmoot::group::Ed25519)      \
  M(::folkmoot::group::Belenios2048) \
  M(::folkmoot::group::Rfc3526)

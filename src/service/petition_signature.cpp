#include "service/petition_signature.hpp"

#include "service/electorate.hpp"

namespace folkmoot::service {
namespace {

using charter::ElectorProof;
using charter::Request;

Result<ElectorProof> place_of(database::Database& database, const charter::State& state, const std::string& petition,
                              const std::string& member) {
  const auto proofs = TRY(ElectorateProofs::open(database, state, petition));
  return proofs.prove(member);
}

std::string leaf_of(const ElectorProof& place) { return to_hex(charter::commit(place.salt, to_text(place.entry))); }

void add_path(charter::Body& body, const ElectorProof& place) {
  charter::Names path;
  for (const Digest& hash : place.path) path.push_back(to_hex(hash));
  body.set("index", static_cast<std::int64_t>(place.index));
  body.set("path", std::move(path));
}

}  // namespace

Result<Request> sign_by_name(database::Database& database, const charter::State& state, const std::string& petition,
                             const std::string& member) {
  const auto found = state.petitions.find(petition);
  if (found == state.petitions.end()) return fail("there is no petition \"{}\"", petition);
  Request request{"petition.sign", {member, ""}, {}, {{"petition", petition}}};
  if (found->second.root.empty() || found->second.outside.contains(member)) return request;
  const ElectorProof place = TRY(place_of(database, state, petition, member));
  request.body.set("salt", to_hex(place.salt));
  add_path(request.body, place);
  return request;
}

Result<Request> sign_privately(database::Database& database, const charter::State& state, const std::string& petition,
                               const std::string& member, const charter::Actor& keeper) {
  const ElectorProof place = TRY(place_of(database, state, petition, member));
  Request request{"petition.sign_privately", keeper, {}, {{"petition", petition}}};
  request.body.set("leaf", leaf_of(place));
  add_path(request.body, place);
  return request;
}

Result<Request> withdraw_privately(database::Database& database, const charter::State& state,
                                   const std::string& petition, const std::string& member,
                                   const charter::Actor& keeper) {
  const ElectorProof place = TRY(place_of(database, state, petition, member));
  return Request{"petition.withdraw_signature", keeper, {}, {{"petition", petition}, {"leaf", leaf_of(place)}}};
}

}  // namespace folkmoot::service

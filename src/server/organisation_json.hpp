// What everybody may know of an organisation, as JSON; openapi.json has the schemas. Everything comes
// from the public ledger, with one exception: the names of those who hold a post, stand for one, endorse somebody, move
// something or have a role in an election, all of which is done in public. Nobody else's name is here, and nothing else
// of the private store.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "charter/state.hpp"
#include "service/acts.hpp"

namespace folkmoot::server {

// An act, with the charter's rule on which it rested.
struct RuledAct {
  service::Numbered act;
  std::string_view rule;
};

// Those whose names are public, by what they do; each once, sorted.
std::vector<std::string> people_in_public(const charter::State& state);

struct OrganisationView {
  const charter::State& state;  // the organisation has been founded
  const std::string& origin;
  const std::map<std::string, std::string, std::less<>>& names;  // by reference
  charter::Time now;

  // Name, charter in short, organs, posts with their seats and holders, and what is not as it should be.
  [[nodiscard]] std::string organisation() const;
  // All contests, the newest first.
  [[nodiscard]] std::string contests() const;
  // One: its applications with their endorsements, what organs recommend, its slates and elections, and the acts that
  // it has seen. Nothing if there is none of that id.
  [[nodiscard]] std::optional<std::string> contest(std::string_view id, std::span<const RuledAct> timeline) const;
  [[nodiscard]] std::string petitions() const;  // the newest first
  [[nodiscard]] std::string motions() const;    // the newest first, with their amendments and elections
  // Disciplinary cases with their deadlines, the newest first. Whom one is about is a reference, never a name.
  [[nodiscard]] std::string cases() const;
  // The limit, the mandates and what has been entered, each the newest first.
  [[nodiscard]] std::string spending() const;
  // How many people have which standing in which section.
  [[nodiscard]] std::string roll() const;
  // A page of the ledger of which there are `all` acts.
  // `next`: the number of the first act that was asked for and is not among these.
  [[nodiscard]] std::string ledger(std::uint64_t all, std::span<const RuledAct> acts,
                                   std::optional<std::uint64_t> next) const;
};

}  // namespace folkmoot::server

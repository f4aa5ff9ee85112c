// What an election begins with: the election itself, its trustees, and the credentials that may vote.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "election/credentials.hpp"
#include "election/election.hpp"
#include "election/trustees.hpp"
#include "record/archive.hpp"
#include "record/report.hpp"

namespace folkmoot::record {

using group::PrimeGroup;

// The three texts that a Setup event brings, and the one that names them.
struct SetupTexts {
  std::string election;
  std::string trustees;
  std::string credentials;
  std::string setup_data;
};

// Those of a record whose reader stands at its begin. Fails if it holds no election yet, or cannot be read.
Result<SetupTexts> read_setup_texts(Reader& reader);

template <PrimeGroup G>
struct Setup {
  election::Election<G> election;
  std::string fingerprint;
  typename G::FixedBase public_key;
  // Nothing where they could not be read.
  std::optional<election::Trustees<G>> trustees;
  std::optional<election::PublicCredentials<G>> credentials;
};

// Checks `election` to `credentials` of the report. Nothing comes back if the election cannot be read: no ballot can be
// checked then.
template <PrimeGroup G>
std::optional<Setup<G>> verify_setup(const SetupTexts& texts, Report& report);

}  // namespace folkmoot::record

// The acts from the first on. What the organisation's own server may enter, and what a verifier accepts, is the same
// code: an entry that take() refuses is not a good one, whoever made it.
#pragma once

#include <set>

#include "audit/entry.hpp"
#include "base/sha256.hpp"
#include "charter/decide.hpp"
#include "charter/signers.hpp"

namespace folkmoot::audit {

// What somebody signed may be decided for so long: a second person has time to look at it, and what was left lying
// cannot be brought out years later.
inline constexpr charter::Length longest_wait = charter::days(7);

class History {
 public:
  // Of the ledger with that origin; nothing has happened yet.
  explicit History(std::string origin) : origin_(std::move(origin)) {}

  [[nodiscard]] const std::string& origin() const { return origin_; }
  // How many entries have been taken, and what they have made of the organisation.
  [[nodiscard]] std::uint64_t size() const { return static_cast<std::uint64_t>(state_.acts); }
  [[nodiscard]] const charter::State& state() const { return state_; }

  // Whether everybody who must sign the request has, with the key that they had enrolled, not after `now` and not
  // longest_wait before it; that nobody else has; and that none of the signatures has served before.
  [[nodiscard]] Status check_signatures(const SignedRequest& request, charter::Time now) const;

  // The same of a request that not everybody has signed yet: whether the signatures that it has are good.
  [[nodiscard]] Status check_given_signatures(const SignedRequest& request, charter::Time now) const;

  // The next entry: its signatures, and whether the rules in force give that very act. What fails changes nothing; the
  // error names the entry's number and the act.
  Status take(const Entry& entry);
  // The same without looking at the signatures: for whoever has, and goes on to judge later acts though some were
  // wrong.
  Status follow(const Entry& entry);

 private:
  [[nodiscard]] Status check_signature(const charter::Request& request, const charter::Signer& signer,
                                       const Signature& signature, charter::Time now) const;
  [[nodiscard]] Digest use_of(const charter::Request& request, const Signature& signature) const;

  std::string origin_;
  charter::State state_;
  std::set<std::pair<charter::Time, Digest>> used_;  // requests signed within longest_wait: when, and what
};

}  // namespace folkmoot::audit

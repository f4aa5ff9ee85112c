// Small elections of our own making: good records to tamper with, and insiders who still hold the secrets. The same
// bytes each time.
//
// Each has five voters, of whom the first votes twice and the last not at all, and a public record that is finished:
// Setup, five ballots, EndBallots, EncryptedTally, the shuffles where there are rankings, partial decryptions, Result.
// And a supplement, in which one ballot more is spoiled.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace folkmoot::tamper {

enum class Kind {
  choice,     // 1 or 2 of 3, or blank; and a second question, 0 or 1 of 2, without blank. Two single trustees
  weighted,   // 1 of 2, with weights 1 to 5. Two single trustees
  lists,      // two lists. Two single trustees
  ranking,    // three numbers. Three single trustees, each shuffles
  threshold,  // 1 of 2. A single trustee and three of whom two are needed: 1, 2 and 4 decrypt
};
enum class GroupId { ed25519, belenios2048, rfc3526 };

std::string_view name(Kind kind);
std::string_view name(GroupId group);

inline constexpr std::size_t voter_count = 5;
inline constexpr std::size_t ballot_count = 5;

// What those inside could do. Texts in, texts out; voters count from 0, trustees from 1.
class Insider {
 public:
  Insider() = default;
  Insider(const Insider&) = delete;
  Insider& operator=(const Insider&) = delete;
  virtual ~Insider() = default;

  // A good ballot of a voter; `votes` is [[0,1,0],…].
  virtual std::string ballot(std::size_t voter, std::string_view votes) = 0;
  // The same by somebody whose credential is not on the list.
  virtual std::string foreign_ballot(std::string_view votes) = 0;
  // The ballot with the voter's credential and signature, whatever it says otherwise.
  virtual std::string sign(std::string_view ballot, std::size_t voter) = 0;
  // A good shuffle of [[ciphertext,…],…].
  virtual std::string shuffle(std::string_view ciphertexts) = 0;
  // A partial decryption of the tally, with good proofs for the trustee's key; or for another key, that of trustee 0.
  virtual std::string decrypt(std::size_t trustee, std::string_view tally) = 0;
  // A single trustee's public key with its proof, of nobody who is one.
  virtual std::string new_trustee() = 0;

  // For the strict profile (docs/strict-profile.md). The supplement of a record, made anew by all trustees, whatever
  // the record says; what stands in its head is taken from `head`, a supplement.
  virtual std::string supplement(const std::string& record, std::string_view head) = 0;
  // The supplement with each act signed again by its owner, for that record.
  virtual std::string sign_acts(const std::string& record, std::string_view supplement) = 0;
  // A commitment to those coefexps, by that member (from 1) of the threshold group.
  virtual std::string commit(std::size_t member, std::string_view coefexps) = 0;
  // The member's signature of having seen these commitments, a JSON array.
  virtual std::string reveal(std::size_t member, std::string_view commitments) = 0;
  // The decryption by a trustee who knows the key, with another factor for one ciphertext of `tally`: false, and with a
  // proof that version 1 takes for good.
  virtual std::string falsify(std::size_t trustee, std::string_view tally, std::string_view decryption,
                              std::size_t question, std::size_t ciphertext) = 0;
  // What stands to be decrypted in a record of rankings, and the result of its decryptions.
  virtual std::string shuffled_tally(const std::string& record) = 0;
  virtual std::string result(const std::string& record) = 0;
  // A ballot of rankings whose proofs are good, but not what a device makes: 1, 2, 3 encrypted with no randomness at
  // all, or as another element than the encoder's.
  enum class Raw { without_randomness, other_padding, excess_bits };
  virtual std::string raw_ballot(std::size_t voter, Raw raw) = 0;
  // The whole record once more, with another ballot in that place.
  virtual std::string record_with(std::size_t place, std::string ballot) = 0;

  // Elements as texts.
  [[nodiscard]] virtual std::string generator() const = 0;
  [[nodiscard]] virtual std::string multiply(std::string_view a, std::string_view b) const = 0;
  [[nodiscard]] virtual std::string divide(std::string_view a, std::string_view b) const = 0;
  [[nodiscard]] virtual std::string identity() const = 0;
  // The order q, in decimal.
  [[nodiscard]] virtual std::string order() const = 0;
};

struct Sample {
  Kind kind;
  GroupId group;
  std::string record;
  std::string supplement;
  std::unique_ptr<Insider> insider;
};

// Made at first use, and kept. Rankings need a group that carries them: not BELENIOS-2048.
const Sample& sample(Kind kind, GroupId group = GroupId::ed25519);

// Other election, other secrets, the same questions.
const Sample& other_sample(Kind kind, GroupId group = GroupId::ed25519);

}  // namespace folkmoot::tamper

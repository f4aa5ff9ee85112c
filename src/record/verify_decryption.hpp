// What the trustees have decrypted, and the result that follows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "election/decryption.hpp"
#include "record/observer.hpp"
#include "record/verify_setup.hpp"
#include "record/workers.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
class DecryptionVerifier {
 public:
  // What is given must outlive this; `observer` may be null.
  DecryptionVerifier(const Setup<G>& setup, Workers& workers, Observer<G>* observer, Report& report)
      : setup_(setup), workers_(workers), observer_(observer), report_(report) {}

  // A partial decryption of `tally` (after the last shuffle; nothing where that could not be read), and the text that
  // says whose it is.
  void decryption(const std::optional<election::EncryptedTally<G>>& tally, std::string_view text,
                  std::string_view owned_text);
  void result(const std::optional<election::EncryptedTally<G>>& tally, std::string_view text);
  // The record ends here, before its election.
  void stop();

 private:
  // A check of some ciphertexts of a question, on some thread: messages, each of something wrong.
  using Part = std::function<std::vector<std::string>(std::size_t question, std::size_t first, std::size_t last)>;
  void check_parts(const election::EncryptedTally<G>& tally, const Part& part, const std::string& where, Check& check);
  bool check_owner(const election::Owned& owned, const std::string& where);
  void check_enough();
  [[nodiscard]] std::vector<election::OwnedDecryption<G>> sufficient() const;

  const Setup<G>& setup_;
  Workers& workers_;
  Observer<G>* observer_;
  Report& report_;
  std::uint64_t decryptions_ = 0;
  bool proofs_checked_ = true;                                                      // none had to be left out
  std::map<std::int64_t, std::optional<election::PartialDecryption<G>>> by_owner_;  // nothing for one that is wrong
};

}  // namespace folkmoot::record

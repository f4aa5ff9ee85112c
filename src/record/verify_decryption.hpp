// What the trustees have decrypted, and the result that follows.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "election/decryption.hpp"
#include "record/observer.hpp"
#include "record/part.hpp"
#include "record/verify_setup.hpp"
#include "record/workers.hpp"

namespace folkmoot::record {

template <PrimeGroup G>
class DecryptionVerifier {
 public:
  // What is given must outlive this; `observer` may be null.
  DecryptionVerifier(const Setup<G>& setup, Share share, Workers& workers, Observer<G>* observer, Report& report)
      : setup_(setup),
        workers_(workers),
        observer_(observer),
        report_(report),
        proofs_(report[CheckId::decryption_proofs], share),
        values_(report[CheckId::result], share) {}

  // A partial decryption of `tally` (after the last shuffle; nothing where that could not be read), and the text that
  // says whose it is.
  void decryption(const std::optional<election::EncryptedTally<G>>& tally, const LongText& text,
                  std::string_view owned_text);
  void result(const std::optional<election::EncryptedTally<G>>& tally, std::string_view text);
  // The record ends here, before its election.
  void stop();

  // The trustees whose decryptions the result follows from, if it could be compared with them; and those who made one
  // whose proofs are wrong, as far as they were checked here.
  [[nodiscard]] const std::vector<std::int64_t>& decrypted_by() const { return decrypted_by_; }
  [[nodiscard]] const std::vector<std::int64_t>& wrong() const { return wrong_; }

 private:
  // A check of some ciphertexts of a question, on some thread: messages, each of something wrong.
  using Some = std::function<std::vector<std::string>(std::size_t question, std::size_t first, std::size_t last)>;
  bool check_parts(const election::EncryptedTally<G>& tally, const Some& some, const std::string& where, Tasks& tasks,
                   bool others_too = false);
  bool check_owner(const election::Owned& owned, const std::string& where);
  void check_enough();
  [[nodiscard]] std::vector<election::OwnedDecryption<G>> sufficient() const;

  const Setup<G>& setup_;
  Workers& workers_;
  Observer<G>* observer_;
  Report& report_;
  Tasks proofs_;
  Tasks values_;
  std::uint64_t decryptions_ = 0;
  bool proofs_checked_ = true;                                                      // none had to be left out
  std::map<std::int64_t, std::optional<election::PartialDecryption<G>>> by_owner_;  // nothing for one that is unfit
  std::vector<std::int64_t> decrypted_by_, wrong_;
};

}  // namespace folkmoot::record

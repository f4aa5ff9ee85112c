#include "record/report.hpp"

#include <algorithm>

namespace folkmoot::record {
namespace {

// In the order of CheckId. Sections are those of the Belenios specification 3.3.0.
constexpr std::array<CheckRow, check_count> rows{{
    {"archive", "every byte is as the format has it, every entry bears the hash of its content", "4.4"},
    {"chain", "the events form one chain, in the order of an election, each with the data it names", "4.4"},
    {"growth", "nothing of the earlier copy has been removed or rewritten", "3.5.1"},
    {"election", "the election is well-formed: version, group, questions, public key", "4.9, 4.10"},
    {"trustees", "each trustee has proved to hold their key; threshold keys are certified and signed", "4.5, 4.6, 4.7"},
    {"public-key", "the election's public key is the one that the trustees make together", "3.1.1, 4.7"},
    {"credentials", "the public credentials are well-formed and distinct, with weights the questions allow", "4.8"},
    {"ballot-form", "each ballot is canonical, made of group elements, and for this election", "4.1, 4.17"},
    {"ballot-unique", "no ballot is there twice", "3.2, 4.17"},
    {"ballot-credential", "each ballot's credential is on the list", "3.5.1, 4.8"},
    {"ballot-signature", "each ballot is signed by its credential", "4.16"},
    {"ballot-proofs", "each ballot proves that its answers are allowed", "4.11 to 4.15"},
    {"tally", "the encrypted tally holds the last ballot of each voter, and nothing else", "4.17, 4.18"},
    {"shuffles", "rankings are shuffled, each time by another of the trustees", "3.4, 4.19"},
    {"shuffle-proofs", "each shuffle proves that it only re-encrypts and permutes", "4.19, 6"},
    {"decryptions", "enough trustees have decrypted, each once, all that there is to decrypt", "3.4, 4.20"},
    {"decryption-proofs", "each decryption factor is proved to come from the trustee's key", "4.20"},
    {"result", "the result is what the factors decrypt the tally to", "4.21"},
}};

}  // namespace

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
      return "valid";
    case Verdict::incomplete:
      return "incomplete";
    case Verdict::invalid:
      break;
  }
  return "invalid";
}

Report::Report() {
  checks_.reserve(check_count);
  for (const CheckRow& row : rows) checks_.emplace_back(row);
}

std::vector<const Check*> Report::checks() const {
  std::vector<const Check*> made;
  for (const Check& check : checks_) {
    if (&check != &(*this)[CheckId::growth] || compares_growth_) made.push_back(&check);
  }
  return made;
}

bool Report::any_failed() const { return std::ranges::any_of(checks_, &Check::failed); }

Status first_failure(const Report& report) {
  for (const Check* check : report.checks()) {
    if (check->failed()) return fail("{}: {}", check->title(), check->details().front());
  }
  return {};
}

Verdict Report::verdict() const {
  if (any_failed()) return Verdict::invalid;
  return std::ranges::all_of(checks(), &Check::passed) ? Verdict::valid : Verdict::incomplete;
}

}  // namespace folkmoot::record

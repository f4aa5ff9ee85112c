#include "strict/verify.hpp"

#include <unordered_set>

#include "record/observer.hpp"
#include "strict/acts.hpp"
#include "strict/elements.hpp"
#include "strict/plaintexts.hpp"

namespace folkmoot::strict {
namespace {

using namespace election;

// Looks on while the record is verified, and compares it with the supplement.
template <PrimeGroup G>
class Auditor final : public record::Observer<G> {
 public:
  Auditor(std::string_view text, record::Workers& workers, Report& report) : workers_(workers), report_(report) {
    Check& check = report[CheckId::supplement];
    check.add_items();
    auto supplement = json::read_canonical(text, read_supplement<G>);
    if (supplement) {
      supplement_ = *std::move(supplement);
    } else {
      check.fail(supplement.error().message);
    }
  }

  void unreadable(const Error& error) override { report_[CheckId::elements].fail(error.message); }

  void setup(const record::Setup<G>& setup) override {
    setup_ = &setup;
    if (setup.trustees) {
      keys_ = setup.trustees->verification_keys();
      check_elements("trustees", *setup.trustees);
    }
    if (setup.credentials) check_elements("credentials", *setup.credentials);
    if (setup.election.public_key.is_identity()) unreadable({"election: public_key: it is 1"});
    if (!supplement_) return;
    Check& check = report_[CheckId::supplement];
    if (supplement_->uuid != setup.election.uuid) {
      check.fail(fmt::format("uuid: \"{}\" instead of \"{}\"", supplement_->uuid, setup.election.uuid));
    }
    if (supplement_->fingerprint != setup.fingerprint) {
      check.fail(fmt::format("fingerprint: \"{}\" instead of \"{}\"", supplement_->fingerprint, setup.fingerprint));
    }
    check.finish();
    if (setup.trustees) check_ceremonies(*setup.trustees);
    read_spoiled();
  }

  void ballot(const Digest& hash, const Ballot<G>* ballot) override {
    const std::uint64_t number = ++ballots_;
    if (ballot) check_elements(fmt::format("ballot {}", number), *ballot);
    if (const std::string tracker = to_base64(hash); spoiled_.contains(tracker)) {
      report_[CheckId::spoiled].fail(fmt::format("ballot {} ({}) was opened, and must not be cast", number, tracker));
    }
  }

  void end_ballots(const Digest& event) override {
    if (supplement_) bond_ = {setup_->fingerprint, to_hex(event), head_hash(*supplement_)};
  }

  void tally(const EncryptedTally<G>& tally) override { check_elements("encrypted_tally", tally); }

  void shuffle(const std::optional<Owned>& owned, const Shuffle<G>* shuffle) override {
    const std::string where = fmt::format("shuffle {}", ++shuffles_);
    if (shuffle) check_elements(where, *shuffle);
    if (!supplement_ || !owned) return;
    Check& check = report_[CheckId::shuffle_signatures];
    check.add_items();
    const auto act = find_act(supplement_->shuffles, shuffles_, *owned);
    if (const Status good = act ? check_signature<G>(bond_, key_of(**act), **act) : Failure(act.error()); !good) {
      check.fail(good.error().in(where).message);
    }
  }

  void decryption(const std::optional<Owned>& owned, const EncryptedTally<G>* tally,
                  const PartialDecryption<G>* decryption) override {
    const std::string where = fmt::format("partial decryption {}", ++decryptions_);
    if (decryption) check_elements(where, *decryption);
    if (!supplement_ || !owned) return;
    Check& proofs = report_[CheckId::batched_proofs];
    Check& signatures = report_[CheckId::decryption_signatures];
    const auto act = find_act(supplement_->decryptions, decryptions_, *owned);
    const auto check = [&](Check& about, const Status& good) {
      about.add_items();
      if (!good) about.fail(good.error().in(where).message);
    };
    check(signatures, act ? check_signature<G>(bond_, key_of(**act), **act) : Failure(act.error()));
    if (!act) {
      check(proofs, Failure(act.error()));
    } else if (decryption) {
      check(proofs, check_proof<G>(setup_->fingerprint, key_of(**act), **act, *tally, *decryption, workers_));
    }
  }

  void plaintexts(std::size_t question, std::span<const typename G::Element> elements,
                  const std::vector<std::vector<std::uint64_t>>& numbers) override {
    report_[CheckId::plaintexts].add_items(elements.size());
    const auto places = odd_plaintexts<G>(elements, numbers, workers_);
    if (places.empty()) return;
    report_.remarks.push_back(
        fmt::format("plaintexts: question {}: not as a device encodes rankings: {} of {} ballots, in the result: {}",
                    question + 1, places.size(), elements.size(), fmt::join(places, ", ")));
  }

  void finish(bool complete) override {
    if (!complete) return;
    report_[CheckId::elements].finish();
    report_[CheckId::plaintexts].finish();
    if (!supplement_) return;
    report_[CheckId::spoiled].finish();
    const bool shuffled = shuffles_ > 0 || !setup_->election.needs_shuffles();
    finish_acts({CheckId::shuffle_signatures}, supplement_->shuffles.size(), shuffles_, shuffled);
    finish_acts({CheckId::batched_proofs, CheckId::decryption_signatures}, supplement_->decryptions.size(),
                decryptions_, decryptions_ > 0);
  }

 private:
  template <class Structure>
  void check_elements(const std::string& where, const Structure& structure) {
    Check& check = report_[CheckId::elements];
    check.add_items();
    for (const std::string& place : identities(structure)) check.fail(fmt::format("{}: {}", where, place));
  }

  void check_ceremonies(const Trustees<G>& trustees) {
    Check& check = report_[CheckId::key_ceremony];
    std::size_t groups = 0;
    for (const auto& kind : trustees.kinds) {
      const auto* group = std::get_if<ThresholdParameters<G>>(&kind);
      if (!group || groups++ >= supplement_->ceremonies.size()) continue;
      check.add_items(group->certificates.size());
      for (const std::string& wrong : check_key_ceremony(*group, supplement_->ceremonies[groups - 1])) {
        check.fail(fmt::format("threshold group {}: {}", groups, wrong));
      }
    }
    if (groups != supplement_->ceremonies.size()) {
      check.fail(fmt::format("{} ceremonies for {} threshold groups", supplement_->ceremonies.size(), groups));
    }
    check.finish();
  }

  void read_spoiled() {
    Check& check = report_[CheckId::spoiled];
    check.add_items(supplement_->spoiled.size());
    if (const Status good = check_spoiled(supplement_->spoiled); !good) check.fail(good.error().message);
    spoiled_ = {supplement_->spoiled.begin(), supplement_->spoiled.end()};
  }

  // The act of that number, from 1, which must be the event's, and a trustee's.
  template <class Act>
  Result<const Act*> find_act(const std::vector<Act>& acts, std::size_t number, const Owned& owned) const {
    if (number > acts.size()) return fail("the supplement has nothing about it");
    const Act& act = acts[number - 1];
    if (act.owner != owned.owner || act.payload != owned.payload) return fail("the supplement has another one");
    if (act.owner < 1 || static_cast<std::uint64_t>(act.owner) > keys_.size()) {
      return fail("owner {} is no trustee: they count from 1 to {}", act.owner, keys_.size());
    }
    return &act;
  }

  template <class Act>
  [[nodiscard]] const typename G::Element& key_of(const Act& act) const {
    return keys_[static_cast<std::size_t>(act.owner - 1)];
  }

  void finish_acts(std::initializer_list<CheckId> ids, std::size_t acts, std::size_t events, bool all_there) {
    for (const CheckId id : ids) {
      if (acts > events) report_[id].fail(fmt::format("the supplement has {} of them, the record {}", acts, events));
      if (all_there) report_[id].finish();
    }
  }

  record::Workers& workers_;
  Report& report_;
  const record::Setup<G>* setup_ = nullptr;
  std::optional<Supplement<G>> supplement_;  // nothing if it could not be read
  std::vector<typename G::Element> keys_;    // of the trustees
  std::unordered_set<std::string> spoiled_;
  Bond bond_;
  std::uint64_t ballots_ = 0;
  std::size_t shuffles_ = 0, decryptions_ = 0;
};

class Auditors final : public record::Observers {
 public:
  Auditors(std::string_view supplement, Report& report) : supplement_(supplement), report_(report) {}

#define FOLKMOOT_MAKE(G)                                                                                \
  std::unique_ptr<record::Observer<G>> make(record::Workers& workers, std::type_identity<G>) override { \
    return std::make_unique<Auditor<G>>(supplement_, workers, report_);                                 \
  }
  FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_MAKE)
#undef FOLKMOOT_MAKE

 private:
  std::string_view supplement_;
  Report& report_;
};

}  // namespace

Report verify(const record::ByteSource& source, std::string_view supplement, record::VerifyOptions options) {
  Report report;
  auto part = verify_part(source, supplement, std::move(options), report);
  report.record = std::move(part->report);
  return report;
}

Result<record::Part> verify_part(const record::ByteSource& source, std::string_view supplement,
                                 record::VerifyOptions options, Report& report) {
  Auditors auditors(supplement, report);
  options.observers = &auditors;
  return record::verify_part(source, options);
}

}  // namespace folkmoot::strict

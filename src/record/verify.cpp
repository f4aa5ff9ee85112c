#include "record/verify.hpp"

#include <memory>

#include "group/all.hpp"
#include "record/chain.hpp"
#include "record/growth.hpp"
#include "record/observer.hpp"
#include "record/verify_ballots.hpp"
#include "record/verify_decryption.hpp"
#include "record/verify_tally.hpp"

namespace folkmoot::record {
namespace {

// The steps of a record. What is wrong with its bytes or its chain goes into the report, and ends them.
class Steps {
 public:
  Steps(const ByteSource& source, Report& report) : report_(report) {
    auto entries = EntryReader::open(source);
    if (entries) {
      entries_ = *std::move(entries);
    } else {
      stop(CheckId::archive, entries.error().message);
    }
  }

  std::optional<Step> next() {
    while (!ended_) {
      auto entry = entries_->next();
      if (!entry) return stop(CheckId::archive, entry.error().message);
      if (!*entry) return end();
      report_[CheckId::archive].add_items();
      if (is_repeated_ballot(**entry)) {
        return stop(CheckId::ballot_unique, fmt::format("at byte {}: ballot {} is in the record already",
                                                        (*entry)->offset, to_base64((*entry)->hash)));
      }
      auto step = chain_.add(**std::move(entry));
      if (!step) return stop(CheckId::chain, step.error().message);
      if (!*step) continue;
      report_[CheckId::chain].add_items();
      if ((*step)->event.type == EventType::ballot) report_[CheckId::ballot_unique].add_items();
      return *std::move(step);
    }
    return std::nullopt;
  }

  // Whether the record has been read to its end.
  [[nodiscard]] bool complete() const { return complete_; }

  [[nodiscard]] Result<std::string> content(const Entry& entry) const {
    if (entry.kept()) return entry.content;
    Entry read = TRY(entries_->read_at(entry.offset));
    if (read.hash != entry.hash) return fail("at byte {}: another entry than before", entry.offset);
    return std::move(read.content);
  }

 private:
  [[nodiscard]] bool is_repeated_ballot(const Entry& entry) const {
    return entry.kind == EntryKind::data && chain_.last() && chain_.last()->event.type == EventType::ballot &&
           chain_.has(entry.hash);
  }

  std::optional<Step> stop(CheckId id, const std::string& failure) {
    report_[id].fail(failure + "; nothing after this was read");
    ended_ = true;
    return std::nullopt;
  }

  std::optional<Step> end() {
    ended_ = true;
    complete_ = true;
    Check& chain = report_[CheckId::chain];
    if (const Status status = chain_.end(); !status) chain.fail(status.error().message);
    if (chain_.events() == 0) chain.fail("there is no Setup event: the record is not of any election");
    chain.finish();
    report_[CheckId::archive].finish();
    return std::nullopt;
  }

  Report& report_;
  std::optional<EntryReader> entries_;
  Chain chain_;
  bool ended_ = false;
  bool complete_ = false;
};

// All that follows the Setup.
class Course {
 public:
  Course() = default;
  Course(const Course&) = delete;
  Course& operator=(const Course&) = delete;
  virtual ~Course() = default;
  virtual Status take(Step step) = 0;
  // No step follows. `complete`: because the record ends.
  virtual void finish(bool complete) = 0;
  // Up to which byte of the record there is nothing left to do.
  [[nodiscard]] virtual std::uint64_t verified_to() const = 0;
};

template <PrimeGroup G>
class CourseOf final : public Course {
 public:
  CourseOf(Setup<G> setup, std::unique_ptr<Observer<G>> observer, const VerifyOptions& options, const Steps& steps,
           Workers& workers, Report& report)
      : setup_(std::move(setup)),
        observer_(std::move(observer)),
        steps_(steps),
        report_(report),
        ballots_(
            setup_, options.tracker, [&steps](const Entry& entry) { return steps.content(entry); }, workers,
            observer_.get(), report),
        tally_(setup_, workers, observer_.get(), report),
        decryptions_(setup_, workers, observer_.get(), report) {
    if (observer_) observer_->setup(setup_);
  }

  Status take(Step step) override {
    verified_to_ = step.end();
    switch (step.event.type) {
      case EventType::setup:
        break;
      case EventType::ballot: {
        Entry ballot = step.data.back();
        ballot.content = TRY(steps_.content(ballot));
        ballots_.add(std::move(ballot));
        break;
      }
      case EventType::end_ballots:
        finish_ballots();
        if (observer_) observer_->end_ballots(step.entry.hash);
        break;
      case EventType::encrypted_tally:
        tally_.tally(TRY(steps_.content(step.referred())), TRY(steps_.content(step.payload())), ballots_.sum());
        break;
      case EventType::shuffle:
        tally_.shuffle(TRY(steps_.content(step.referred())), TRY(steps_.content(step.payload())));
        break;
      case EventType::end_shuffles:
        tally_.end_shuffles();
        break;
      case EventType::partial_decryption:
        tally_.end_shuffles();
        decryptions_.decryption(tally_.to_decrypt(), TRY(steps_.content(step.referred())),
                                TRY(steps_.content(step.payload())));
        break;
      case EventType::result:
        decryptions_.result(tally_.to_decrypt(), TRY(steps_.content(step.payload())));
        break;
    }
    voting_ = voting_ && step.event.type == EventType::ballot;
    return {};
  }

  void finish(bool complete) override {
    if (complete) {
      finish_ballots();
      tally_.stop();
      decryptions_.stop();
    } else {
      ballots_.finish();
    }
    if (observer_) observer_->finish(complete);
  }

  [[nodiscard]] std::uint64_t verified_to() const override { return voting_ ? ballots_.verified_to() : verified_to_; }

 private:
  void finish_ballots() {
    ballots_.finish();
    for (const CheckId id :
         {CheckId::ballot_form, CheckId::ballot_unique, CheckId::ballot_signature, CheckId::ballot_proofs}) {
      report_[id].finish();
    }
    if (setup_.credentials) report_[CheckId::ballot_credential].finish();
  }

  Setup<G> setup_;
  std::unique_ptr<Observer<G>> observer_;  // may be null
  const Steps& steps_;
  Report& report_;
  BallotVerifier<G> ballots_;
  TallyVerifier<G> tally_;
  DecryptionVerifier<G> decryptions_;
  bool voting_ = true;
  std::uint64_t verified_to_ = 0;
};

// An observer who has been told what of the Setup could not be read, if there is one to look on.
template <PrimeGroup G>
std::unique_ptr<Observer<G>> make_observer(const std::optional<Setup<G>>& setup, const VerifyOptions& options,
                                           Workers& workers, const Report& report) {
  if (!options.observers) return nullptr;
  auto observer = options.observers->make(workers, std::type_identity<G>());
  const auto expect = [&](bool read, CheckId id) {
    if (!read) observer->unreadable(Error{report[id].details().back()});
  };
  expect(setup.has_value(), CheckId::election);
  if (setup) {
    expect(setup->trustees.has_value(), CheckId::trustees);
    expect(setup->credentials.has_value(), CheckId::credentials);
  }
  return observer;
}

// Checks the Setup. What follows it can be verified only if the election could be read.
Result<std::unique_ptr<Course>> begin(const Step& setup_step, const VerifyOptions& options, const Steps& steps,
                                      Workers& workers, Report& report) {
  auto election_text = TRY(steps.content(setup_step.referred(0)));
  auto trustees_text = TRY(steps.content(setup_step.referred(1)));
  auto credentials_text = TRY(steps.content(setup_step.referred(2)));
  auto setup_text = TRY(steps.content(setup_step.payload()));
  const SetupTexts texts{std::move(election_text), std::move(trustees_text), std::move(credentials_text),
                         std::move(setup_text)};
  const auto course = [&]<PrimeGroup G>() -> Result<std::unique_ptr<Course>> {
    auto setup = verify_setup<G>(texts, report);
    auto observer = make_observer<G>(setup, options, workers, report);
    if (!setup) return nullptr;
    return std::make_unique<CourseOf<G>>(*std::move(setup), std::move(observer), options, steps, workers, report);
  };
  auto made = [&]() -> Result<std::unique_ptr<Course>> {
    return group::with_group(TRY(election::group_name(texts.election)), course);
  }();
  if (made) return made;
  report[CheckId::election].fail(made.error().in("election").message);
  return nullptr;
}

Report verify_steps(const ByteSource& source, const VerifyOptions& options, Report report) {
  Workers workers(options.threads);
  Steps steps(source, report);
  std::unique_ptr<Course> course;
  while (auto step = steps.next()) {
    const auto take = [&]() -> Status {
      if (step->event.type == EventType::setup) {
        course = TRY(begin(*step, options, steps, workers, report));
      } else if (course) {
        TRY(course->take(*std::move(step)));
      }
      return {};
    };
    if (const Status taken = take(); !taken) {
      report[CheckId::archive].fail(taken.error().message);  // it could not be read again
      break;
    }
    if (options.stop_early && report.any_failed()) break;
    if (course && options.progress) options.progress(course->verified_to(), source.size());
  }
  if (course) course->finish(steps.complete());
  if (course && options.progress) options.progress(source.size(), source.size());
  return report;
}

}  // namespace

Report verify(const ByteSource& source, const VerifyOptions& options) {
  Report report;
  if (options.earlier) {
    report.compare_growth();
    Check& growth = report[CheckId::growth];
    if (const auto entries = check_growth(*options.earlier, source)) {
      growth.add_items(*entries);
    } else {
      growth.fail(entries.error().message);
    }
    growth.finish();
  }
  if (options.stop_early) {
    Report archive = report;
    Steps steps(source, archive);
    while (!archive.any_failed() && steps.next()) continue;
    if (archive.any_failed()) return archive;
  }
  return verify_steps(source, options, std::move(report));
}

}  // namespace folkmoot::record

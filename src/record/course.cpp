#include "record/course.hpp"

#include "group/all.hpp"
#include "record/observer.hpp"
#include "record/verify_ballots.hpp"
#include "record/verify_decryption.hpp"
#include "record/verify_tally.hpp"

namespace folkmoot::record {
namespace {

template <PrimeGroup G>
class CourseOf final : public Course {
 public:
  CourseOf(Setup<G> setup, std::unique_ptr<Observer<G>> observer, const VerifyOptions& options, const Steps& steps,
           Workers& workers, Report& report)
      : setup_(std::move(setup)),
        observer_(std::move(observer)),
        share_(options.share),
        keeps_sum_(options.make_state || !options.share.whole()),
        steps_(steps),
        report_(report),
        ballots_(
            setup_, share_, options.tracker, options.state,
            [&steps](const Entry& entry) { return steps.content(entry); }, workers, observer_.get(), report),
        tally_(setup_, share_, workers, observer_.get(), report),
        decryptions_(setup_, share_, workers, observer_.get(), report) {
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
        TRY(take_tally(step));
        break;
      case EventType::shuffle:
        tally_.shuffle(steps_.long_content(step.referred()), TRY(steps_.content(step.payload())));
        break;
      case EventType::end_shuffles:
        tally_.end_shuffles();
        break;
      case EventType::partial_decryption:
        tally_.end_shuffles();
        decryptions_.decryption(tally_.to_decrypt(), steps_.long_content(step.referred()),
                                TRY(steps_.content(step.payload())));
        break;
      case EventType::result:
        decryptions_.result(tally_.to_decrypt(), TRY(steps_.content(step.payload())));
        break;
    }
    voting_ = voting_ && step.event.type == EventType::ballot;
    return {};
  }

  Status resume() override { return ballots_.resume(); }

  void finish(bool complete, Part& part) override {
    if (complete) {
      finish_ballots();
      tally_.stop();
      decryptions_.stop();
    } else {
      ballots_.finish();
    }
    if (observer_) observer_->finish(complete);
    part.credentials = setup_.credentials.has_value();
    part.decrypted_by = decryptions_.decrypted_by();
    part.wrong_decryptions = decryptions_.wrong();
    part.unreadable = ballots_.unreadable();
    part.tally = std::move(published_);
    if (!keeps_sum_) return;
    const auto& sum = ballots_.sum();
    part.sum = {sum.ballots(), sum.total_weight(), json::to_text(sum.tally())};
  }

  [[nodiscard]] std::uint64_t verified_to() const override { return voting_ ? ballots_.verified_to() : verified_to_; }

 private:
  // One process alone has all ballots; of several, the leading one keeps the tally for who joins them.
  Status take_tally(const Step& step) {
    const std::string sized_text = TRY(steps_.content(step.payload()));
    auto published = tally_.tally(steps_.long_content(step.referred()), sized_text, !share_.whole() && share_.leads());
    if (share_.whole()) {
      const auto& tally = tally_.to_decrypt();
      compare_tally(published, tally ? &*tally : nullptr, ballots_.sum(), setup_.credentials.has_value(),
                    report_[CheckId::tally]);
      if (!keeps_sum_) ballots_.forget_sum();
    } else if (share_.leads()) {
      published_ = std::move(published);
    }
    return {};
  }

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
  Share share_;
  bool keeps_sum_;
  const Steps& steps_;
  Report& report_;
  BallotVerifier<G> ballots_;
  TallyVerifier<G> tally_;
  DecryptionVerifier<G> decryptions_;
  std::optional<PublishedTally> published_;
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

}  // namespace

Result<std::unique_ptr<Course>> begin_course(const Step& setup_step, const VerifyOptions& options, const Steps& steps,
                                             Workers& workers, Part& part) {
  Report& report = part.report;
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
    part.election = texts.election;
    return std::make_unique<CourseOf<G>>(*std::move(setup), std::move(observer), options, steps, workers, report);
  };
  auto made = [&]() -> Result<std::unique_ptr<Course>> {
    return group::with_group(TRY(election::group_name(texts.election)), course);
  }();
  if (made) return made;
  report[CheckId::election].fail(made.error().in("election").message);
  return nullptr;
}

}  // namespace folkmoot::record

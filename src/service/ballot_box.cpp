#include "service/ballot_box.hpp"

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "base/caught.hpp"
#include "election/ballot.hpp"
#include "service/ballot_check.hpp"
#include "service/record_log.hpp"
#include "service/spoiling.hpp"

namespace folkmoot::service {
namespace {

using Fate = Handed::Fate;

// Several threads check the ballots, many together; one does all that concerns the record, in the order in which the
// ballots came. While some are checked and written, what comes waits together.
template <PrimeGroup G>
class Box : public BallotBox {
 public:
  Box(fs::path record, std::unique_ptr<RecordLog> log, record::Setup<G> setup,
      const std::optional<strict::Supplement<G>>& supplement)
      : record_(std::move(record)),
        log_(std::move(log)),
        setup_(std::move(setup)),
        strict_(supplement.has_value()),
        check_(setup_, supplement) {
    if (strict_)
      log_->keep_spoiled([this](std::span<const std::string> trackers) { return keep_spoiled<G>(record_, trackers); });
    keeper_ = std::jthread([this](const std::stop_token& stop) { keep(stop); });
  }

  void hand_in(std::string ballot, Told told) override {
    const std::scoped_lock lock(mutex_);
    if (checkers_.empty()) start_checkers();  // most of many boxes may never get a ballot
    waiting_.push_back({std::move(ballot), std::move(told), {}});
    if (are_enough()) came_.notify_one();
  }

  void finish() override {
    checkers_.clear();  // each ends when nothing waits any more
    keeper_ = std::jthread();
  }

  Status follow() override {
    return in_turn([this] { return log_->follow(); });
  }

  Handed spoil(std::string_view opened, const Allow& allow) override {
    if (!strict_) return {Fate::refused, "", "the election is not held under the strict profile"};
    const auto ballot = opened_ballot(setup_, opened);
    if (!ballot) return {Fate::refused, "", ballot.error().message};
    if (!allow(ballot->credential.text())) return {Fate::too_many, "", "this voter has opened many ballots of late"};
    return in_turn([&] { return note_opened(sha256(json::to_text(*ballot))); });
  }

 private:
  struct Waiting {
    std::string ballot;
    Told told;
    std::optional<Handed> handed;  // once its fate is certain
  };
  struct Together {
    std::vector<Waiting> ballots;
    bool checked = false;
  };
  // The more are checked together, the less each costs (docs/performance.md); and who came first should not wait for
  // all who came later.
  static constexpr std::size_t enough = 128, at_a_time = 256;

  // Whether those that wait should be checked now: else they wait for more, until those before them are checked.
  [[nodiscard]] bool are_enough() const {
    return waiting_.size() >= enough || (!waiting_.empty() && std::ranges::all_of(under_way_, &Together::checked));
  }

  void start_checkers() {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    while (checkers_.size() < cores) checkers_.emplace_back([this](const std::stop_token& stop) { check(stop); });
  }

  // What each of the checkers does.
  void check(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (came_.wait(lock, stop, [this] { return are_enough(); }), !waiting_.empty()) {
      const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), at_a_time));
      Together& together = under_way_.emplace_back();
      together.ballots.assign(std::move_iterator(waiting_.begin()), std::move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
      lock.unlock();
      check(together.ballots);
      lock.lock();
      together.checked = true;
      turn_.notify_one();
    }
  }

  void check(std::vector<Waiting>& ballots) const {
    try {
      std::vector<std::string_view> texts;
      for (const Waiting& one : ballots) texts.emplace_back(one.ballot);
      std::vector<std::string> wrong = check_.together(texts);
      for (std::size_t i = 0; i < ballots.size(); ++i) {
        if (!wrong[i].empty()) ballots[i].handed = Handed{Fate::refused, "", std::move(wrong[i])};
      }
    } catch (const std::exception& failure) {  // as when there is no memory left
      fail_all(ballots, failure);
    }
  }

  // What the keeper of the record does.
  void keep(const std::stop_token& stop) {
    const auto has_turn = [this] { return !chores_.empty() || (!under_way_.empty() && under_way_.front().checked); };
    std::unique_lock lock(mutex_);
    while (turn_.wait(lock, stop, has_turn), has_turn()) {
      const auto chores = std::exchange(chores_, {});
      std::vector<Waiting> ballots;
      for (; !under_way_.empty() && under_way_.front().checked; under_way_.pop_front())
        std::ranges::move(under_way_.front().ballots, std::back_inserter(ballots));
      lock.unlock();
      for (const auto& chore : chores) chore();
      append_and_tell(ballots);
      lock.lock();
    }
  }

  // What `chore` gives, done by the keeper.
  template <class Chore>
  auto in_turn(Chore chore) {
    const auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Chore>()>>(std::move(chore));
    {
      const std::scoped_lock lock(mutex_);
      chores_.emplace_back([task] { (*task)(); });
      turn_.notify_one();
    }
    return task->get_future().get();
  }

  Handed note_opened(const Digest& ballot) {
    using Spoiling = RecordLog::Spoiling;
    std::string tracker = to_base64(ballot);
    const auto spoiling = log_->spoil(ballot);
    if (!spoiling) return {Fate::failed, "", spoiling.error().message};
    if (*spoiling == Spoiling::over) return {Fate::closed, "", "the voting is closed"};
    if (*spoiling == Spoiling::cast)
      return {Fate::refused, "", fmt::format("ballot {} has been cast, and is in the record", tracker)};
    return {*spoiling == Spoiling::noted ? Fate::accepted : Fate::there, std::move(tracker), ""};
  }

  void append_and_tell(std::vector<Waiting>& ballots) {
    try {
      append(ballots);
    } catch (const std::exception& failure) {
      fail_all(ballots, failure);
    }
    for (Waiting& one : ballots) {
      (void)caught([&]() -> Status {  // who cannot be told asks again
        one.told(*std::move(one.handed));
        return {};
      });
    }
  }

  static void fail_all(std::vector<Waiting>& ballots, const std::exception& failure) {
    for (Waiting& one : ballots) one.handed = Handed{Fate::failed, "", failure.what()};
  }

  // Those that are good.
  void append(std::vector<Waiting>& ballots) {
    std::vector<record::Addition> additions;
    std::vector<Waiting*> added;
    for (Waiting& one : ballots) {
      if (one.handed) continue;
      additions.push_back({record::EventType::ballot, {one.ballot}});
      added.push_back(&one);
    }
    if (added.empty()) return;
    const auto steps = log_->append(std::move(additions));
    for (std::size_t i = 0; i < added.size(); ++i) {
      if (!steps) {
        added[i]->handed = Handed{Fate::failed, "", steps.error().message};
      } else {
        added[i]->handed = fate_of(added[i]->ballot, (*steps)[i]);
      }
    }
  }

  [[nodiscard]] Handed fate_of(const std::string& ballot, const Result<record::Step>& step) const {
    if (step) return {Fate::accepted, to_base64(step->payload().hash), ""};
    const Digest hash = sha256(ballot);
    if (log_->chain().has(hash)) return {Fate::there, to_base64(hash), ""};
    return {log_->is_spoiled(hash) ? Fate::refused : Fate::closed, "", step.error().message};
  }

  const fs::path record_;
  const std::unique_ptr<RecordLog> log_;
  const record::Setup<G> setup_;
  const bool strict_;  // held under the strict profile
  const BallotCheck<G> check_;

  std::mutex mutex_;
  std::condition_variable_any came_, turn_;
  std::deque<Waiting> waiting_;
  std::deque<Together> under_way_;  // being checked, or checked and not yet written
  std::vector<std::function<void()>> chores_;
  std::jthread keeper_;
  std::vector<std::jthread> checkers_;  // the last: they end first
};

// clang 19 does not do this by itself where only a lambda's template names them.
template class Box<group::Ed25519>;
template class Box<group::Belenios2048>;
template class Box<group::Rfc3526>;

}  // namespace

Handed BallotBox::hand_in(std::string ballot) {
  const auto handed = std::make_shared<std::promise<Handed>>();
  hand_in(std::move(ballot), [handed](Handed fate) { handed->set_value(std::move(fate)); });
  return handed->get_future().get();
}

Result<std::unique_ptr<BallotBox>> BallotBox::open(const fs::path& record, const std::string& database,
                                                   const std::shared_ptr<Seen>& seen) {
  auto log = TRY(RecordLog::open(record, database, [seen](const record::Step& step) { return seen->note(step); }));
  const auto& last = log->chain().last();
  const bool open =
      last && (last->event.type == record::EventType::setup || last->event.type == record::EventType::ballot);
  if (!open) return fail("{}: the voting is over", record.string());
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::unique_ptr<BallotBox>> {
    const auto supplement = TRY(read_supplement<G>(record));
    return std::make_unique<Box<G>>(record, std::move(log), std::move(opened.setup), supplement);
  });
}

}  // namespace folkmoot::service

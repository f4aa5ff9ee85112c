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

// One thread does all that concerns the record. While it checks and writes, what comes waits together.
template <PrimeGroup G>
class Box : public BallotBox {
 public:
  Box(fs::path record, std::unique_ptr<RecordLog> log, std::shared_ptr<Seen> seen, record::Setup<G> setup,
      const std::optional<strict::Supplement<G>>& supplement)
      : record_(std::move(record)),
        log_(std::move(log)),
        seen_(std::move(seen)),
        setup_(std::move(setup)),
        strict_(supplement.has_value()),
        check_(setup_, supplement) {
    if (strict_) log_->keep_spoiled([this](std::span<const std::string> trackers) { return keep(trackers); });
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  }

  [[nodiscard]] std::vector<std::string> trackers(std::size_t from, std::size_t most) const override {
    return seen_->trackers(from, most);
  }
  [[nodiscard]] std::size_t ballots() const override { return seen_->ballots(); }
  [[nodiscard]] bool finished() const override { return seen_->finished(); }

  void hand_in(std::string ballot, Told told) override {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back({std::move(ballot), std::move(told), {}});
    wake_.notify_one();
  }

  void finish() override {
    thread_.request_stop();
    thread_.join();
  }

  Status follow() override {
    return on_thread([this] { return log_->follow(); });
  }
  Handed spoil(std::string_view opened, const Allow& allow) override {
    return on_thread([&] { return note_opened(opened, allow); });
  }

 private:
  struct Waiting {
    std::string ballot;
    Told told;
    Handed handed;
  };
  // So many ballots are checked and written at a time: who came first should not wait for all who came later.
  static constexpr std::size_t at_a_time = 1024;

  void work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [this] { return !waiting_.empty() || !chores_.empty(); }),
           !waiting_.empty() || !chores_.empty()) {
      const auto chores = std::exchange(chores_, {});
      const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), at_a_time));
      std::vector<Waiting> ballots(std::move_iterator(waiting_.begin()), std::move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
      lock.unlock();
      for (const auto& chore : chores) chore();
      decide_and_tell(ballots);
      lock.lock();
    }
  }

  // What `chore` gives, done between ballots.
  template <class Chore>
  auto on_thread(Chore chore) {
    const auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Chore>()>>(std::move(chore));
    {
      const std::scoped_lock lock(mutex_);
      chores_.emplace_back([task] { (*task)(); });
      wake_.notify_one();
    }
    return task->get_future().get();
  }

  Result<std::size_t> keep(std::span<const std::string> trackers) {
    for (const std::string& tracker : trackers) check_.spoil(tracker);
    return keep_spoiled<G>(record_, trackers);
  }

  Handed note_opened(std::string_view opened, const Allow& allow) {
    using Spoiling = RecordLog::Spoiling;
    if (!strict_) return {Fate::refused, "", "the election is not held under the strict profile"};
    const auto ballot = opened_ballot(setup_, opened);
    if (!ballot) return {Fate::refused, "", ballot.error().message};
    if (!allow(ballot->credential.text())) return {Fate::too_many, "", "this voter has opened many ballots of late"};
    const Digest hash = sha256(json::to_text(*ballot));
    std::string tracker = to_base64(hash);
    const auto spoiling = log_->spoil(hash);
    if (!spoiling) return {Fate::failed, "", spoiling.error().message};
    if (*spoiling == Spoiling::over) return {Fate::closed, "", "the voting is closed"};
    if (*spoiling == Spoiling::cast)
      return {Fate::refused, "", fmt::format("ballot {} has been cast, and is in the record", tracker)};
    return {*spoiling == Spoiling::noted ? Fate::accepted : Fate::there, std::move(tracker), ""};
  }

  void decide_and_tell(std::vector<Waiting>& together) {
    try {
      decide(together);
    } catch (const std::exception& failure) {  // as when there is no memory left
      for (Waiting& one : together) one.handed = {Fate::failed, "", failure.what()};
    }
    for (Waiting& one : together) {
      (void)caught([&]() -> Status {  // who cannot be told asks again
        one.told(std::move(one.handed));
        return {};
      });
    }
  }

  void decide(std::vector<Waiting>& together) {
    std::vector<std::string_view> texts;
    for (const Waiting& one : together) texts.emplace_back(one.ballot);
    const std::vector<std::string> wrong = check_(texts);
    std::vector<record::Addition> additions;
    std::vector<Waiting*> added;
    for (std::size_t i = 0; i < together.size(); ++i) {
      if (!wrong[i].empty()) {
        together[i].handed = {Fate::refused, "", wrong[i]};
        continue;
      }
      additions.push_back({record::EventType::ballot, {together[i].ballot}});
      added.push_back(&together[i]);
    }
    append(std::move(additions), added);
  }

  void append(std::vector<record::Addition> additions, const std::vector<Waiting*>& added) {
    if (added.empty()) return;
    const auto steps = log_->append(std::move(additions));
    for (std::size_t i = 0; i < added.size(); ++i) {
      Handed& handed = added[i]->handed;
      if (!steps) {
        handed = {Fate::failed, "", steps.error().message};
      } else if (const auto& step = (*steps)[i]) {
        handed = {Fate::accepted, to_base64(step->payload().hash), ""};
      } else if (const Digest hash = sha256(added[i]->ballot); log_->chain().has(hash)) {
        handed = {Fate::there, to_base64(hash), ""};
      } else if (log_->is_spoiled(hash)) {
        handed = {Fate::refused, "", step.error().message};
      } else {
        handed = {Fate::closed, "", step.error().message};
      }
    }
  }

  const fs::path record_;
  const std::unique_ptr<RecordLog> log_;
  const std::shared_ptr<Seen> seen_;
  const record::Setup<G> setup_;
  const bool strict_;  // held under the strict profile
  BallotCheck<G> check_;

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Waiting> waiting_;
  std::vector<std::function<void()>> chores_;
  std::jthread thread_;  // the last: it ends first, when nothing waits any more
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
    return std::make_unique<Box<G>>(record, std::move(log), seen, std::move(opened.setup), supplement);
  });
}

}  // namespace folkmoot::service

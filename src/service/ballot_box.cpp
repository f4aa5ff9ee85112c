#include "service/ballot_box.hpp"

#include <condition_variable>
#include <mutex>

#include "election/ballot.hpp"
#include "service/ballot_check.hpp"
#include "service/record_log.hpp"
#include "service/spoiling.hpp"

namespace folkmoot::service {
namespace {

using Fate = Handed::Fate;

// What a box has seen of its record: the trackers of the ballots, in their order, and whether there is a result.
class Seen {
 public:
  Status note(const record::Step& step) {
    const std::scoped_lock lock(mutex_);
    finished_ = step.event.type == record::EventType::result;
    if (step.event.type == record::EventType::ballot) trackers_.push_back(to_base64(step.payload().hash));
    return {};
  }
  [[nodiscard]] std::vector<std::string> trackers(std::size_t from, std::size_t most) const {
    const std::scoped_lock lock(mutex_);
    const auto all = std::span(trackers_).subspan(std::min(from, trackers_.size()));
    const auto some = all.first(std::min(most, all.size()));
    return {some.begin(), some.end()};
  }
  [[nodiscard]] std::size_t ballots() const {
    const std::scoped_lock lock(mutex_);
    return trackers_.size();
  }
  [[nodiscard]] bool finished() const {
    const std::scoped_lock lock(mutex_);
    return finished_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> trackers_;
  bool finished_ = false;
};

// Whoever finds nobody at work takes all that wait, and works for them.
template <PrimeGroup G>
class Box : public BallotBox {
 public:
  Box(fs::path record, bool shared, std::unique_ptr<RecordLog> log, std::shared_ptr<Seen> seen, record::Setup<G> setup,
      std::optional<strict::Supplement<G>> supplement)
      : record_(std::move(record)),
        shared_(shared),
        log_(std::move(log)),
        seen_(std::move(seen)),
        setup_(std::move(setup)),
        supplement_(std::move(supplement)),
        check_(setup_, supplement_) {}

  [[nodiscard]] std::vector<std::string> trackers(std::size_t from, std::size_t most) const override {
    return seen_->trackers(from, most);
  }
  [[nodiscard]] std::size_t ballots() const override { return seen_->ballots(); }
  [[nodiscard]] bool finished() const override { return seen_->finished(); }

  Status follow() override {
    std::unique_lock lock(mutex_);
    if (working_) return {};  // on new ballots, which comes to the same
    working_ = true;
    lock.unlock();
    Status followed = log_->follow();
    lock.lock();
    working_ = false;
    done_.notify_all();
    return followed;
  }

  Handed hand_in(std::string ballot) override {
    Waiting mine{std::move(ballot), {}, false};
    std::unique_lock lock(mutex_);
    waiting_.push_back(&mine);
    while (!mine.done) {
      if (working_) {
        done_.wait(lock);
        continue;
      }
      working_ = true;
      const std::vector<Waiting*> together = std::exchange(waiting_, {});
      lock.unlock();
      decide(together);
      lock.lock();
      for (Waiting* one : together) one->done = true;
      working_ = false;
      done_.notify_all();
    }
    return std::move(mine.handed);
  }

  Handed spoil(std::string_view opened) override {
    {
      std::unique_lock lock(mutex_);
      done_.wait(lock, [this] { return !working_; });
      working_ = true;
    }
    Handed handed = note_opened(opened);
    const std::scoped_lock lock(mutex_);
    working_ = false;
    done_.notify_all();
    return handed;
  }

 private:
  struct Waiting {
    std::string ballot;
    Handed handed;
    bool done = false;
  };

  // By one thread at a time, as decide().
  Handed note_opened(std::string_view opened) {
    // Each node has a supplement of its own: another one would still take the ballot.
    if (shared_) return {Fate::refused, "", "ballots of an election that several nodes hold cannot be opened"};
    const record::EventType last = log_->chain().last()->event.type;
    if (last != record::EventType::setup && last != record::EventType::ballot) {
      return {Fate::closed, "", "the voting is closed"};
    }
    if (!supplement_) return {Fate::refused, "", "the election is not held under the strict profile"};
    auto spoiled = service::spoil(record_, setup_, log_->chain(), *supplement_, opened);
    if (!spoiled) return {Fate::refused, "", std::move(spoiled).error().message};
    check_.spoil(spoiled->tracker);
    return {spoiled->was_there ? Fate::there : Fate::accepted, std::move(spoiled->tracker), ""};
  }

  // By one thread at a time.
  void decide(const std::vector<Waiting*>& together) {
    std::vector<std::string_view> texts;
    for (const Waiting* one : together) texts.emplace_back(one->ballot);
    const std::vector<std::string> wrong = check_(texts);
    std::vector<record::Addition> additions;
    std::vector<Waiting*> added;
    for (std::size_t i = 0; i < together.size(); ++i) {
      if (!wrong[i].empty()) {
        together[i]->handed = {Fate::refused, "", wrong[i]};
        continue;
      }
      additions.push_back({record::EventType::ballot, {together[i]->ballot}});
      added.push_back(together[i]);
    }
    append(std::move(additions), added);
  }

  void append(std::vector<record::Addition> additions, const std::vector<Waiting*>& added) {
    if (added.empty()) return;
    const auto steps = log_->append(std::move(additions));
    for (std::size_t i = 0; i < added.size(); ++i) {
      Handed& handed = added[i]->handed;
      const std::string tracker = election::tracker(added[i]->ballot);
      if (!steps) {
        handed = {Fate::failed, "", steps.error().message};
      } else if ((*steps)[i]) {
        handed = {Fate::accepted, tracker, ""};
      } else if (log_->chain().has(sha256(added[i]->ballot))) {
        handed = {Fate::there, tracker, ""};
      } else {
        handed = {Fate::closed, "", (*steps)[i].error().message};
      }
    }
  }

  const fs::path record_;
  const bool shared_;  // by several nodes
  const std::unique_ptr<RecordLog> log_;
  const std::shared_ptr<Seen> seen_;
  const record::Setup<G> setup_;
  std::optional<strict::Supplement<G>> supplement_;
  BallotCheck<G> check_;

  std::mutex mutex_;
  std::condition_variable done_;
  std::vector<Waiting*> waiting_;
  bool working_ = false;  // on ballots that are not in `waiting_` any more
};

// clang 19 does not do this by itself where only a lambda's template names them.
template class Box<group::Ed25519>;
template class Box<group::Belenios2048>;
template class Box<group::Rfc3526>;

}  // namespace

Result<std::unique_ptr<BallotBox>> BallotBox::open(const fs::path& record, const std::string& database) {
  const auto seen = std::make_shared<Seen>();
  auto log = TRY(RecordLog::open(record, database, [seen](const record::Step& step) { return seen->note(step); }));
  const auto& last = log->chain().last();
  const bool open =
      last && (last->event.type == record::EventType::setup || last->event.type == record::EventType::ballot);
  if (!open) return fail("{}: the voting is over", record.string());
  return with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Result<std::unique_ptr<BallotBox>> {
    auto supplement = TRY(read_supplement<G>(record));
    return std::make_unique<Box<G>>(record, !database.empty(), std::move(log), seen, std::move(opened.setup),
                                    std::move(supplement));
  });
}

}  // namespace folkmoot::service

// The organisation while it is open to many: a clerk takes requests from any thread, enters those that come together as
// one group, lets the clock do what is due, takes in what others enter (a command on this machine, other nodes), makes
// the ledger public after each, and has members written to. Between two pieces of work others can do theirs.
#pragma once

#include <condition_variable>
#include <future>
#include <shared_mutex>
#include <thread>

#include "service/connection.hpp"
#include "service/organisation.hpp"

namespace folkmoot::service {

class Clerk {
 public:
  using Clock = std::function<charter::Time()>;
  struct Needs {
    Clock clock;
    std::function<void(std::string_view)> tell;  // a sentence for whoever runs the server, once for each trouble
  };

  // Of the organisation in that folder: what is due by the clock is done when this returns, and public unless witnesses
  // are missing. `needs` is used as long as this exists. Fails as Organisation::open does, or if the organisation has
  // not been founded.
  static Result<std::unique_ptr<Clerk>> open(const fs::path& folder, Needs needs);
  Clerk(const Clerk&) = delete;
  Clerk& operator=(const Clerk&) = delete;
  ~Clerk();

  // A request, texts that it names and that are to be published with it, and the key under which it is done once.
  struct Asked {
    audit::SignedRequest request;
    std::vector<std::string> texts;
    std::optional<RequestKey> key = {};
  };
  struct Done {
    Outcome outcome;
    std::optional<audit::Entry> entry;  // of an act, or of a refusal that is recorded
  };
  // What becomes of it; an act is on disk by then, and public unless witnesses are missing. Refused, beside all that
  // Organisation::submit refuses, under the rule "texts": if it names a document that is neither published nor given,
  // or is given a text that it does not name. Who asks has been authenticated, and may ask for this (powers.hpp). Fails
  // if it cannot be done now; then whether it has been done shows when it is asked for again under the same key.
  Result<Done> submit(Asked asked);

  // The same, as far as it can be told, without doing it.
  Result<charter::Decided> consider(const Asked& asked) const;

  // What `look(const Organisation&)` gives, which changes nothing and reads nothing but what acts have made: state(),
  // history(), consider(). From any thread.
  template <class Look>
  auto look(Look look) const -> Result<std::invoke_result_t<Look, const Organisation&>> {
    const std::shared_lock lock(state_mutex_);
    if (!organisation_) return fail("the ledger is being read again");
    return look(*organisation_);
  }
  // What `work(Organisation&)`, which gives a Result and enters no acts, gives, with the organisation to itself: no act
  // is entered meanwhile. From any thread.
  template <class Work>
  auto work(Work work) -> std::invoke_result_t<Work, Organisation&> {
    const std::lock_guard desk(desk_);
    return guarded([&]() -> std::invoke_result_t<Work, Organisation&> {
      TRY(take_up());
      return work(*organisation_);
    });
  }

  // Does what is due by the clock now, which is done within a second anyhow.
  Status settle();

  // The receipt of an act, taken in first if another node has entered it: for one caller at a time, and once a second,
  // since anybody may ask for what there is not. See receipt_of().
  Result<std::string> receipt(std::uint64_t number);

  [[nodiscard]] charter::Time now() const { return needs_.clock(); }

 private:
  struct Waiting {
    Asked asked;
    std::promise<Result<Done>> done;
  };
  using Group = std::vector<std::unique_ptr<Waiting>>;

  Clerk(fs::path folder, const std::string& database, Needs needs)
      : folder_(std::move(folder)), needs_(std::move(needs)), letters_(database) {}

  // With the desk to itself: what `work` gives; a failure if it throws, as when there is no memory left. Then nobody
  // knows how far it came, and the organisation is opened again.
  template <class Work>
  auto guarded(Work work) -> std::invoke_result_t<Work> {
    try {
      return work();
    } catch (const std::exception& thrown) {
      const std::unique_lock changing(state_mutex_);
      organisation_.reset();
      return fail("{}", thrown.what());
    }
  }

  void run(const std::stop_token& stop);
  // Enters what waits, or does what else there is to do.
  Status take_turn(const std::stop_token& stop);
  // Those who wait; nobody if nobody came within a second, or if there is other work.
  Group next(const std::stop_token& stop);
  void enter(Group group);
  Result<std::vector<Done>> enter_all(const Group& group);
  // Publishes what is given with the request, if it would be granted, and takes what other nodes have published of what
  // it names; the refusal if the act does not name what is given.
  Result<std::optional<charter::Refusal>> prepare(const Asked& asked, charter::Time now);
  // What is named and neither given nor published, or given and not named.
  [[nodiscard]] std::optional<charter::Refusal> missing_text(const charter::Act& act, const Asked& asked) const;
  // The time at which to decide: the clock's, unless it is a little behind that of others, as the last act shows it, or
  // a request that has all its signatures and would be granted.
  [[nodiscard]] charter::Time time_for(const Group& group) const;

  Status look_around();
  Status write_letters();
  void publish();
  // With the desk to itself: the organisation, opened again if writing it has failed.
  Status take_up();
  void say(const Status& status);

  fs::path folder_;
  Needs needs_;
  std::mutex desk_;                        // of whoever works on the organisation
  mutable std::shared_mutex state_mutex_;  // of organisation_ and what it says of the acts: many look, one changes it
  std::unique_ptr<Organisation> organisation_;
  Connection letters_;
  std::string said_;
  charter::Time publish_again_;
  bool is_purged_ = true;

  std::mutex looking_;  // of who looks around for a receipt
  std::chrono::steady_clock::time_point look_again_;

  std::mutex queue_mutex_;
  std::condition_variable_any came_;
  Group queue_;
  bool busy_ = false;  // there is other work, so that nobody is waited for
  std::jthread thread_;
};

}  // namespace folkmoot::service

#include "service/clerk.hpp"

#include <algorithm>

#include "audit/published.hpp"
#include "base/caught.hpp"
#include "base/sha256.hpp"

namespace folkmoot::service {
namespace {

using charter::Decided;
using charter::Refusal;
using charter::Time;

constexpr std::size_t largest_group = 256;
constexpr charter::Length clocks_differ{60};  // at most, from machine to machine
constexpr charter::Length witnesses_asked_again{30};

std::set<std::string> documents_of(const charter::Act& act) {
  audit::Mentions mentions;
  mentions.add(act, 0);
  std::set<std::string> names;
  for (const auto& [name, where] : mentions.all()) names.insert(name);
  return names;
}

// A text that the act does not name.
std::optional<Refusal> unnamed(const std::set<std::string>& named, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const std::string name = sha256_hex(text);
    if (!named.contains(name)) return Refusal{"texts", fmt::format("the act does not name the text {}", name), false};
  }
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Clerk>> Clerk::open(const fs::path& folder, Needs needs) {
  const Settings settings = TRY(read_settings(folder));
  std::unique_ptr<Clerk> clerk(new Clerk(folder, database_url(folder, settings), std::move(needs)));
  clerk->organisation_ = TRY(Organisation::open(folder));
  if (clerk->organisation_->state().charters.empty())
    return fail("{}: the organisation has not been founded", folder.string());
  TRY(clerk->organisation_->settle(clerk->now()));
  clerk->publish();
  clerk->organisation_->let_go();
  clerk->thread_ = std::jthread([its = clerk.get()](const std::stop_token& stop) { its->run(stop); });
  return clerk;
}

Clerk::~Clerk() {
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  for (const auto& waiting : queue_) waiting->done.set_value(fail("the server is being stopped"));
}

Result<Clerk::Done> Clerk::submit(Asked asked) {
  auto waiting = std::make_unique<Waiting>();
  waiting->asked = std::move(asked);
  auto done = waiting->done.get_future();
  {
    const std::lock_guard lock(queue_mutex_);
    queue_.push_back(std::move(waiting));
  }
  came_.notify_one();
  return done.get();
}

Result<Decided> Clerk::consider(const Asked& asked) const {
  return look([&](const Organisation& organisation) -> Decided {
    Decided decided = organisation.consider(asked.request, std::max(now(), organisation.state().time));
    const auto* act = std::get_if<charter::Act>(&decided);
    if (auto refusal = act ? unnamed(documents_of(*act), asked.texts) : std::nullopt) return *std::move(refusal);
    return decided;
  });
}

Status Clerk::settle() {
  const std::lock_guard desk(desk_);
  return look_around();
}

Result<std::string> Clerk::receipt(std::uint64_t number) {
  const auto known = look([](const Organisation& organisation) { return organisation.history().size(); });
  if (!known || number >= *known) {
    using Steady = std::chrono::steady_clock;
    const std::unique_lock looking(looking_, std::try_to_lock);
    if (looking && Steady::now() >= look_again_) {
      const std::lock_guard desk(desk_);
      say(look_around());
      look_again_ = Steady::now() + std::chrono::seconds(1);
    }
  }
  return receipt_of(store::LedgerFolder(folder_ / "public"), number);
}

void Clerk::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (const Status done = caught([&] { return take_turn(stop); }); !done) {
      const std::lock_guard desk(desk_);
      say(done);
    }
  }
}

Status Clerk::take_turn(const std::stop_token& stop) {
  Group group = next(stop);
  if (!group.empty()) {
    enter(std::move(group));
    return {};
  }
  {
    const std::lock_guard desk(desk_);
    say(look_around());
  }
  return write_letters();
}

Clerk::Group Clerk::next(const std::stop_token& stop) {
  std::unique_lock lock(queue_mutex_);
  if (!busy_) came_.wait_for(lock, stop, std::chrono::seconds(1), [&] { return !queue_.empty(); });
  // Who is erased is deleted from tables that others write to: if that has to be done again, then not all else, too.
  const auto is_erasure = [](const auto& waiting) { return waiting->asked.request.request.type == "member.erase"; };
  const auto most = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), largest_group));
  auto end = std::find_if(queue_.begin(), most, is_erasure);
  if (end == queue_.begin() && end != most) ++end;
  Group group(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return group;
}

void Clerk::enter(Group group) {
  const std::lock_guard desk(desk_);
  auto done = guarded([&] {
    auto entered = enter_all(group);
    if (entered) publish();
    return entered;
  });
  if (organisation_) organisation_->let_go();
  if (!done) say(Failure(done.error()));
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i]->done.set_value(done ? Result<Done>(std::move((*done)[i])) : Failure(done.error()));
  }
}

Time Clerk::time_for(const Group& group) const {
  const Time clock = now(), latest = clock + clocks_differ;
  Time time = clock;
  if (organisation_->state().time <= latest) time = std::max(time, organisation_->state().time);
  for (const auto& waiting : group) {
    const audit::SignedRequest& request = waiting->asked.request;
    Time asked = time;
    for (const audit::Signature& signature : request.signatures) asked = std::max(asked, signature.asked);
    if (asked == time || asked > latest) continue;
    // What is refused must leave no trace, nor let anything be due early.
    if (!organisation_->history().check_signatures(request, asked)) continue;
    if (std::holds_alternative<charter::Act>(organisation_->consider(request, asked))) time = asked;
  }
  return time;
}

Result<std::vector<Clerk::Done>> Clerk::enter_all(const Group& group) {
  TRY(take_up());
  TRY(organisation_->hold());
  const std::unique_lock changing(state_mutex_);
  if (TRY(organisation_->is_behind())) TRY(organisation_->follow());
  const Time now = time_for(group);
  std::vector<Done> done(group.size());
  std::vector<Submission> requests;
  std::vector<std::size_t> places;  // of the requests, in the group
  for (std::size_t i = 0; i < group.size(); ++i) {
    auto refusal = TRY(prepare(group[i]->asked, now));
    if (refusal) {
      done[i].outcome.decided = *std::move(refusal);
    } else {
      const Asked& asked = group[i]->asked;
      const auto obstacle = [this, &asked](const charter::Act& act) { return missing_text(act, asked); };
      requests.push_back({&asked.request, asked.key ? &*asked.key : nullptr, obstacle});
      places.push_back(i);
    }
  }
  std::vector<Outcome> outcomes = TRY(organisation_->submit(requests, now));
  for (std::size_t i = 0; i < places.size(); ++i) {
    Done& one = done[places[i]];
    one.outcome = std::move(outcomes[i]);
    if (!one.outcome.number) continue;
    one.entry = TRY(organisation_->entry(*one.outcome.number));
    // An act that only the ones before it in its group made possible.
    const charter::Act* act = one.outcome.act();
    const std::set<std::string> named = act ? documents_of(*act) : std::set<std::string>();
    for (const std::string& text : group[places[i]]->asked.texts) {
      if (named.contains(sha256_hex(text))) TRY(organisation_->publish_bytes(text));
    }
  }
  return done;
}

Result<std::optional<Refusal>> Clerk::prepare(const Asked& asked, Time now) {
  if (!organisation_->history().check_signatures(asked.request, now)) return std::nullopt;  // submit() says why not
  const Decided decided = organisation_->consider(asked.request, now);
  const auto* act = std::get_if<charter::Act>(&decided);
  if (!act) return std::nullopt;
  const std::set<std::string> named = documents_of(*act);
  if (auto refusal = unnamed(named, asked.texts)) return refusal;
  for (const std::string& text : asked.texts) TRY(organisation_->publish_bytes(text));
  for (const std::string& name : named) TRY(organisation_->has_published(name));  // if it is, then here, too
  return std::nullopt;
}

std::optional<Refusal> Clerk::missing_text(const charter::Act& act, const Asked& asked) const {
  const std::set<std::string> named = documents_of(act);
  if (auto refusal = unnamed(named, asked.texts)) return refusal;
  std::set<std::string> given;
  for (const std::string& text : asked.texts) given.insert(sha256_hex(text));
  for (const std::string& name : named) {
    if (given.contains(name) || organisation_->has_here(name)) continue;
    return Refusal{"texts", fmt::format("the act names {}, which is not published", name), false};
  }
  return std::nullopt;
}

Status Clerk::look_around() {
  const auto look = [&]() -> Status {
    TRY(take_up());
    const Time now = this->now();
    const bool due = now >= organisation_->state().time && !charter::due(organisation_->state(), now).empty();
    const bool behind = TRY(organisation_->is_behind());
    if (due || behind) {
      TRY(organisation_->hold());
      const std::unique_lock changing(state_mutex_);
      TRY(organisation_->settle(now));
    }
    const bool again = (organisation_->has_unpublished() || !is_purged_) && now >= publish_again_;
    if (due || behind || again) publish();
    return {};
  };
  const Status looked = guarded(look);
  if (organisation_) organisation_->let_go();
  return looked;
}

Status Clerk::write_letters() {
  const auto write = [&](database::Database& database) -> Result<bool> {
    const std::shared_lock reading(state_mutex_);
    if (!organisation_) return false;
    return service::write_letters(database, organisation_->state(), now());
  };
  busy_ = false;
  const auto more = letters_.with(write);
  busy_ = more && *more;
  if (!more) return Failure(more.error());
  return {};
}

void Clerk::publish() {
  const auto published = organisation_->publish();
  const Status purged = organisation_->purge();
  publish_again_ = now() + witnesses_asked_again;
  is_purged_ = purged.has_value();
  if (!published || !purged) say(Failure(published ? purged.error() : published.error()));
}

Status Clerk::take_up() {
  if (organisation_ && !organisation_->has_failed()) return {};
  {
    const std::unique_lock changing(state_mutex_);
    organisation_.reset();
  }
  auto opened = TRY(Organisation::open(folder_));
  const std::unique_lock changing(state_mutex_);
  organisation_ = std::move(opened);
  return {};
}

void Clerk::say(const Status& status) {
  const std::string message = status ? "" : status.error().message;
  if (!message.empty() && message != said_) needs_.tell(message);
  said_ = message;
}

}  // namespace folkmoot::service

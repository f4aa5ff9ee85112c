#include "service/organisation.hpp"

#include <algorithm>
#include <charconv>

#include "audit/poll.hpp"
#include "audit/published.hpp"
#include "ledger/reader.hpp"
#include "ledger/receipt.hpp"
#include "ledger/replay.hpp"
#include "service/awaiting.hpp"
#include "service/erasure.hpp"
#include "service/people.hpp"
#include "service/published.hpp"
#include "service/shared_folder.hpp"
#include "service/shared_record.hpp"
#include "service/signer.hpp"

namespace folkmoot::service {
namespace {

constexpr const char* public_name = "public";

// Acts that are handed to the database, or taken from it, at once.
constexpr std::size_t batch = 10'000;

fs::path key_file(const fs::path& folder) { return folder / "private" / "ledger.key"; }
fs::path policy_file(const fs::path& folder) { return folder / "policy"; }

Result<std::unique_ptr<database::Database>> open_database(const fs::path& folder, const Settings& settings) {
  auto database = TRY(database::open(database_url(folder, settings)));
  std::vector<database::Migration> migrations{acts_tables()};
  migrations.insert(migrations.end(), private_steps().begin(), private_steps().end());
  migrations.insert(migrations.end(), shared_record_steps().begin(), shared_record_steps().end());
  for (const auto* table : {&head_table(), &notice_table(), &awaiting_table(), &published_table(), &answered_table(),
                            &record_files_table(), &shared_folder_table(), &erased_table(), &record_storage()})
    migrations.push_back(*table);
  TRY(database::migrate(*database, migrations));
  return database;
}

// The ledger's own, named as its origin.
Result<ledger::Signer> read_ledger_key(const fs::path& folder, const std::string& origin) {
  auto signer = TRY(read_signer(key_file(folder), ledger::SignatureType::note));
  const std::string& name = signer.key.name();
  if (name != origin) return fail("{}: is the key of {}, not of {}", key_file(folder).string(), name, origin);
  return signer;
}

// Whose signatures a checkpoint needs before it is public: those of the log, and of witnesses if there are any.
Result<ledger::Policy> read_policy(const fs::path& folder) {
  const fs::path file = policy_file(folder);
  const std::string text = TRY(read_file(file));
  return in(file.string(), ledger::Policy::parse(text));
}

// A node that has joined others has no ledger yet: it gets one from the database.
Result<ledger::Log> open_log(store::LedgerFiles& storage, ledger::Signer signer, bool shared, std::uint64_t known) {
  constexpr std::size_t longest_journal = std::size_t{1} << 30;
  const bool joins = shared && known > 0 && !TRY(storage.read("journal", longest_journal));
  return joins ? ledger::Log::create(storage, std::move(signer)) : ledger::Log::open(storage, std::move(signer));
}

// A charter that somebody proposes may name rules of counting that there are not, or that its contests cannot be
// counted by. The charter's own check does not know them.
std::optional<charter::Refusal> uncountable(const charter::Request& request) {
  const charter::Value* text = request.body.find("text");
  if (!text || !std::holds_alternative<std::string>(*text)) return std::nullopt;
  const auto charter = charter::read_charter(std::get<std::string>(*text));
  const auto problems = charter ? audit::check_rules(*charter) : std::vector<charter::Problem>();
  if (problems.empty()) return std::nullopt;
  return charter::Refusal{problems.front().rule, charter::describe(problems), false};
}

}  // namespace

Status Organisation::create(const fs::path& folder, const Settings& settings) {
  TRY(write_settings(folder, settings));
  const ledger::VerifierKey key = TRY(make_signer(key_file(folder), settings.origin, ledger::SignatureType::note));
  TRY(write_file(policy_file(folder), fmt::format("log {}\nquorum none\n", key.to_text())));
  auto signer = TRY(read_ledger_key(folder, settings.origin));
  const auto storage = TRY(store::LedgerFiles::open(folder / public_name));
  TRY(ledger::Log::create(*storage, std::move(signer)));
  TRY(open_database(folder, settings));
  return {};
}

Result<std::unique_ptr<Organisation>> Organisation::open(const fs::path& folder, std::chrono::milliseconds patience) {
  Settings settings = TRY(read_settings(folder));
  auto signer = TRY(read_ledger_key(folder, settings.origin));
  const ledger::VerifierKey key = signer.key;
  auto storage = TRY(store::LedgerFiles::open(folder / public_name, patience));
  auto database = TRY(open_database(folder, settings));
  const std::uint64_t known = TRY(count_acts(*database));
  auto log = TRY(open_log(*storage, std::move(signer), !settings.database.empty(), known));
  std::unique_ptr<Organisation> organisation(new Organisation(folder, std::move(settings), patience, std::move(storage),
                                                              std::move(log), key, std::move(database)));
  const auto add = [&](std::span<const Numbered> acts) {
    database::Database& to = organisation->database();
    return to.transact([&]() -> Status {
      TRY(to.lock("act"));
      return add_acts(to, acts);
    });
  };
  TRY(organisation->read_ledger(known, add));
  TRY(organisation->follow());
  return organisation;
}

Organisation::Organisation(fs::path folder, Settings settings, std::chrono::milliseconds patience,
                           std::unique_ptr<store::LedgerFiles> storage, ledger::Log log, ledger::VerifierKey key,
                           std::unique_ptr<database::Database> database)
    : folder_(std::move(folder)),
      settings_(std::move(settings)),
      patience_(patience),
      storage_(std::move(storage)),
      log_(std::move(log)),
      key_(std::move(key)),
      database_(std::move(database)),
      history_(key_.name()) {}

Organisation::~Organisation() = default;

fs::path Organisation::public_folder() const { return folder_ / public_name; }

Status Organisation::connect() {
  if (!database_lost_) return {};
  database_ = TRY(open_database(folder_, settings_));  // refused, if a newer program has come meanwhile
  database_lost_ = false;
  return {};
}

Status Organisation::hold() {
  TRY(connect());
  if (storage_->is_locked()) return {};
  TRY(storage_->lock(patience_));
  Status caught_up = log_.catch_up();
  if (!caught_up) storage_->unlock();
  return caught_up;
}

Status Organisation::read_ledger(std::uint64_t from, const Add& add) {
  history_ = audit::History(key_.name());
  edge_ = {};
  unwritten_.clear();
  std::vector<Numbered> missing;
  const auto hand_over = [&]() -> Status {
    TRY(add(missing));
    missing.clear();
    return {};
  };
  const auto take = [&](std::uint64_t number, ByteView bytes) -> Status {
    if (number == from) TRY(add_head(*database_, edge_.head()));  // up to here they are the database's
    audit::Entry entry = TRY(in(fmt::format("entry {}", number), audit::read_entry(text_of(bytes))));
    TRY(history_.take(entry));
    if (number < from) return {};
    missing.push_back({number, std::move(entry)});
    return missing.size() < batch ? Status() : hand_over();
  };
  TRY(ledger::replay(*storage_, edge_, log_.head().head, take));
  return missing.empty() ? Status() : hand_over();
}

Result<bool> Organisation::take_some() {
  const Entries entries = TRY(in("the acts of the database", entries_from(*database_, history_.size(), batch)));
  audit::Mentions named;
  for (const std::string& text : entries) {
    const std::uint64_t number = history_.size();
    const audit::Entry entry = TRY(in(fmt::format("act {} of the database", number), audit::read_entry(text)));
    TRY(in("the database", history_.take(entry)));
    edge_.add(ledger::leaf_hash(bytes_of(text)));
    unwritten_.push_back(text);
    named.add(entry.act, number);
  }
  for (const auto& [name, where] : named.all()) named_.push_back(name);
  return entries.size() == batch;
}

Status Organisation::take_all() {
  while (TRY(take_some())) {
  }
  const std::uint64_t known = TRY(count_acts(*database_));
  failed_ = known < history_.size();
  if (failed_) return fail("the database has lost acts: it has {} of {}", known, history_.size());
  return add_head(*database_, edge_.head());
}

Status Organisation::write_ledger() {
  const std::uint64_t first = history_.size() - unwritten_.size(), size = log_.head().head.size;
  if (size < first || size > history_.size()) {
    return fail("the ledger has {} acts, and the database {}", size, history_.size());
  }
  for (auto rest = std::span(unwritten_).subspan(size - first); !rest.empty();) {
    // As much as the ledger takes at once.
    std::vector<ByteView> entries;
    for (std::size_t bytes = 0; entries.size() < rest.size(); bytes += entries.back().size()) {
      const bool full = entries.size() == ledger::Log::max_group_entries;
      if (full || bytes + ledger::max_entry > ledger::Log::max_group_bytes) break;
      entries.push_back(bytes_of(rest[entries.size()]));
    }
    TRY(log_.append(entries));
    rest = rest.subspan(entries.size());
  }
  if (log_.head().head != edge_.head()) return fail("the ledger is not that of the database's acts");
  unwritten_.clear();
  return {};
}

Result<bool> Organisation::is_behind() {
  TRY(connect());
  const auto known = count_acts(*database_);
  database_lost_ = !known;
  if (!known) return Failure(known.error());
  return *known != history_.size();
}

Result<std::uint64_t> Organisation::rebuild() {
  if (failed_) return fail("writing has failed before: the organisation must be opened again");
  TRY(hold());
  failed_ = true;  // what was read so far is not to be worked with
  const auto make_again = [&]() -> Status {
    TRY(database_->lock("act"));
    TRY(take_all());
    TRY(write_ledger());
    failed_ = true;
    TRY(clear_acts(*database_));
    TRY(read_ledger(0, [&](std::span<const Numbered> acts) { return add_acts(*database_, acts); }));
    return add_head(*database_, edge_.head());
  };
  TRY(database_->transact(make_again));
  failed_ = false;
  return history_.size();
}

charter::Decided Organisation::consider(const audit::SignedRequest& request, charter::Time now) const {
  if (charter::due(state(), now).empty()) return charter::decide(state(), request.request, now);
  charter::State later = state();
  charter::settle(later, now);
  return charter::decide(later, request.request, now);
}

Status Organisation::enter(audit::Entry entry) {
  const std::uint64_t number = history_.size();
  std::string text = json::to_text(entry);
  if (text.size() > ledger::max_entry) return fail("act {}: longer than an entry may be", number);
  TRY(history_.take(entry));
  edge_.add(ledger::leaf_hash(bytes_of(text)));
  unwritten_.push_back(std::move(text));
  entered_.push_back({number, std::move(entry)});
  if (auto notice = notice_of(state(), entered_.back())) notices_.push_back(*std::move(notice));
  return {};
}

Status Organisation::enter_due(charter::Time now) {
  if (now < state().time) return {};
  for (auto due = charter::due(state(), now); !due.empty(); due = charter::due(state(), now)) {
    TRY(enter({std::get<charter::Act>(charter::decide(state(), due.front(), now)), {}}));
  }
  return {};
}

Result<Outcome> Organisation::enter_one(const Submission& submission, charter::Time now) {
  const audit::SignedRequest& request = *submission.request;
  TRY(enter_due(now));
  if (const Status good = history_.check_signatures(request, now); !good) {
    return Outcome{{}, charter::Refusal{"keys", good.error().message, false}};
  }
  if (auto refusal = uncountable(request.request)) return Outcome{{}, *std::move(refusal)};
  charter::Decided decided = charter::decide(state(), request.request, now);
  const auto* refusal = std::get_if<charter::Refusal>(&decided);
  if (refusal && !refusal->recorded) return Outcome{{}, std::move(decided)};
  if (const auto* granted = std::get_if<charter::Act>(&decided)) {
    auto obstacle = submission.obstacle ? submission.obstacle(*granted) : std::nullopt;
    if (obstacle) return Outcome{{}, *std::move(obstacle)};
    if (granted->type == "member.erase") TRY(forget(*database_, granted->body.text("member")));
  }
  const std::uint64_t number = history_.size();
  charter::Act act =
      refusal ? charter::recorded(state(), request.request, *refusal, now) : std::get<charter::Act>(decided);
  TRY(enter({std::move(act), request.signatures}));
  return Outcome{number, std::move(decided)};
}

Result<audit::Entry> Organisation::entry(std::uint64_t number) {
  const auto just_now = std::ranges::find(entered_, number, &Numbered::number);
  if (just_now != entered_.end()) return just_now->entry;
  const Entries texts = TRY(entries_from(*database_, number, 1));
  if (texts.empty()) return fail("the database lacks act {}", number);
  return in(fmt::format("act {} of the database", number), audit::read_entry(texts.front()));
}

Result<Outcome> Organisation::enter_once(const Submission& submission, charter::Time now) {
  const audit::SignedRequest* request = submission.request;
  const RequestKey* key = submission.key;
  if (!key) return enter_one(submission, now);
  constexpr auto act = AnsweredRequests::Call::act;
  AnsweredRequests answered(*database_);
  const auto before = TRY(answered.find(*key, act, request->request, now));
  if (before && !before->same) {
    return Outcome{{}, charter::Refusal{std::string(key_used), "another request was made under this key", false}};
  }
  if (before) {
    std::uint64_t number = 0;
    std::from_chars(before->came.data(), before->came.data() + before->came.size(), number);
    audit::Entry its = TRY(entry(number));
    if (its.act.refused) return Outcome{number, *std::move(its.act.refused)};
    return Outcome{number, std::move(its.act)};
  }
  Outcome outcome = TRY(enter_one(submission, now));
  if (outcome.number) TRY(answered.add(*key, act, request->request, std::to_string(*outcome.number), now));
  return outcome;
}

template <class Fill>
Status Organisation::commit(Fill fill) {
  if (failed_) return fail("writing has failed before: the organisation must be opened again");
  entered_.clear();
  notices_.clear();
  TRY(hold());
  const auto enter_all = [&]() -> Status {
    TRY(database_->lock("act"));
    TRY(take_all());
    failed_ = true;  // what is decided from here on nobody else knows before it is committed
    TRY(fill());
    TRY(add_acts(*database_, entered_));
    TRY(add_notices(*database_, notices_));
    return add_head(*database_, edge_.head());
  };
  const auto follow_and_enter = [&]() -> Status {
    TRY(check_head(*database_, edge_.head()));     // before anything of another ledger is taken for this one's
    while (TRY(take_some())) TRY(write_ledger());  // much, without shutting out the others for long
    TRY(database_->transact(enter_all));
    for (const std::string& name : named_) TRY(take_published(*database_, public_folder() / "published", name));
    named_.clear();
    return {};
  };
  const Status done = follow_and_enter();
  database_lost_ = !done;
  TRY(done);
  TRY(write_ledger());
  failed_ = false;
  return {};
}

Result<std::vector<Outcome>> Organisation::submit(std::span<const audit::SignedRequest> requests, charter::Time now) {
  std::vector<Submission> submissions;
  for (const audit::SignedRequest& request : requests) submissions.push_back({&request});
  return submit(submissions, now);
}

Result<std::vector<Outcome>> Organisation::submit(std::span<const Submission> requests, charter::Time now) {
  std::vector<Outcome> outcomes;
  const auto fill = [&]() -> Status {
    for (const Submission& request : requests) {
      Outcome outcome = TRY(enter_once(request, now));
      outcomes.push_back(std::move(outcome));
    }
    return enter_due(now);
  };
  TRY(commit(fill));
  return outcomes;
}

Status Organisation::follow() {
  return commit([]() -> Status { return {}; });
}

Status Organisation::settle(charter::Time now) {
  return commit([&] { return enter_due(now); });
}

Result<Outcome> Organisation::submit(const audit::SignedRequest& request, charter::Time now) {
  auto outcomes = TRY(submit(std::span(&request, 1), now));
  return std::move(outcomes.front());
}

Status Organisation::purge() {
  TRY(connect());
  return purge_forgotten(*database_);
}

Result<std::string> Organisation::publish() {
  TRY(hold());
  std::string checkpoint = TRY(log_.sign_head());
  const ledger::Policy policy = TRY(read_policy(folder_));
  if (!policy.witnesses().empty()) {
    store::HttpClient client;
    store::Witnessed witnessed = TRY(store::gather(*storage_, checkpoint, policy, witness_sizes_, client));
    for (const auto& [witness, answer] : witnessed.asked) {
      const bool alarm = answer.kind == ledger::Answer::alarm;
      if (alarm) return fail("witness {} knows another history of this ledger: {}", witness, answer.message);
    }
    TRY(in("the acts are in the ledger, and their checkpoint is not public yet", std::move(witnessed.quorum)));
    checkpoint = std::move(witnessed.checkpoint);
  }
  TRY(log_.publish(checkpoint));
  return checkpoint;
}

Result<std::string> receipt_of(const ledger::Source& ledger, std::uint64_t number) {
  constexpr std::size_t longest_checkpoint = std::size_t{1} << 20;
  const std::optional<Bytes> checkpoint = TRY(ledger.read("checkpoint", longest_checkpoint));
  if (!checkpoint) return fail("no checkpoint has been published");
  const auto published = TRY(ledger::parse_signed_checkpoint(text_of(*checkpoint)));
  const ledger::TreeHead& head = published.checkpoint.head;
  if (number >= head.size) return fail("act {} is not among the {} that are public", number, head.size);
  Bytes entry = TRY(ledger::TileReader(ledger, head).entry(number));
  const auto receipt = TRY(ledger::make_receipt(ledger, text_of(*checkpoint), number, std::move(entry)));
  return ledger::to_text(receipt);
}

Result<std::string> Organisation::publish_bytes(std::string_view bytes) {
  std::string name = TRY(keep_published(public_folder() / "published", bytes));
  if (settings_.database.empty()) return name;
  TRY(connect());
  const Status shared = share_published(*database_, name, bytes);
  database_lost_ = !shared;
  TRY(shared);
  return name;
}

Result<bool> Organisation::has_published(const std::string& name) {
  const fs::path folder = public_folder() / "published";
  if (!settings_.database.empty()) {
    TRY(connect());
    const Status exchanged = exchange_published(*database_, folder, name);
    database_lost_ = !exchanged;
    TRY(exchanged);
  }
  return has_here(name);
}

bool Organisation::has_here(const std::string& name) const { return is_there(public_folder() / "published" / name); }

}  // namespace folkmoot::service

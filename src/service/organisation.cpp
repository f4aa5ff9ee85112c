#include "service/organisation.hpp"

#include "audit/poll.hpp"
#include "ledger/receipt.hpp"
#include "ledger/replay.hpp"
#include "service/people.hpp"
#include "service/shared_record.hpp"
#include "service/signer.hpp"
#include "store/ledger_files.hpp"

namespace folkmoot::service {
namespace {

constexpr const char* public_name = "public";

// Acts that a replay hands to the database at once.
constexpr std::size_t batch = 10'000;

fs::path key_file(const fs::path& folder) { return folder / "private" / "ledger.key"; }
fs::path policy_file(const fs::path& folder) { return folder / "policy"; }

Result<std::unique_ptr<database::Database>> open_database(const fs::path& folder, const Settings& settings) {
  auto database = TRY(database::open(database_url(folder, settings)));
  std::vector<database::Migration> migrations{acts_tables()};
  migrations.insert(migrations.end(), private_steps().begin(), private_steps().end());
  migrations.insert(migrations.end(), shared_record_steps().begin(), shared_record_steps().end());
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

Result<std::unique_ptr<Organisation>> Organisation::open(const fs::path& folder) {
  const Settings settings = TRY(read_settings(folder));
  auto signer = TRY(read_ledger_key(folder, settings.origin));
  const ledger::VerifierKey key = signer.key;
  std::unique_ptr<ledger::Storage> storage = TRY(store::LedgerFiles::open(folder / public_name));
  auto log = TRY(ledger::Log::open(*storage, std::move(signer)));
  auto database = TRY(open_database(folder, settings));
  std::unique_ptr<Organisation> organisation(
      new Organisation(folder, std::move(storage), std::move(log), key, std::move(database)));
  const std::uint64_t known = TRY(count_acts(*organisation->database_));
  const std::uint64_t size = organisation->log_.head().head.size;
  if (known > size) return fail("the database knows {} acts, and the ledger has {}", known, size);
  TRY(organisation->read_ledger(known));
  return organisation;
}

Organisation::Organisation(fs::path folder, std::unique_ptr<ledger::Storage> storage, ledger::Log log,
                           ledger::VerifierKey key, std::unique_ptr<database::Database> database)
    : folder_(std::move(folder)),
      storage_(std::move(storage)),
      log_(std::move(log)),
      key_(std::move(key)),
      database_(std::move(database)),
      history_(key_.name()) {}

Organisation::~Organisation() = default;

fs::path Organisation::public_folder() const { return folder_ / public_name; }

Status Organisation::read_ledger(std::uint64_t from) {
  history_ = audit::History(key_.name());
  std::vector<Numbered> missing;
  const auto keep = [&]() -> Status {
    TRY(add_acts(*database_, missing));
    missing.clear();
    return {};
  };
  const auto take = [&](std::uint64_t number, ByteView bytes) -> Status {
    audit::Entry entry = TRY(in(fmt::format("entry {}", number), audit::read_entry(text_of(bytes))));
    TRY(history_.take(entry));
    if (number < from) return {};
    missing.push_back({number, std::move(entry)});
    return missing.size() < batch ? Status() : keep();
  };
  ledger::RightEdge edge;
  TRY(ledger::replay(*storage_, edge, log_.head().head, take));
  return keep();
}

Result<std::uint64_t> Organisation::rebuild() {
  if (failed_) return fail("writing has failed before: the organisation must be opened again");
  failed_ = true;  // what was read so far is not to be worked with
  TRY(clear_acts(*database_));
  TRY(read_ledger(0));
  failed_ = false;
  return history_.size();
}

charter::Decided Organisation::consider(const audit::SignedRequest& request, charter::Time now) const {
  charter::State state = history_.state();
  charter::settle(state, now);
  return charter::decide(state, request.request, now);
}

Status Organisation::enter(audit::Entry entry) {
  const std::uint64_t number = history_.size();
  if (json::to_text(entry).size() > ledger::max_entry) return fail("act {}: longer than an entry may be", number);
  TRY(history_.take(entry));
  entered_.push_back({number, std::move(entry)});
  return {};
}

Status Organisation::enter_due(charter::Time now) {
  if (now < state().time) return {};
  for (auto due = charter::due(state(), now); !due.empty(); due = charter::due(state(), now)) {
    TRY(enter({std::get<charter::Act>(charter::decide(state(), due.front(), now)), {}}));
  }
  return {};
}

Result<Outcome> Organisation::enter_one(const audit::SignedRequest& request, charter::Time now) {
  TRY(enter_due(now));
  if (const Status good = history_.check_signatures(request, now); !good) {
    return Outcome{{}, charter::Refusal{"keys", good.error().message, false}};
  }
  if (auto refusal = uncountable(request.request)) return Outcome{{}, *std::move(refusal)};
  charter::Decided decided = charter::decide(state(), request.request, now);
  const auto* refusal = std::get_if<charter::Refusal>(&decided);
  if (refusal && !refusal->recorded) return Outcome{{}, std::move(decided)};
  const std::uint64_t number = history_.size();
  charter::Act act =
      refusal ? charter::recorded(state(), request.request, *refusal, now) : std::get<charter::Act>(decided);
  TRY(enter({std::move(act), request.signatures}));
  return Outcome{number, std::move(decided)};
}

template <class Fill>
Status Organisation::commit(Fill fill) {
  if (failed_) return fail("writing has failed before: the organisation must be opened again");
  failed_ = true;
  entered_.clear();
  TRY(fill());
  TRY(write());
  failed_ = false;
  return {};
}

Result<std::vector<Outcome>> Organisation::submit(std::span<const audit::SignedRequest> requests, charter::Time now) {
  std::vector<Outcome> outcomes;
  const auto fill = [&]() -> Status {
    for (const audit::SignedRequest& request : requests) {
      Outcome outcome = TRY(enter_one(request, now));
      outcomes.push_back(std::move(outcome));
    }
    return enter_due(now);
  };
  TRY(commit(fill));
  return outcomes;
}

Status Organisation::settle(charter::Time now) {
  return commit([&] { return enter_due(now); });
}

Result<Outcome> Organisation::submit(const audit::SignedRequest& request, charter::Time now) {
  auto outcomes = TRY(submit(std::span(&request, 1), now));
  return std::move(outcomes.front());
}

Status Organisation::write() {
  for (std::size_t first = 0; first < entered_.size();) {
    // As much as the ledger takes at once.
    std::vector<std::string> texts;
    for (std::size_t bytes = 0; first + texts.size() < entered_.size(); bytes += texts.back().size()) {
      const bool full = texts.size() == ledger::Log::max_group_entries;
      if (full || bytes + ledger::max_entry > ledger::Log::max_group_bytes) break;
      texts.push_back(json::to_text(entered_[first + texts.size()].entry));
    }
    std::vector<ByteView> entries;
    for (const std::string& text : texts) entries.push_back(bytes_of(text));
    TRY(log_.append(entries));
    TRY(add_acts(*database_, std::span(entered_).subspan(first, texts.size())));
    first += texts.size();
  }
  return {};
}

Result<std::string> Organisation::publish() {
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

Result<std::string> Organisation::receipt(std::uint64_t number) {
  constexpr std::size_t longest_checkpoint = std::size_t{1} << 20;
  const std::optional<Bytes> checkpoint = TRY(storage_->read("checkpoint", longest_checkpoint));
  if (!checkpoint) return fail("no checkpoint has been published");
  const std::string entry = TRY(entry_of(*database_, number));
  const ByteView bytes = bytes_of(entry);
  const ledger::Receipt receipt =
      TRY(ledger::make_receipt(*storage_, text_of(*checkpoint), number, Bytes(bytes.begin(), bytes.end())));
  return ledger::to_text(receipt);
}

Result<std::string> Organisation::publish_bytes(std::string_view bytes) {
  std::string name = sha256_hex(bytes);
  const fs::path file = public_folder() / "published" / name;
  std::error_code none;
  if (!fs::exists(file, none)) TRY(write_file(file, bytes));
  return name;
}

}  // namespace folkmoot::service

#include "server/elections.hpp"

#include "base/caught.hpp"
#include "election/election.hpp"
#include "record/verify_setup.hpp"
#include "server/election.hpp"
#include "service/poll.hpp"
#include "service/shared_record.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using record::EventType;

Result<std::string> uuid_of(std::string_view election) {
  const json::Document document = TRY(json::Document::parse(election));
  return json::read_field(document.root(), "uuid", json::read_string);
}

Result<std::unordered_set<std::string>> keys_of(std::string_view credentials) {
  const json::Document document = TRY(json::Document::parse(credentials));
  std::unordered_set<std::string> keys;
  for (const std::string& line : TRY(json::read_array(document.root(), json::read_string))) {
    keys.insert(line.substr(0, line.find(',')));  // a weight may follow
  }
  return keys;
}

bool is_record(const fs::directory_entry& file) {
  std::error_code none;
  return file.path().extension() == ".bel" && fs::is_regular_file(file.symlink_status(none));
}

// Brings the records in the folder and those in the database that the nodes share together.
Status share_records(const fs::path& folder, const std::string& url) {
  std::set<std::string> uuids;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (is_record(file)) uuids.insert(file.path().stem().string());
  }
  const auto database = TRY(database::open(url));
  for (std::string& uuid : TRY(service::SharedRecord::all(*database))) uuids.insert(std::move(uuid));
  for (const std::string& uuid : uuids) TRY(service::share_record(folder / (uuid + ".bel"), url));
  return {};
}

}  // namespace

Result<std::shared_ptr<Elections::Election>> Elections::read(const fs::path& record) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  record::Reader reader = TRY(record::Reader::open(source));
  const record::SetupTexts texts = TRY(record::read_setup_texts(reader));
  auto election = std::make_shared<Election>();
  election->uuid = TRY(uuid_of(texts.election));
  election->record = record;
  election->text = texts.election;
  election->fingerprint = election::fingerprint(texts.election);
  election->credentials = TRY(in("credentials", keys_of(texts.credentials)));
  while (const auto step = TRY(reader.next())) TRY(election->seen->note(*step));
  return election;
}

Status Elections::open_log(Election& election) const {
  auto log = TRY(service::open_shared_record(
      election.record, database_, [seen = election.seen](const record::Step& step) { return seen->note(step); }));
  const std::unique_lock lock(election.mutex);
  election.log = std::move(log);
  return {};
}

Result<Elections> Elections::open(const fs::path& folder, Timetable timetable, Clock clock,
                                  const std::string& database) {
  Elections elections;
  elections.folder_ = folder;
  elections.timetable_ = std::move(timetable);
  elections.clock_ = std::move(clock);
  elections.database_ = database;
  elections.held_ = std::make_unique<Held>();
  std::error_code error;
  if (!database.empty()) {
    fs::create_directories(folder, error);
    TRY(share_records(folder, database));
  }
  TRY(elections.look_again());
  for (const auto& [uuid, election] : elections.held_->elections) {
    const auto time = elections.time_now(*election);
    if (time) TRY(in(election->record.string(), elections.open_box(*election, *time)));
  }
  return elections;
}

Status Elections::look_again() const {
  const std::scoped_lock lock(held_->looking);
  std::set<fs::path> known;
  for (const auto& [uuid, election] : elections()) known.insert(election->record);
  Status all;
  if (are_shared()) all = take_records(known);
  std::error_code error;
  for (fs::directory_iterator file(folder_, error), end; !error && file != end; file.increment(error)) {
    if (!is_record(*file) || known.contains(file->path())) continue;
    if (Status taken = take_in(file->path()); !taken) all = std::move(taken);
  }
  if (error && error != std::errc::no_such_file_or_directory) return fail("{}: {}", folder_.string(), error.message());
  return all;
}

Status Elections::take_records(const std::set<fs::path>& known) const {
  if (!held_->database) held_->database = TRY(database::open(database_));
  const auto uuids = service::SharedRecord::all(*held_->database);
  if (!uuids) held_->database.reset();
  Status all;
  for (const std::string& uuid : TRY(uuids)) {
    const fs::path record = folder_ / (uuid + ".bel");
    if (known.contains(record)) continue;
    if (const auto taken = service::share_record(record, database_); !taken) all = Failure(taken.error());
  }
  return all;
}

Status Elections::take_in(const fs::path& record) const {
  auto election = TRY(in(record.string(), read(record)));
  const std::unique_lock lock(held_->mutex);
  const auto [first, is_new] = held_->elections.try_emplace(election->uuid, election);
  if (is_new || first->second->record == record) return {};
  return fail("{} and {} are of the same election", record.string(), first->second->record.string());
}

Status Elections::add(const fs::path& record) const {
  if (are_shared()) {
    TRY(service::share_record(record, database_));
    return look_again();
  }
  const fs::path here = folder_ / record.filename();
  if (service::is_there(here)) return fail("{}: is there already", here.string());
  // The record last: what is there without it is replaced when this is asked for again.
  for (const char* extension : {".paper.json", ".strict.json"}) {
    const std::string text = TRY(service::read_file(fs::path(record).replace_extension(extension)));
    TRY(service::replace_file(fs::path(here).replace_extension(extension), text));
  }
  const std::string bytes = TRY(service::read_file(record));
  TRY(service::write_file(here, bytes));
  return look_again();
}

Elections::Map Elections::elections() const {
  const std::shared_lock lock(held_->mutex);
  return held_->elections;
}

std::shared_ptr<Elections::Election> Elections::at(std::string_view uuid) const {
  const std::shared_lock lock(held_->mutex);
  const auto found = held_->elections.find(uuid);
  return found == held_->elections.end() ? nullptr : found->second;
}

Status Elections::stored() const {
  Status all;
  for (const auto& [uuid, election] : elections()) {
    const std::scoped_lock lock(election->failure_mutex);
    if (const std::string message = std::exchange(election->failure, {}); !message.empty()) all = fail("{}", message);
  }
  return all;
}

Status Elections::follow() const {
  const std::scoped_lock lock(held_->following);
  Status all;
  for (const auto& [uuid, election] : elections()) {
    const std::unique_lock step(election->steps, std::try_to_lock);
    if (!step) continue;
    if (Status followed = follow(*election); !followed) all = std::move(followed);
  }
  return all;
}

Status Elections::follow(Election& election) const {
  const auto take = [&]() -> std::optional<Status> {
    const std::shared_lock lock(election.mutex);
    if (election.box) return election.box->follow();
    if (election.log) return election.log->follow();
    return std::nullopt;
  };
  if (auto taken = take(); taken && !election.seen->finished()) return *std::move(taken);
  if (!election.seen->finished()) return open_log(election);
  const std::unique_lock lock(election.mutex);
  if (election.box) election.box->finish();
  election.box.reset();
  election.log.reset();
  return {};
}

Result<Elections::Time> Elections::time_now(Election& election) const {
  const Time time = TRY(timetable_(election.fingerprint));
  const std::scoped_lock lock(election.time_mutex);
  election.asked = {time, std::chrono::steady_clock::now()};
  return time;
}

Result<Elections::Time> Elections::time_known(Election& election) const {
  auto now = time_now(election);
  const std::scoped_lock lock(election.time_mutex);
  return election.asked ? Result<Time>(election.asked->time) : std::move(now);
}

// An election that is annulled meanwhile takes ballots for that second, as it does until this node hears of the act.
bool Elections::is_surely_open(Election& election) const {
  constexpr std::chrono::seconds a_moment(1);
  const std::unique_lock lock(election.time_mutex, std::try_to_lock);
  if (!lock || !election.asked || !election.asked->time || election.asked->time->annulled) return false;
  if (std::chrono::steady_clock::now() - election.asked->when > a_moment) return false;
  const charter::Time now = clock_();
  return now >= election.asked->time->opens && now < election.asked->time->closes;
}

// The clock may be wrong, and be put right again: what is not closed can be opened again.
Status Elections::open_box(Election& election, const Time& time) const {
  const auto is_over = [&] { return election.seen->closed() || election.giving_up; };
  if (is_over() || !time || time->annulled || (clock_() >= time->closes && !are_shared())) return {};
  {
    const std::shared_lock lock(election.mutex);
    if (election.box) return {};
  }
  const std::unique_lock lock(election.mutex);
  if (election.box || is_over()) return {};
  election.log.reset();
  election.box = TRY(service::BallotBox::open(election.record, database_, election.seen));
  return {};
}

std::optional<Elections::Known> Elections::find(std::string_view uuid) const {
  const auto election = at(uuid);
  if (!election) return std::nullopt;
  return known(*election);
}

std::vector<Elections::Known> Elections::all() const {
  std::vector<Known> all;
  for (const auto& [uuid, election] : elections()) all.push_back(known(*election));
  return all;
}

Elections::Known Elections::known(Election& election) const {
  const auto time = time_known(election);
  Known known;
  known.uuid = election.uuid;
  known.record = election.record;
  known.fingerprint = election.fingerprint;
  known.over = election.seen->closed() || (time && *time && !(*time)->annulled && clock_() >= (*time)->closes);
  known.ballots = election.seen->ballots();
  return known;
}

Result<service::TallyState> Elections::tally(std::string_view uuid) const {
  const auto election = at(uuid);
  return look_at_tally(*election, election->seen->closed());
}

Result<service::TallyState> Elections::look_at_tally(Election& election, bool closed) {
  const std::scoped_lock lock(election.tally_mutex);
  std::error_code error;
  const std::uintmax_t size = closed ? fs::file_size(election.record, error) : 0;
  if (!election.tally || election.tally->size != size) {
    auto state = TRY(service::tally_state(election.record, closed ? service::Course::all : service::Course::setup));
    election.tally = {size, std::move(state)};
  }
  return election.tally->state;
}

Status Elections::step(std::string_view uuid, const service::TallyStep& step) const {
  const auto election = at(uuid);
  const std::scoped_lock lock(election->steps);
  election->giving_up = !election->seen->closed();
  {
    const std::unique_lock lock_of_box(election->mutex);  // nobody hands in a ballot
    if (election->box) election->box->finish();
    election->box.reset();
    election->log.reset();
    std::error_code error;
    election->settled = fs::file_size(election->record, error);
  }
  Status done = caught([&] {
    return are_shared() ? service::step_shared_record(election->record, database_, step) : step(election->record);
  });
  const Status noted = note_tally(*election);  // even if it failed: it may have come half-way
  election->giving_up = false;
  election->settled = UINT64_MAX;
  if (are_shared()) (void)follow(*election);  // or it is followed in a second
  return done ? noted : done;
}

Status Elections::note_tally(Election& election) {
  const auto state = look_at_tally(election, true);
  if (!state) return Failure(state.error());
  election.seen->reach(state->last);
  if (!state->is_closed()) {
    const std::scoped_lock tally(election.tally_mutex);
    election.tally.reset();
  }
  return {};
}

std::string Elections::find_uuid(const std::string& fingerprint) const {
  for (const auto& [uuid, election] : elections()) {
    const auto its = service::fingerprint_in_hex(election->fingerprint);
    if (its && *its == fingerprint) return uuid;
  }
  return "";
}

std::string_view Elections::phase(Election& election, const Time& time) const {
  // If it cannot be opened now, whoever hands a ballot in hears of that.
  (void)open_box(election, time);
  if (election.seen->finished()) return "declared";
  if (election.seen->closed() || election.giving_up || (time && time->annulled)) return "closed";
  if (!time) return "announced";
  const charter::Time now = clock_();
  if (now < time->opens) return "announced";
  return now < time->closes ? "open" : "closed";
}

}  // namespace folkmoot::server

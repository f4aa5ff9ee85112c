#include "server/elections.hpp"

#include <charconv>
#include <mutex>
#include <set>

#include "election/election.hpp"
#include "record/verify_setup.hpp"
#include "server/body.hpp"
#include "server/log_files.hpp"
#include "server/problem.hpp"
#include "service/poll.hpp"
#include "service/shared_record.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using record::EventType;
using service::Handed;

constexpr std::string_view records = "/elections/", calls = "/api/v1/elections";
constexpr std::size_t page = 1000;  // trackers

Result<std::string> uuid_of(std::string_view election) {
  const json::Document document = TRY(json::Document::parse(election));
  return json::read_field(document.root(), "uuid", json::read_string);
}

// Of "from=250": 250. Of an empty query: 0. An error for anything else.
Result<std::size_t> first_of(std::string_view query) {
  constexpr std::string_view from = "from=";
  if (query.empty()) return std::size_t{0};
  std::uint32_t number = 0;
  if (query.starts_with(from)) query.remove_prefix(from.size());
  const auto [end, wrong] = std::from_chars(query.data(), query.data() + query.size(), number);
  if (wrong != std::errc() || end != query.data() + query.size()) return fail("the query is not from=NUMBER");
  return std::size_t{number};
}

Response not_found(std::string_view what) { return problem(404, "not-found", "Not found", what); }

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

struct Elections::Election {
  std::string uuid;
  fs::path record;
  std::string text;                             // election.json
  std::string fingerprint;                      // φ
  std::unordered_set<std::string> credentials;  // public ones

  std::atomic<bool> closed = false;     // nothing that a voter does changes the record any more
  std::atomic<bool> giving_up = false;  // the box, to a step of the tally
  std::atomic<bool> finished = false;   // the result is in the record
  std::atomic<bool> adrift = false;     // a step has left a record that nodes share without box and log

  std::shared_mutex mutex;                  // of what follows: many hand in ballots, one opens the box or gives it up
  std::unique_ptr<service::BallotBox> box;  // while the record takes ballots
  std::vector<std::string> trackers;        // without a box
  std::unique_ptr<service::RecordLog> log;  // without a box, of a record that nodes share and that may still grow

  std::mutex time_mutex;
  struct Asked {
    Time time;
    std::chrono::steady_clock::time_point when;
  };
  std::optional<Asked> asked;  // what the acts last said of when to vote

  std::mutex steps;  // are done one after the other
  std::mutex tally_mutex;
  struct Seen {
    std::uintmax_t size = 0;  // of the record then; 0 before the voting was closed
    service::TallyState state;
  };
  std::optional<Seen> tally;  // when it was last looked at
};

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
  while (const auto step = TRY(reader.next())) {
    if (step->event.type == EventType::ballot) election->trackers.push_back(to_base64(step->payload().hash));
  }
  const EventType last = reader.chain().last()->event.type;
  election->finished = last == EventType::result;
  election->closed = last != EventType::setup && last != EventType::ballot;
  return election;
}

Status Elections::open_log(const std::shared_ptr<Election>& election, const std::string& database) {
  if (database.empty() || !election->closed || election->finished) return {};
  const auto note = [it = std::weak_ptr(election)](const record::Step& step) -> Status {
    if (const auto here = it.lock()) here->finished = step.event.type == EventType::result;
    return {};
  };
  election->log = TRY(service::RecordLog::open(election->record, database, note));
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
  std::set<fs::path> known;
  for (const auto& [uuid, election] : elections()) known.insert(election->record);
  Status all;
  if (are_shared()) all = take_records();
  std::error_code error;
  for (fs::directory_iterator file(folder_, error), end; !error && file != end; file.increment(error)) {
    if (!is_record(*file) || known.contains(file->path())) continue;
    if (Status taken = take_in(file->path()); !taken) all = std::move(taken);
  }
  if (error && error != std::errc::no_such_file_or_directory) return fail("{}: {}", folder_.string(), error.message());
  return all;
}

Status Elections::take_records() const {
  const std::scoped_lock lock(held_->asking);
  if (!held_->database) held_->database = TRY(database::open(database_));
  const auto uuids = service::SharedRecord::all(*held_->database);
  if (!uuids) held_->database.reset();
  for (const std::string& uuid : TRY(uuids)) {
    const fs::path record = folder_ / (uuid + ".bel");
    if (!fs::exists(record)) TRY(service::share_record(record, database_));
  }
  return {};
}

Status Elections::take_in(const fs::path& record) const {
  const auto election = TRY(in(record.string(), read(record)));
  TRY(open_log(election, database_));
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

Status Elections::follow() const {
  Status all;
  for (const auto& [uuid, election] : elections()) {
    Status followed;
    if (election->adrift) followed = resume(election);
    if (election->adrift && followed) election->adrift = false;
    const std::shared_lock lock(election->mutex);
    if (election->box) followed = election->box->follow();
    if (election->log) followed = election->log->follow();
    if (!followed) all = std::move(followed);
  }
  return all;
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
  if (!lock || !election.asked || !election.asked->time) return false;
  if (std::chrono::steady_clock::now() - election.asked->when > a_moment) return false;
  const charter::Time now = clock_();
  return now >= election.asked->time->opens && now < election.asked->time->closes;
}

// The clock may be wrong, and be put right again: what is not closed can be opened again.
Status Elections::open_box(Election& election, const Time& time) const {
  if (election.closed || election.giving_up) return {};
  if (!time || (clock_() >= time->closes && !are_shared())) return {};
  {
    const std::shared_lock lock(election.mutex);
    if (election.box) return {};
  }
  const std::unique_lock lock(election.mutex);
  if (election.box || election.closed || election.giving_up) return {};
  election.box = TRY(service::BallotBox::open(election.record, database_));
  election.trackers.clear();
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
  const std::shared_lock lock(election.mutex);
  Known known;
  known.uuid = election.uuid;
  known.record = election.record;
  known.fingerprint = election.fingerprint;
  known.over = election.closed || (time && *time && clock_() >= (*time)->closes);
  known.ballots = election.box ? election.box->ballots() : election.trackers.size();
  return known;
}

Result<service::TallyState> Elections::tally(std::string_view uuid) const {
  const auto election = at(uuid);
  return look_at_tally(*election, election->closed || (are_shared() && known(*election).over));
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
  if (!election->closed) election->giving_up = true;
  {
    const std::unique_lock lock_of_box(election->mutex);  // nobody hands in a ballot
    election->log.reset();
    if (election->box) {
      election->box->finish();
      election->trackers = election->box->trackers(0, election->box->ballots());
      election->box.reset();
    }
  }
  Status done = are_shared() ? service::step_shared_record(election->record, database_, step) : step(election->record);
  const Status noted = note_tally(*election);  // even if it failed: it may have come half-way
  election->giving_up = false;
  if (are_shared()) election->adrift = !resume(election);
  return done ? noted : done;
}

Status Elections::note_tally(Election& election) {
  const auto state = look_at_tally(election, true);
  if (state) {
    election.closed = state->is_closed();
    election.finished = state->last == EventType::result;
  }
  if (!election.closed) {
    const std::scoped_lock tally(election.tally_mutex);
    election.tally.reset();
  }
  return state ? Status() : Failure(state.error());
}

Status Elections::resume(const std::shared_ptr<Election>& election) const {
  TRY(note_tally(*election));
  if (!election->closed) {
    const Time time = TRY(time_now(*election));
    return open_box(*election, time);
  }
  const std::unique_lock lock(election->mutex);
  return open_log(election, database_);
}

std::string Elections::find_uuid(const std::string& fingerprint) const {
  for (const auto& [uuid, election] : elections()) {
    const auto its = service::fingerprint_in_hex(election->fingerprint);
    if (its && *its == fingerprint) return uuid;
  }
  return "";
}

std::vector<std::string> Elections::routes() {
  return {"GET /elections/{}",
          "GET /api/v1/elections",
          "GET /api/v1/elections/{}",
          "GET /api/v1/elections/{}/credentials/{}",
          "GET /api/v1/elections/{}/ballots",
          "POST /api/v1/elections/{}/ballots",
          "POST /api/v1/elections/{}/opened"};
}

Response Elections::answer(const Request& request) const {
  const bool is_get = request.method == "GET";
  std::string_view path = request.path;
  if (path.starts_with(records)) return record_file(path.substr(records.size()), is_get);
  path.remove_prefix(calls.size());
  if (path.empty()) return is_get ? list() : method_not_allowed("GET, HEAD");
  const std::size_t slash = std::min(path.find('/', 1), path.size());
  const auto found = path.front() == '/' ? at(path.substr(1, slash - 1)) : nullptr;
  if (!found) return not_found("there is no such election here");
  return about(*found, path.substr(slash), request);
}

Response Elections::record_file(std::string_view name, bool is_get) const {
  const auto dot = std::min(name.find('.'), name.size());
  const std::string_view extension = name.substr(dot);
  const bool record = extension == ".bel";
  const bool known = record || extension == ".strict.json" || extension == ".paper.json";
  const auto found = known ? at(name.substr(0, dot)) : nullptr;
  if (!found) return not_found("there is no such record here");
  if (!is_get) return method_not_allowed("GET, HEAD");
  if (record) return file_response(folder_, found->record.filename().string(), "application/octet-stream", "no-cache");
  const std::string beside = found->record.stem().string().append(extension);
  std::error_code none;
  if (!fs::is_regular_file(fs::symlink_status(folder_ / beside, none)))
    return not_found("the record of that election is all that is here");
  return file_response(folder_, beside, "application/json", "no-cache");
}

Response Elections::about(Election& election, std::string_view what, const Request& request) const {
  constexpr std::string_view credentials = "/credentials/";
  const bool is_get = request.method == "GET";
  if (what.empty()) return is_get ? describe(election) : method_not_allowed("GET, HEAD");
  if (what == "/ballots") {
    if (is_get) return list_trackers(election, request.query);
    return request.method == "POST" ? hand_in(election, request) : method_not_allowed("GET, HEAD, POST");
  }
  if (what == "/opened") return request.method == "POST" ? spoil(election, request) : method_not_allowed("POST");
  if (!what.starts_with(credentials)) return not_found("an election has ballots and credentials");
  if (!is_get) return method_not_allowed("GET, HEAD");
  const std::string key(what.substr(credentials.size()));
  if (!election.credentials.contains(key)) return not_found("that is not one of this election's credentials");
  return json_response(200, "{}");
}

std::string_view Elections::phase(Election& election, const Time& time) const {
  // If it cannot be opened now, whoever hands a ballot in hears of that.
  (void)open_box(election, time);
  {
    const std::shared_lock lock(election.mutex);
    if (election.finished || (election.box && election.box->finished())) return "declared";
  }
  if (!time || election.closed || election.giving_up) return "closed";
  const charter::Time now = clock_();
  if (now < time->opens) return "announced";
  return now < time->closes ? "open" : "closed";
}

Status Elections::write(json::Writer& writer, Election& election) const {
  const Time time = TRY(time_known(election));
  writer.key("phase").string(phase(election, time));
  if (time) {
    writer.key("opens").string(charter::text(time->opens));
    writer.key("closes").string(charter::text(time->closes));
  }
  writer.key("fingerprint").string(election.fingerprint);
  const std::shared_lock lock(election.mutex);
  const std::size_t ballots = election.box ? election.box->ballots() : election.trackers.size();
  writer.key("ballots").integer(static_cast<std::int64_t>(ballots));
  return {};
}

Response Elections::list() const {
  json::Writer writer;
  writer.begin_array();
  for (const auto& [uuid, election] : elections()) {
    writer.begin_object();
    writer.key("uuid").string(uuid);
    if (!write(writer, *election)) return unavailable();
    writer.end_object();
  }
  writer.end_array();
  return json_response(200, writer.take());
}

// The election is given as a text, to the byte: its fingerprint is made from it.
Response Elections::describe(Election& election) const {
  json::Writer writer;
  writer.begin_object();
  if (!write(writer, election)) return unavailable();
  writer.key("election").string(election.text);
  writer.end_object();
  return json_response(200, writer.take());
}

Response Elections::list_trackers(Election& election, std::string_view query) {
  const auto first = first_of(query);
  if (!first) return problem(400, "bad-query", "Bad query", first.error().message);
  std::vector<std::string> some;
  const std::shared_lock lock(election.mutex);
  std::size_t all = election.trackers.size();
  if (election.box) {
    some = election.box->trackers(*first, page);
    all = election.box->ballots();
  } else {
    for (std::size_t i = *first; i < std::min(all, *first + page); ++i) some.push_back(election.trackers[i]);
  }
  json::Writer writer;
  writer.begin_object();
  writer.key("from").integer(static_cast<std::int64_t>(*first));
  writer.key("ballots").integer(static_cast<std::int64_t>(all));
  writer.key("trackers").begin_array();
  for (const std::string& tracker : some) writer.plain_string(tracker);
  writer.end_array().end_object();
  return json_response(200, writer.take());
}

namespace {

constexpr std::string_view ballot_refused = "Ballot refused";

// What became of what was handed in; `refusal` is the title where it was refused.
Response answer_to(const Handed& handed, std::string_view refusal) {
  switch (handed.fate) {
    case Handed::Fate::accepted:
    case Handed::Fate::there: {
      json::Writer writer;
      writer.begin_object().key("tracker").string(handed.tracker).end_object();
      return json_response(handed.fate == Handed::Fate::accepted ? 201 : 200, writer.take());
    }
    case Handed::Fate::refused:
      return problem(422, "refused", refusal, handed.message);
    case Handed::Fate::closed:
      return problem(409, "closed", "Voting closed", handed.message);
    case Handed::Fate::too_many:  // handing in has no such end
    case Handed::Fate::failed:
      break;
  }
  return problem(503, "not-stored", "Ballot not stored", handed.message);
}

}  // namespace

Response Elections::spoil(Election& election, const Request& request) const {
  if (auto refused = not_open(election)) return *std::move(refused);
  const std::shared_lock lock(election.mutex);
  if (!election.box) return answer_to(without_box(election), "");
  const std::int64_t now = clock_().seconds;
  if (!opening_->by_network.allow(account::network_of(request.client), now))
    return too_many("many ballots have been opened from your network", opening_->by_network.interval());
  const Handed handed = election.box->spoil(
      request.body, [&](const std::string& credential) { return opening_->by_voter.allow(credential, now); });
  if (handed.fate == Handed::Fate::too_many) return too_many(handed.message, opening_->by_voter.interval());
  return answer_to(handed, "Opened ballot refused");
}

std::optional<Response> Elections::not_open(Election& election) const {
  const auto time = time_now(election);
  if (!time)
    return problem(503, "not-stored", "Ballot not stored", "whether the voting is open cannot be told now; try again");
  const std::string_view now = phase(election, *time);
  if (now == "open") return std::nullopt;
  if (now == "announced") {
    return problem(409, "not-open", "Not open yet",
                   fmt::format("the ballot opens at {}", charter::text((*time)->opens)));
  }
  return problem(409, "closed", "Voting closed", "the voting of this election is over");
}

Response Elections::hand_in(Election& election, const Request& request) const {
  if (auto refused = not_open(election)) return *std::move(refused);
  const std::shared_lock lock(election.mutex);
  if (!election.box) return answer_to(without_box(election), "");
  return answer_to(election.box->hand_in(request.body), ballot_refused);
}

bool Elections::take(Request& request, const Reply& reply) const {
  constexpr std::string_view ballots = "/ballots";
  std::string_view path = request.path;
  if (request.method != "POST" || !path.starts_with(calls) || !path.ends_with(ballots)) return false;
  path.remove_prefix(calls.size());
  path.remove_suffix(ballots.size());
  const auto election = path.starts_with('/') ? at(path.substr(1)) : nullptr;
  if (!election || election->giving_up || !is_surely_open(*election)) return false;
  // While the box is opened or given up, a worker may wait for that, and not whoever calls this.
  const std::shared_lock lock(election->mutex, std::try_to_lock);
  if (!lock || !election->box || election->box->finished()) return false;
  election->box->hand_in(std::move(request.body),
                         [reply](const Handed& handed) { reply(answer_to(handed, ballot_refused)); });
  return true;
}

// It was open a moment ago.
Handed Elections::without_box(const Election& election) {
  if (election.closed || election.giving_up) return {Handed::Fate::closed, "", "the voting of this election is over"};
  return {Handed::Fate::failed, "", "the ballot box is in use by another program"};
}

}  // namespace folkmoot::server

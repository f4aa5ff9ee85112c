#include "server/elections.hpp"

#include <charconv>
#include <set>

#include "election/election.hpp"
#include "record/verify_setup.hpp"
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

// Brings the records in the folder and those in the database that the nodes share together.
Status share_records(const fs::path& folder, const std::string& url) {
  std::set<std::string> uuids;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() == ".bel") uuids.insert(file.path().stem().string());
  }
  const auto database = TRY(database::open(url));
  for (std::string& uuid : TRY(service::SharedRecord::all(*database))) uuids.insert(std::move(uuid));
  for (const std::string& uuid : uuids) {
    TRY(service::SharedRecord::open(folder / (uuid + ".bel"), url, [](const record::Step&) { return Status(); }));
  }
  return {};
}

}  // namespace

Result<Elections::Election> Elections::read(const fs::path& record, const Timetable& timetable,
                                            const std::string& database) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  record::Reader reader = TRY(record::Reader::open(source));
  const record::SetupTexts texts = TRY(record::read_setup_texts(reader));
  Election election;
  election.record = record;
  election.text = texts.election;
  election.fingerprint = election::fingerprint(texts.election);
  election.voting = timetable(election.fingerprint);
  election.credentials = TRY(in("credentials", keys_of(texts.credentials)));
  while (const auto step = TRY(reader.next())) {
    if (step->event.type == EventType::ballot) election.trackers.push_back(to_base64(step->payload().hash));
  }
  const EventType last = reader.chain().last()->event.type;
  election.finished = std::make_shared<std::atomic<bool>>(last == EventType::result);
  if (election.voting && (last == EventType::setup || last == EventType::ballot)) {
    election.box = TRY(service::BallotBox::open(record, database));
    election.trackers.clear();
  } else if (!database.empty() && last != EventType::result) {
    const auto note = [finished = election.finished](const record::Step& step) -> Status {
      *finished = step.event.type == EventType::result;
      return {};
    };
    election.log = TRY(service::RecordLog::open(record, database, note));
  }
  return election;
}

Result<Elections> Elections::open(const fs::path& folder, const Timetable& timetable, Clock clock,
                                  const std::string& database) {
  Elections elections;
  elections.clock_ = std::move(clock);
  std::error_code error;
  if (!database.empty()) {
    fs::create_directories(folder, error);
    TRY(share_records(folder, database));
  }
  for (const auto& file : fs::directory_iterator(folder, error)) {
    if (file.path().extension() != ".bel") continue;
    Election election = TRY(in(file.path().string(), read(file.path(), timetable, database)));
    std::string uuid = TRY(in(file.path().string(), uuid_of(election.text)));
    const auto [first, is_new] = elections.elections_.try_emplace(std::move(uuid), std::move(election));
    if (!is_new) return fail("{} and {} are of the same election", file.path().string(), first->second.record.string());
  }
  if (error && error != std::errc::no_such_file_or_directory) return fail("{}: {}", folder.string(), error.message());
  return elections;
}

Status Elections::follow() const {
  Status all;
  for (const auto& [uuid, election] : elections_) {
    Status followed;
    if (election.box) followed = election.box->follow();
    if (election.log) followed = election.log->follow();
    if (!followed) all = std::move(followed);
  }
  return all;
}

std::string Elections::find_uuid(const std::string& fingerprint) const {
  for (const auto& [uuid, election] : elections_) {
    const auto its = service::fingerprint_in_hex(election.fingerprint);
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
  if (path.starts_with(records)) {
    path.remove_prefix(records.size());
    const auto found = path.ends_with(".bel") ? elections_.find(path.substr(0, path.size() - 4)) : elections_.end();
    if (found == elections_.end()) return not_found("there is no such record here");
    if (!is_get) return method_not_allowed("GET, HEAD");
    return file_response(found->second.record, "application/octet-stream", "no-cache");
  }
  path.remove_prefix(calls.size());
  if (path.empty()) return is_get ? list() : method_not_allowed("GET, HEAD");
  const std::size_t slash = std::min(path.find('/', 1), path.size());
  const auto found = elections_.find(path.substr(1, slash - 1));
  if (path.front() != '/' || found == elections_.end()) return not_found("there is no such election here");
  return about(found->second, path.substr(slash), request);
}

Response Elections::about(const Election& election, std::string_view what, const Request& request) const {
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

std::string_view Elections::phase(const Election& election) const {
  if (*election.finished || (election.box && election.box->finished())) return "declared";
  if (!election.box) return "closed";
  const charter::Time now = clock_();
  if (now < election.voting->opens) return "announced";
  return now < election.voting->closes ? "open" : "closed";
}

void Elections::write(json::Writer& writer, const Election& election) const {
  const std::size_t ballots = election.box ? election.box->ballots() : election.trackers.size();
  writer.key("phase").string(phase(election));
  if (election.voting) {
    writer.key("opens").string(charter::text(election.voting->opens));
    writer.key("closes").string(charter::text(election.voting->closes));
  }
  writer.key("fingerprint").string(election.fingerprint);
  writer.key("ballots").integer(static_cast<std::int64_t>(ballots));
}

Response Elections::list() const {
  json::Writer writer;
  writer.begin_array();
  for (const auto& [uuid, election] : elections_) {
    writer.begin_object();
    writer.key("uuid").string(uuid);
    write(writer, election);
    writer.end_object();
  }
  writer.end_array();
  return json_response(200, writer.take());
}

// The election is given as a text, to the byte: its fingerprint is made from it.
Response Elections::describe(const Election& election) const {
  json::Writer writer;
  writer.begin_object();
  write(writer, election);
  writer.key("election").string(election.text);
  writer.end_object();
  return json_response(200, writer.take());
}

Response Elections::list_trackers(const Election& election, std::string_view query) {
  const auto first = first_of(query);
  if (!first) return problem(400, "bad-query", "Bad query", first.error().message);
  std::vector<std::string> some;
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
    case Handed::Fate::failed:
      break;
  }
  return problem(503, "not-stored", "Ballot not stored", handed.message);
}

}  // namespace

Response Elections::spoil(const Election& election, const Request& request) const {
  if (phase(election) != "open")
    return problem(409, "closed", "Voting closed", "the voting of this election is not open");
  return answer_to(election.box->spoil(request.body), "Opened ballot refused");
}

Response Elections::hand_in(const Election& election, const Request& request) const {
  const std::string_view now = phase(election);
  if (now == "announced") {
    return problem(409, "not-open", "Not open yet",
                   fmt::format("the ballot opens at {}", charter::text(election.voting->opens)));
  }
  if (now != "open") return problem(409, "closed", "Voting closed", "the voting of this election is over");
  return answer_to(election.box->hand_in(request.body), "Ballot refused");
}

}  // namespace folkmoot::server

#include "server/elections.hpp"

#include <charconv>

#include "election/election.hpp"
#include "record/verify_setup.hpp"
#include "server/log_files.hpp"
#include "server/problem.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using record::EventType;
using service::Handed;

constexpr std::string_view records = "/elections/", calls = "/api/v1/elections";
constexpr std::size_t page = 1000;  // trackers

std::string_view stage_of(EventType last) {
  if (last == EventType::setup || last == EventType::ballot) return "open";
  return last == EventType::result ? "finished" : "closed";
}

Result<std::string> uuid_of(std::string_view election) {
  const json::Document document = TRY(json::Document::parse(election));
  return json::read_field(document.root(), "uuid", json::read_string);
}

// "from=250": the number; nothing if the query is empty; an error for anything else.
Result<std::size_t> first_of(std::string_view query) {
  constexpr std::string_view from = "from=";
  if (query.empty()) return std::size_t{0};
  std::uint32_t number = 0;
  if (query.starts_with(from)) query.remove_prefix(from.size());
  const auto [end, wrong] = std::from_chars(query.data(), query.data() + query.size(), number);
  if (wrong != std::errc() || end != query.data() + query.size()) return fail("the query is not from=NUMBER");
  return std::size_t{number};
}

Response not_found() { return problem(404, "Not found", "there is no such election here"); }

}  // namespace

Result<Elections::Election> Elections::read(const fs::path& record) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  record::Reader reader = TRY(record::Reader::open(source));
  Election election{record, TRY(record::read_setup_texts(reader)).election, "", "", nullptr, {}};
  election.fingerprint = election::fingerprint(election.text);
  while (const auto step = TRY(reader.next())) {
    if (step->event.type == EventType::ballot) election.trackers.push_back(to_base64(step->payload().hash));
  }
  election.stage = stage_of(reader.chain().last()->event.type);
  if (election.stage == "open") {
    election.box = TRY(service::BallotBox::open(record));
    election.trackers.clear();
  }
  return election;
}

Result<Elections> Elections::open(const fs::path& folder) {
  Elections elections;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(folder, error)) {
    if (file.path().extension() != ".bel") continue;
    Election election = TRY(in(file.path().string(), read(file.path())));
    std::string uuid = TRY(in(file.path().string(), uuid_of(election.text)));
    const auto [first, is_new] = elections.elections_.try_emplace(std::move(uuid), std::move(election));
    if (!is_new)
      return fail("{}: {} is a record of the same election", file.path().string(), first->second.record.string());
  }
  if (error && error != std::errc::no_such_file_or_directory) return fail("{}: {}", folder.string(), error.message());
  return elections;
}

Response Elections::answer(const Request& request) const {
  const bool is_get = request.method == "GET";
  std::string_view path = request.path;
  if (path.starts_with(records)) {
    path.remove_prefix(records.size());
    if (!path.ends_with(".bel")) return not_found();
    const auto found = elections_.find(path.substr(0, path.size() - 4));
    if (found == elections_.end()) return not_found();
    if (!is_get) return method_not_allowed("GET, HEAD");
    return file_response(found->second.record, "application/octet-stream", "no-cache");
  }
  path.remove_prefix(calls.size());
  if (path.empty()) {
    if (!is_get) return method_not_allowed("GET, HEAD");
    return list();
  }
  const std::size_t slash = std::min(path.find('/', 1), path.size());
  const auto found = elections_.find(path.substr(1, slash - 1));
  if (path.front() != '/' || found == elections_.end()) return not_found();
  const Election& election = found->second;
  if (slash == path.size()) return is_get ? describe(election) : method_not_allowed("GET, HEAD");
  if (path.substr(slash) != "/ballots") return problem(404, "Not found", "an election has /ballots, and nothing else");
  if (is_get) return list_trackers(election, request.query);
  return request.method == "POST" ? hand_in(election, request) : method_not_allowed("GET, HEAD, POST");
}

void Elections::write(json::Writer& writer, const Election& election) {
  const std::size_t ballots = election.box ? election.box->ballots() : election.trackers.size();
  writer.key("stage").string(election.stage);
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

Response Elections::describe(const Election& election) {
  json::Writer writer;
  writer.begin_object();
  write(writer, election);
  writer.key("election").raw(election.text);
  writer.end_object();
  return json_response(200, writer.take());
}

Response Elections::list_trackers(const Election& election, std::string_view query) {
  const auto first = first_of(query);
  if (!first) return problem(400, "Bad query", first.error().message);
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

Response Elections::hand_in(const Election& election, const Request& request) {
  if (!election.box) return problem(409, "Voting closed", "the voting of this election is over");
  const Handed handed = election.box->hand_in(request.body);
  switch (handed.fate) {
    case Handed::Fate::accepted:
    case Handed::Fate::there: {
      json::Writer writer;
      writer.begin_object().key("tracker").string(handed.tracker).end_object();
      return json_response(handed.fate == Handed::Fate::accepted ? 201 : 200, writer.take());
    }
    case Handed::Fate::refused:
      return problem(422, "Ballot refused", handed.message);
    case Handed::Fate::closed:
      return problem(409, "Voting closed", handed.message);
    case Handed::Fate::failed:
      break;
  }
  return problem(503, "Ballot not stored", handed.message);
}

}  // namespace folkmoot::server

// What voters, and whoever checks, ask of the elections that are here, and what they hand in.
#include <charconv>

#include "server/body.hpp"
#include "server/conditional.hpp"
#include "server/election.hpp"
#include "server/log_files.hpp"
#include "server/problem.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using service::Handed;

constexpr std::string_view records = "/elections/", calls = "/api/v1/elections";
constexpr std::size_t page = 1000;  // trackers
constexpr std::string_view ballot_refused = "Ballot refused";

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

}  // namespace

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
  if (path.starts_with(records)) return record_file(path.substr(records.size()), request);
  path.remove_prefix(calls.size());
  if (path.empty()) return is_get ? list() : method_not_allowed("GET, HEAD");
  const std::size_t slash = std::min(path.find('/', 1), path.size());
  const auto found = path.front() == '/' ? at(path.substr(1, slash - 1)) : nullptr;
  if (!found) return not_found("there is no such election here");
  return about(*found, path.substr(slash), request);
}

Response Elections::record_file(std::string_view name, const Request& request) const {
  const auto dot = std::min(name.find('.'), name.size());
  const std::string_view extension = name.substr(dot);
  const bool record = extension == ".bel";
  const bool known = record || extension == ".strict.json" || extension == ".paper.json";
  const auto found = known ? at(name.substr(0, dot)) : nullptr;
  if (!found) return not_found("there is no such record here");
  if (request.method != "GET") return method_not_allowed("GET, HEAD");
  if (record) return record_itself(*found, request);
  const std::string beside = found->record.stem().string().append(extension);
  std::error_code none;
  if (!fs::is_regular_file(fs::symlink_status(folder_ / beside, none)))
    return not_found("the record of that election is all that is here");
  return conditional_by_time(request, file_response(folder_, beside, "application/json", "no-cache"));
}

// Caches ask each time, of a finished one too: that costs two hundred bytes, and nobody is held to a file that was
// there before a backup was restored. What is declared has a name of its own for ever (log_files: published/).
Response Elections::record_itself(Election& election, const Request& request) const {
  // The last entry is an event, with the hash of all before it: so every node has the same tag for the same record.
  constexpr std::size_t last_entry = 1024;
  const std::shared_lock lock(election.mutex);
  Response whole = file_response(folder_, election.record.filename().string(), "application/octet-stream", "no-cache");
  auto* file = std::get_if<FilePart>(&whole.body);
  if (!file) return whole;
  // What is being written may be cut away again. So whatever has been sent stays true, and a range goes on from it.
  if (election.box || election.log) file->size = std::min(file->size, election.seen->size());
  file->size = std::min(file->size, election.settled.load());
  const auto tag = tag_by_end(*file, last_entry);
  return tag ? conditional(request, std::move(whole), *tag) : text_response(500, "the record cannot be read\n");
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

Status Elections::write(json::Writer& writer, Election& election) const {
  const Time time = TRY(time_known(election));
  writer.key("phase").string(phase(election, time));
  if (time && !time->annulled) {
    writer.key("opens").string(charter::text(time->opens));
    writer.key("closes").string(charter::text(time->closes));
  }
  writer.key("fingerprint").string(election.fingerprint);
  writer.key("ballots").integer(static_cast<std::int64_t>(election.seen->ballots()));
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
  const std::vector<std::string> some = election.seen->trackers(*first, page);
  json::Writer writer;
  writer.begin_object();
  writer.key("from").integer(static_cast<std::int64_t>(*first));
  writer.key("ballots").integer(static_cast<std::int64_t>(election.seen->ballots()));
  writer.key("trackers").begin_array();
  for (const std::string& tracker : some) writer.plain_string(tracker);
  writer.end_array().end_object();
  return json_response(200, writer.take());
}

// What became of what was handed in; `refusal` is the title where it was refused.
Response Elections::answer_to(Election& election, const Handed& handed, std::string_view refusal) {
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
  const std::scoped_lock lock(election.failure_mutex);
  election.failure = handed.message;
  return problem(503, "not-stored", "Ballot not stored", "it could not be stored now; hand it in again");
}

Response Elections::spoil(Election& election, const Request& request) const {
  if (auto refused = not_open(election)) return *std::move(refused);
  const std::shared_lock lock(election.mutex);
  if (!election.box) return answer_to(election, without_box(election), "");
  const std::int64_t now = clock_().seconds;
  if (!opening_->by_network.allow(account::network_of(request.client), now))
    return too_many("many ballots have been opened from your network", opening_->by_network.interval());
  const Handed handed = election.box->spoil(
      request.body, [&](const std::string& credential) { return opening_->by_voter.allow(credential, now); });
  if (handed.fate == Handed::Fate::too_many) return too_many(handed.message, opening_->by_voter.interval());
  return answer_to(election, handed, "Opened ballot refused");
}

std::optional<Response> Elections::not_open(Election& election) const {
  const auto time = time_now(election);
  if (!time)
    return problem(503, "not-stored", "Ballot not stored", "whether the voting is open cannot be told now; try again");
  const std::string_view now = phase(election, *time);
  if (now == "open") return std::nullopt;
  if (now == "announced") {
    return problem(409, "not-open", "Not open yet",
                   *time ? fmt::format("the ballot opens at {}", charter::text((*time)->opens))
                         : std::string("the ballot has not been opened"));
  }
  return problem(409, "closed", "Voting closed", "the voting of this election is over");
}

Response Elections::hand_in(Election& election, const Request& request) const {
  if (auto refused = not_open(election)) return *std::move(refused);
  const std::shared_lock lock(election.mutex);
  if (!election.box) return answer_to(election, without_box(election), "");
  return answer_to(election, election.box->hand_in(request.body), ballot_refused);
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
  if (!lock || !election->box || election->seen->finished()) return false;
  election->box->hand_in(std::move(request.body), [reply, &its = *election](const Handed& handed) {
    reply(answer_to(its, handed, ballot_refused));
  });
  return true;
}

// It was open a moment ago.
Handed Elections::without_box(const Election& election) {
  if (election.seen->closed() || election.giving_up)
    return {Handed::Fate::closed, "", "the voting of this election is over"};
  return {Handed::Fate::failed, "", "the ballot box is in use by another program"};
}

}  // namespace folkmoot::server

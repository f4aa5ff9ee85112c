#include "server/tally.hpp"

#include <algorithm>
#include <array>

#include "charter/standing.hpp"
#include "service/poll.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using record::EventType;
using service::TallyState;

constexpr std::string_view calls = "/api/v1/elections/";
constexpr std::chrono::minutes a_while(1);

bool may_shuffle(const TallyState& state) {
  return state.shuffles && (state.last == EventType::encrypted_tally || state.last == EventType::shuffle);
}
bool may_decrypt(const TallyState& state) {
  return state.last == EventType::end_shuffles || state.last == EventType::partial_decryption ||
         (state.last == EventType::encrypted_tally && !state.shuffles);
}

// "open", "closed" (and the record not yet), "shuffling", "decrypting" or "result".
std::string_view phase(const TallyState& state, bool over) {
  if (state.last == EventType::result) return "result";
  if (may_shuffle(state)) return "shuffling";
  if (may_decrypt(state)) return "decrypting";
  return over ? "closed" : "open";
}

Response not_found(std::string_view what) { return problem(404, "not-found", "Not found", what); }
Response not_now(std::string_view detail) { return problem(409, "not-now", "Not now", detail); }
Response not_read(const Error&) {
  return problem(503, "unavailable", "Not available", "the record or the ledger cannot be read now");
}

// What is wrong, without where this server keeps the record.
std::string told(const Error& error, const fs::path& record) {
  const std::string folder = record.parent_path().string() + "/";
  std::string message = error.message;
  for (std::size_t at = message.find(folder); at != std::string::npos; at = message.find(folder, at)) {
    message.erase(at, folder.size());
  }
  return message;
}

}  // namespace

// A step of the returning officer's.
struct TallyCalls::Step {
  std::string_view path;
  bool (*is_done)(const TallyState&);
  // What has to come first; empty if it can be done.
  std::string_view (*lacks)(const TallyState&, bool over);
  Status (*take)(const fs::path& record);
};

const std::vector<TallyCalls::Step>& TallyCalls::steps() {
  static const std::vector<Step> steps{
      {"/close", [](const TallyState& state) { return state.last >= EventType::encrypted_tally; },
       [](const TallyState&, bool over) -> std::string_view { return over ? "" : "the time to vote is not over"; },
       [](const fs::path& record) -> Status {
         TRY(service::close_voting(record));
         return {};
       }},
      {"/shuffles/end", [](const TallyState& state) { return state.shuffles && state.last >= EventType::end_shuffles; },
       [](const TallyState& state, bool) -> std::string_view {
         return state.last == EventType::shuffle ? "" : "no trustee has shuffled, or nothing is to be shuffled";
       },
       [](const fs::path& record) { return service::end_shuffles(record); }},
      {"/result", [](const TallyState& state) { return state.last == EventType::result; },
       [](const TallyState& state, bool) -> std::string_view {
         const bool enough = may_decrypt(state) && state.decrypted() >= state.needed;
         return enough ? "" : "partial decryptions of trustees are missing";
       },
       [](const fs::path& record) -> Status {
         TRY(service::publish_result(record));
         return {};
       }},
  };
  return steps;
}

std::vector<std::string> TallyCalls::routes() {
  std::vector<std::string> routes{"GET /api/v1/elections/{}/tally", "POST /api/v1/elections/{}/shuffles",
                                  "POST /api/v1/elections/{}/decryptions", "POST /api/v1/elections/{}/declaration"};
  for (const Step& step : steps()) routes.push_back(fmt::format("POST /api/v1/elections/{{}}{}", step.path));
  return routes;
}

std::optional<Response> TallyCalls::answer(const Request& request) const {
  std::string_view path = request.path;
  if (!path.starts_with(calls)) return std::nullopt;
  path.remove_prefix(calls.size());
  const std::string_view uuid = path.substr(0, path.find('/')), what = path.substr(uuid.size());
  const auto step = std::ranges::find(steps(), what, &Step::path);
  constexpr std::array<std::string_view, 3> posted{"/shuffles", "/decryptions", "/declaration"};
  const bool is_get = what == "/tally";
  if (!is_get && step == steps().end() && std::ranges::find(posted, what) == posted.end()) return std::nullopt;
  if (request.method != (is_get ? "GET" : "POST")) return method_not_allowed(is_get ? "GET, HEAD" : "POST");
  const auto election = elections_.find(uuid);
  if (!election) return not_found("there is no such election here");
  if (is_get) return describe(*election);
  if (step != steps().end()) return take_step(*election, *step, request);
  if (what == "/declaration") return declare(*election, request);
  return collect(*election, what == "/shuffles", request);
}

Response TallyCalls::describe(const Known& election) const {
  const auto state = elections_.tally(election.uuid);
  if (!state) return not_read(state.error());
  const auto acted = roles_.opened(election.fingerprint);
  if (!acted) return not_read(acted.error());
  const auto seats = ceremonies_.seats_of(state->structure, state->trustees.size());
  if (!seats) return not_read(seats.error());
  const bool declared = *acted && (*acted)->stage == "declared";
  json::Writer writer;
  writer.begin_object();
  writer.key("phase").string(declared ? "declared" : phase(*state, election.over));
  writer.key("election").string(*acted ? (*acted)->id : "");
  writer.key("group").string(state->group);
  writer.key("strict").boolean(state->strict);
  writer.key("trustees").begin_array();
  for (std::size_t i = 0; i < state->trustees.size(); ++i) {
    const TallyState::Trustee& trustee = state->trustees[i];
    const Ceremonies::Seat& seat = (*seats)[i];
    writer.begin_object();
    writer.key("number").integer(static_cast<std::int64_t>(i + 1));
    writer.key("member").string(seat.member);
    writer.key("name").string(seat.name);
    writer.key("threshold").boolean(trustee.threshold);
    writer.key("shuffled").boolean(trustee.shuffled);
    writer.key("decrypted").boolean(trustee.decrypted);
    writer.key("decryption_key").string(seat.decryption_key);
    writer.end_object();
  }
  writer.end_array();
  writer.key("needed").integer(state->needed);
  writer.key("shuffles").integer(state->shuffled());
  writer.key("decryptions").integer(state->decrypted());
  writer.end_object();
  return json_response(200, writer.take());
}

Response TallyCalls::take_step(const Known& election, const Step& step, const Request& request) const {
  const auto acted = roles_.opened(election.fingerprint);
  if (!acted) return not_read(acted.error());
  if (auto officer = roles_.officer_of(*acted, request); !officer) return std::move(officer).error();
  const auto before = elections_.tally(election.uuid);
  if (!before) return not_read(before.error());
  if (step.is_done(*before)) return describe(election);
  if (const auto lacks = step.lacks(*before, election.over); !lacks.empty()) return not_now(lacks);
  const Status taken = elections_.step(election.uuid, step.take);
  // Somebody else may have taken it meanwhile.
  const auto after = elections_.tally(election.uuid);
  if (taken || (after && step.is_done(*after))) return describe(election);
  return not_now(told(taken.error(), election.record));
}

Response TallyCalls::collect(const Known& election, bool shuffle, const Request& request) const {
  const auto acted = roles_.opened(election.fingerprint);
  if (!acted) return not_read(acted.error());
  if (auto trustee = roles_.trustee_of(*acted, request); !trustee) return std::move(trustee).error();
  const auto before = elections_.tally(election.uuid);
  if (!before) return not_read(before.error());
  if (!before->is_closed()) return not_now("the voting is not closed");
  // Canonical JSON begins with its first field. Otherwise one would be taken for the other in a later phase.
  if (!request.body.starts_with(shuffle ? R"({"ciphertexts":)" : R"({"decryption_factors":)")) {
    return problem(422, "refused", "Refused", shuffle ? "that is no shuffle" : "that is no partial decryption");
  }
  service::Collected collected;
  bool due = false;
  const Status taken = elections_.step(election.uuid, [&](const fs::path& record) -> Status {
    const TallyState state = TRY(service::tally_state(record, service::Course::all));
    due = shuffle ? may_shuffle(state) : may_decrypt(state);
    collected = TRY(service::collect_text(record, request.body));
    return {};
  });
  if (!taken && !due)
    return not_now(shuffle ? "no shuffle is due" : "no decryption is due: shuffling has to end first");
  if (!taken) return problem(422, "refused", "Refused", told(taken.error(), election.record));
  json::Writer writer;
  writer.begin_object().key("trustee").integer(collected.trustee).end_object();
  return json_response(collected.was_there ? 200 : 201, writer.take());
}

Response TallyCalls::declare(const Known& election, const Request& request) const {
  const auto acted = roles_.opened(election.fingerprint);
  if (!acted) return not_read(acted.error());
  if (auto officer = roles_.officer_of(*acted, request); !officer) return std::move(officer).error();
  const auto state = elections_.tally(election.uuid);
  if (!state) return not_read(state.error());
  if (state->last != EventType::result) return not_now("the result is not in the record yet");
  std::optional<audit::Poll> poll;
  const Status looked = roles_.look([&](const charter::State& acts, const PublicNames&) {
    const bool declared = charter::get(acts.elections, (*acted)->id).stage == "declared";
    if (!declared) poll = audit::poll_of(acts, (*acted)->id, roles_.now());
  });
  if (!looked) return not_read(looked.error());
  if (!poll) return not_now("the result has been declared");
  Status published;
  const auto publish = [&](std::string_view bytes) {
    auto name = publish_(bytes);
    if (!name) published = Failure(name.error());
    return name;
  };
  const auto fields = service::declaration_of(*poll, election.record, publish);
  if (!published) return not_read(published.error());
  if (!fields) return problem(409, "not-good", "Record not good", told(fields.error(), election.record));
  return json_response(200, json::to_text(*fields));
}

Status TallyCalls::close_what_is_over() {
  const std::scoped_lock lock(mutex_);
  Status all;
  for (const Known& election : elections_.all()) {
    const auto failed = failed_.find(election.uuid);
    const bool lately = failed != failed_.end() && Moment::clock::now() < failed->second + a_while;
    if (!election.over || election.ballots == 0 || lately) continue;
    if (Status closed = close(election); !closed) all = std::move(closed);
  }
  return all;
}

Status TallyCalls::close(const Known& election) {
  const TallyState before = TRY(in(election.uuid, elections_.tally(election.uuid)));
  if (before.last >= EventType::encrypted_tally) return {};
  const auto acted = TRY(roles_.opened(election.fingerprint));
  if (!acted || acted->stage != "closed") return {};
  const Status closed = elections_.step(election.uuid, [](const fs::path& record) -> Status {
    const TallyState state = TRY(service::tally_state(record, service::Course::all));
    if (state.last < EventType::encrypted_tally) TRY(service::close_voting(record));
    return {};
  });
  if (!closed) failed_[election.uuid] = Moment::clock::now();
  return closed;
}

}  // namespace folkmoot::server

#include "server/new_election.hpp"

#include <algorithm>

#include "charter/standing.hpp"
#include "record/verify_setup.hpp"
#include "server/body.hpp"
#include "service/poll.hpp"
#include "service/scratch_folder.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using service::BallotPaper;

constexpr std::string_view calls = "/api/v1/elections", drafts = "/api/v1/elections/draft";

Response not_now(std::string_view detail) { return problem(409, "not-now", "Not now", detail); }

// What credentials weigh together: the weight follows a comma, and is 1 if it is not there (specification,
// section 4.3).
Result<std::int64_t> weight_of(const std::vector<std::string>& credentials) {
  std::int64_t weight = 0;
  for (const std::string& credential : credentials) {
    const auto comma = credential.find(',');
    if (comma == std::string::npos) {
      ++weight;
      continue;
    }
    const json::Document document = TRY(json::Document::parse(std::string_view(credential).substr(comma + 1)));
    weight += TRY(in("credentials", document.root().integer(1, 1'000'000'000)));
  }
  return weight;
}

// That a paper asks what the charter calls for. Names may be spelt otherwise, and fewer preferences be asked for.
Status expect_same(const BallotPaper& paper, const BallotPaper& wanted) {
  if (paper.contests.size() != 1)
    return fail("the paper has {} contests: the charter calls for one", paper.contests.size());
  const service::Contest& contest = paper.contests.front();
  const service::Contest& call = wanted.contests.front();
  if (contest.kind != call.kind) return fail("the charter calls for another kind of question");
  if (contest.candidates.size() != call.candidates.size()) {
    return fail("the paper has {} answers, and the charter calls for {}", contest.candidates.size(),
                call.candidates.size());
  }
  if (contest.rule != call.rule || contest.seats != call.seats) {
    return fail("the paper is counted by \"{}\" for {}, and the charter calls for \"{}\" for {}", contest.rule,
                contest.seats, call.rule, call.seats);
  }
  if (contest.kind == service::Contest::Kind::choice && contest.max != call.max) {
    return fail("the paper lets {} answers be chosen, and the charter {}", contest.max, call.max);
  }
  return {};
}

// The hashes of a record's election, trustees and credentials, as its setup has them.
Result<std::string> setup_of(const fs::path& record) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  record::Reader reader = TRY(record::Reader::open(source));
  return TRY(record::read_setup_texts(reader)).setup_data;
}

// The paper that the charter calls for, as the acts are now; names as they are public, references where they are not.
Result<BallotPaper> called_for(const Roles& roles, const std::string& election, const std::string& question) {
  Result<BallotPaper> paper = fail("the ledger cannot be read");
  TRY(roles.look([&](const charter::State& state, const PublicNames& names) {
    const auto name = [&](const std::string& member) {
      const auto found = names.find(member);
      return found == names.end() ? member : found->second;
    };
    paper = service::paper_for(state, election, question, name, roles.now());
  }));
  return paper;
}

}  // namespace

struct NewElection::Asked {
  std::string election;
  BallotPaper paper;
  std::string ceremony;  // id
  std::vector<std::string> credentials;
};

std::vector<std::string> NewElection::routes() { return {"POST /api/v1/elections", "POST /api/v1/elections/draft"}; }

std::optional<Response> NewElection::answer(const Request& request) {
  if (request.path == drafts) return request.method == "POST" ? draft(request) : method_not_allowed("POST");
  if (request.path == calls && request.method == "POST") return make(request);
  return std::nullopt;
}

Response NewElection::draft(const Request& request) const {
  struct Wanted {
    std::string election, question, group;
  };
  const auto read = [](const Body& body) -> Result<Wanted> {
    Wanted wanted;
    wanted.election = TRY(body.string("election"));
    wanted.question = TRY(body.string("question"));
    wanted.group = TRY(body.string("group"));
    return wanted;
  };
  const auto wanted = read_body(request, {"election", "question", "group"}, read);
  if (!wanted) return bad_body(wanted.error());
  const auto acted = roles_.election(wanted->election);
  if (!acted) return unavailable();
  if (auto officer = roles_.officer_of(*acted, request); !officer) return std::move(officer).error();
  if ((*acted)->stage != "frozen") return not_now("the electorate is not frozen, or the ballot has been opened");
  auto paper = called_for(roles_, wanted->election, wanted->question);
  if (paper) paper = service::draft(*std::move(paper), wanted->group, secret::Random::system());
  if (!paper) return problem(422, "refused", "Refused", paper.error().message);
  return json_response(201, json::to_text(*paper));
}

Result<NewElection::Asked> NewElection::read(const Request& request) {
  const auto texts = [](json::Value value) { return json::read_array(value, json::read_string); };
  return read_body(request, {"election", "paper", "ceremony", "credentials"}, [&](const Body& body) -> Result<Asked> {
    Asked asked;
    asked.election = TRY(body.string("election"));
    const json::Value paper = TRY(body.value("paper"));
    const std::string text = TRY(paper.text());
    asked.paper = TRY(in("paper", service::read_ballot_paper(text)));
    const json::Value credentials = TRY(body.value("credentials"));
    asked.credentials = TRY(in("credentials", texts(credentials)));
    asked.ceremony = TRY(body.string("ceremony"));
    return asked;
  });
}

service::Answer<Ceremonies::Made> NewElection::check(const Asked& asked) const {
  using Refused = Result<Ceremonies::Made>;
  const auto acted = TRY(roles_.election(asked.election));
  if (asked.paper.contests.empty() || asked.paper.uuid.empty()) return Refused(fail("the ballot paper is not drafted"));
  const BallotPaper wanted = TRY(called_for(roles_, asked.election, asked.paper.contests.front().question));
  if (const Status same = expect_same(asked.paper, wanted); !same) return Refused(Failure(same.error()));
  const auto voters = static_cast<std::int64_t>(asked.credentials.size());
  if (voters != acted->electors) return Refused(fail("{} credentials for {} electors", voters, acted->electors));
  const auto weight = weight_of(asked.credentials);
  if (!weight) return Refused(Failure(weight.error()));
  if (*weight != acted->weight) {
    return Refused(fail("the credentials weigh {} together, and the electors {}", *weight, acted->weight));
  }
  auto made = TRY(ceremonies_.made(asked.ceremony));
  if (!made) return Refused(fail("there is no such ceremony, or it has not made its key yet"));
  for (const std::string& member : made->members) {
    if (!charter::contains(acted->trustees, member)) {
      return Refused(fail("{} took part in the ceremony, and is no trustee of {}", member, asked.election));
    }
  }
  if (made->members.size() != acted->trustees.size()) {
    return Refused(
        fail("{} trustees made the key, and {} are appointed", made->members.size(), acted->trustees.size()));
  }
  std::int64_t least = 0;
  TRY(roles_.look([&](const charter::State& state, const PublicNames&) {
    least = state.charter_of(charter::get(state.elections, asked.election).charter).elections.threshold;
  }));
  if (made->needed < least) {
    return Refused(fail("{} trustees could decrypt, and the charter wants {}", made->needed, least));
  }
  return Refused(*std::move(made));
}

Response NewElection::make(const Request& request) {
  const auto asked = read(request);
  if (!asked) return bad_body(asked.error());
  const auto acted = roles_.election(asked->election);
  if (!acted) return unavailable();
  if (auto officer = roles_.officer_of(*acted, request); !officer) return std::move(officer).error();
  if ((*acted)->stage != "frozen") return not_now("the electorate is not frozen, or the ballot has been opened");
  const auto refuse = [](std::string_view why) { return problem(422, "refused", "Refused", why); };
  const auto ceremony = check(*asked);
  if (!ceremony) return unavailable();
  if (!*ceremony) return refuse(ceremony->error().message);

  const std::scoped_lock lock(mutex_);
  auto scratch = service::ScratchFolder::make();
  if (!scratch) return unavailable();
  json::Writer credentials;
  credentials.begin_array();
  for (const std::string& credential : asked->credentials) credentials.string(credential);
  credentials.end_array();
  const auto opened = [&]() -> Result<service::OpenedElection> {
    const auto trustees = TRY(service::assemble_trustees(asked->paper.group, {(*ceremony)->threshold}));
    return service::open_election(asked->paper, trustees, credentials.take(), scratch->path());
  }();
  if (!opened) return refuse(opened.error().message);

  const std::string& uuid = asked->paper.uuid;
  const auto fingerprint = service::fingerprint_in_hex(opened->fingerprint);
  if (!fingerprint) return unavailable();
  bool used = false;
  const Status looked = roles_.look([&](const charter::State& state, const PublicNames&) {
    used = std::ranges::any_of(state.elections,
                               [&](const auto& other) { return other.second.fingerprint == *fingerprint; });
  });
  if (!looked) return unavailable();
  if (used) return problem(409, "there", "There already", "another election has been opened with that record");
  const auto there = elections_.find(uuid);
  if (there) {
    const auto made = setup_of(opened->record), kept = setup_of(there->record);
    if (!made || !kept) return unavailable();
    if (*made != *kept) {
      return problem(409, "there", "There already", "an election with that uuid is there, and it is another one");
    }
  }
  const auto keep = [&]() -> Status {
    if (there) return {};
    TRY(service::write_file(fs::path(opened->record).replace_extension(".paper.json"), json::to_text(asked->paper)));
    return elections_.add(opened->record);
  };
  if (!keep()) return unavailable();
  json::Writer writer;
  writer.begin_object().key("uuid").string(uuid).key("fingerprint").string(*fingerprint).end_object();
  return json_response(there ? 200 : 201, writer.take());
}

}  // namespace folkmoot::server

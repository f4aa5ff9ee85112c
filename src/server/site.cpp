#include "server/site.hpp"

#include "server/description.hpp"
#include "server/log_files.hpp"
#include "server/problem.hpp"
#include "service/poll.hpp"
#include "service/published.hpp"
#include "service/site.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;

// Part of a site, below a path.
Request below(std::string_view prefix, const Request& request) {
  Request rest = request;
  rest.path = request.path.substr(prefix.size());
  return rest;
}

// Keeps the bytes beside the ledger; in the database, too, if nodes share one.
Result<std::string> publish(const fs::path& folder, const std::string& url, std::string_view bytes) {
  std::string name = TRY(service::keep_published(folder, bytes));
  if (url.empty()) return name;
  const auto database = TRY(database::open(url));
  TRY(service::share_published(*database, name, bytes));
  return name;
}

}  // namespace

// The calls by which elections are made and run.
struct Site::ElectionCalls {
  ElectionCalls(service::Accounts& accounts, OrganisationReader& organisation, const Elections& elections,
                const Clock& clock, const fs::path& public_folder, const std::string& database)
      : door(accounts, [clock] { return clock().seconds; }),
        roles(door, organisation, clock),
        ceremonies(public_folder / "ceremonies", database, roles),
        tally(elections, roles, ceremonies,
              [=](std::string_view bytes) { return publish(public_folder / "published", database, bytes); }),
        new_election(elections, roles, ceremonies) {}
  std::optional<Response> answer(const Request& request) {
    if (auto answer = tally.answer(request)) return answer;
    if (auto answer = ceremonies.answer(request)) return answer;
    return new_election.answer(request);
  }
  Door door;
  Roles roles;
  Ceremonies ceremonies;
  TallyCalls tally;
  NewElection new_election;
};

Site::Site(fs::path folder, Options options, About about, Clock clock)
    : folder_(std::move(folder)),
      options_(std::move(options)),
      about_(std::move(about)),
      clock_(std::move(clock)),
      ledger_(log_files(about_.public_folder)),
      observed_([this](const Request& request) { return find_answer(request); }, Routes(routes()),
                [this](std::string_view line) {
                  if (options_.log) options_.log(line);
                }) {}

Site::~Site() = default;

Result<std::unique_ptr<Site>> Site::open(const fs::path& folder, Options options, Clock clock) {
  const service::Settings settings = TRY(service::read_settings(folder));
  if (options.example) clock = options.example->clock(std::move(clock));
  std::unique_ptr<Site> site(
      new Site(folder, std::move(options), About{"", folder / "public", settings.database}, std::move(clock)));
  Site& its = *site;
  its.clerk_ = TRY(service::Clerk::open(
      folder, {its.clock_, [&its](std::string_view message) { its.observed_.say("ledger", message); }}));
  its.about_.name = TRY(its.clerk_->look([](const auto& organisation) { return organisation.state().charter().name; }));
  its.organisation_ = TRY(OrganisationReader::open(folder, its.clock_));
  const auto timetable = [&its](const std::string& fingerprint) { return its.voting_time(fingerprint); };
  its.elections_ =
      TRY(Elections::open(its.about_.public_folder / "elections", timetable, its.clock_, its.about_.database));
  if (!its.options_.pages.empty()) its.pages_ = TRY(Pages::open(its.options_.pages));
  return site;
}

Result<std::optional<VotingTime>> Site::voting_time(const std::string& fingerprint) const {
  const std::string hexadecimal = TRY(service::fingerprint_in_hex(fingerprint));
  return clerk_->look([&](const service::Organisation& organisation) -> std::optional<VotingTime> {
    for (const auto& [id, election] : organisation.state().elections) {
      if (election.fingerprint == hexadecimal)
        return VotingTime{election.opened, election.closes, election.stage == "annulled"};
    }
    return std::nullopt;
  });
}

std::vector<std::string> Site::posts_of(const std::string& member) const {
  const auto find = [&](const service::Organisation& organisation) {
    std::vector<std::string> posts;
    for (const auto& [id, seat] : organisation.state().seats) {
      if (seat.holder == member) posts.push_back(seat.post);
    }
    return posts;
  };
  return clerk_->look(find).value_or(std::vector<std::string>());
}

Status Site::start(const std::string& url) {
  const auto clock = [this] { return clock_().seconds; };
  secret::Random& random = secret::Random::system();
  const service::Settings settings = TRY(service::read_settings(folder_));
  const service::Site site = TRY(in("settings.toml", service::site_of(settings, about_.name, url)));
  auto transport = TRY(in("settings.toml", service::transport_of(folder_, settings)));
  auto key = TRY(service::sealing_key(folder_, random));
  provider_ = TRY(in("settings.toml", service::provider_of(folder_, settings, site)));
  const std::string database = service::database_url(folder_, settings);
  post_office_ = std::make_unique<service::PostOffice>(database, site, std::move(transport), clock, random);
  accounts_ = std::make_unique<service::Accounts>(database, site, std::move(key), random);
  const auto posts = [this](const std::string& member) { return posts_of(member); };
  account_calls_ = std::make_unique<AccountCalls>(
      *accounts_,
      AccountCalls::Needs{clock, posts, [this] { post_office_->wake(); }, provider_.get(),
                          [this](std::string_view message) { observed_.say("provider", message); },
                          options_.example.has_value()},
      random);
  const auto uuid = [this](const std::string& fingerprint) { return elections_->find_uuid(fingerprint); };
  act_calls_ = std::make_unique<ActCalls>(*clerk_, *accounts_, database, uuid, random);
  post_office_->start([this](std::string_view message) { observed_.say("mail", message); });
  election_calls_ = std::make_unique<ElectionCalls>(*accounts_, *organisation_, *elections_, clock_,
                                                    about_.public_folder, about_.database);
  TRY(election_calls_->ceremonies.follow());
  if (options_.example) {
    example_calls_.emplace(*options_.example, election_calls_->door, *account_calls_, clock_,
                           [this] { return settle(); });
  }
  follower_.emplace([this] { return follow(); },
                    [this](std::string_view message) { observed_.say("elections", message); });
  closer_.emplace([this] { return close_what_is_over(); },
                  [this](std::string_view message) { observed_.say("closing", message); });
  return {};
}

Status Site::settle() {
  TRY(clerk_->settle());
  TRY(follow());
  return close_what_is_over();
}

Status Site::follow() {
  Status all;
  const auto note = [&](Status status) {
    if (!status) all = std::move(status);
  };
  note(elections_->stored());
  if (elections_->are_shared()) note(elections_->follow());
  note(elections_->look_again());
  note(election_calls_->ceremonies.follow());
  return all;
}

Status Site::close_what_is_over() { return election_calls_->tally.close_what_is_over(); }

Response Site::answer(const Request& request) {
  if (request.path != "/metrics") return observed_.answer(options_.behind_proxy ? behind_proxy(request) : request);
  Response response = text_response(200, metrics());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

bool Site::take(Request& request, const Reply& reply) {
  if (request.method != "POST" || !request.path.starts_with("/api/v1/elections/")) return false;
  const auto elections = [this](Request& ballot, const Reply& told) { return elections_->take(ballot, told); };
  return observed_.take(elections, request, reply);
}

std::size_t Site::longest_body(const Request& head) const {
  constexpr std::size_t longest = std::size_t{256} << 20;  // a shuffle of some 100,000 ballots
  return head.method == "POST" && election_calls_ && sends_much(head) ? longest : 0;
}

bool Site::sends_much(const Request& head) const {
  constexpr std::string_view of_one = "/api/v1/elections/";
  const Roles& roles = election_calls_->roles;
  std::string_view path = head.path;
  if (path == "/api/v1/elections") return roles.officer(head).has_value();
  if (!path.starts_with(of_one) || !(path.ends_with("/shuffles") || path.ends_with("/decryptions"))) return false;
  path.remove_prefix(of_one.size());
  const auto election = elections_->find(path.substr(0, path.find('/')));
  const auto acted = election ? roles.opened(election->fingerprint) : std::nullopt;
  return acted && roles.trustee_of(*acted, head).has_value();
}

Response Site::find_answer(const Request& request) {
  const std::string_view path = request.path;
  if (path.starts_with("/ledger/")) return ledger_(below("/ledger", request));
  if (election_calls_) {
    if (auto answer = election_calls_->answer(request)) return *std::move(answer);
  }
  if (path.starts_with("/elections/") || path.starts_with("/api/v1/elections")) return elections_->answer(request);
  if (OrganisationReader::is_for(path)) return organisation_->answer(request);
  if (path == "/api/openapi.json") return request.method == "GET" ? description() : method_not_allowed("GET, HEAD");
  if (path.starts_with("/api/")) {
    auto answer = account_calls_->answer(request);
    if (!answer) answer = act_calls_->answer(request);
    if (!answer && example_calls_) answer = example_calls_->answer(request);
    return answer ? *std::move(answer) : problem(404, "not-found", "Not found", "there is no such call");
  }
  if (path == "/health") return text_response(200, "ok\n");
  return pages_ ? pages_->answer(request) : text_response(404, "not found\n");
}

std::string Site::metrics() const {
  using mail::Fate;
  std::string text = observed_.metrics() +
                     "# HELP folkmoot_letters_total Letters by what became of them; waiting: tries that did not "
                     "succeed.\n# TYPE folkmoot_letters_total counter\n";
  for (const Fate fate : {Fate::waiting, Fate::delivered, Fate::failed, Fate::unknown, Fate::unwanted}) {
    text += fmt::format("folkmoot_letters_total{{fate=\"{}\"}} {}\n", mail::name_of(fate), post_office_->count(fate));
  }
  return text;
}

}  // namespace folkmoot::server

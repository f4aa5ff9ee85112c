#include "server/site.hpp"

#include <ctime>

#include "server/description.hpp"
#include "server/log_files.hpp"
#include "server/problem.hpp"
#include "service/organisation.hpp"
#include "service/poll.hpp"
#include "service/site.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;

// When the acts let people vote in the elections that have been opened, by the fingerprints that the acts name.
Timetable timetable_of(const charter::State& state) {
  std::map<std::string, VotingTime> times;
  for (const auto& [id, election] : state.elections) {
    if (!election.fingerprint.empty()) times[election.fingerprint] = {election.opened, election.closes};
  }
  return [times = std::move(times)](const std::string& fingerprint) -> std::optional<VotingTime> {
    const auto hexadecimal = service::fingerprint_in_hex(fingerprint);
    const auto found = hexadecimal ? times.find(*hexadecimal) : times.end();
    return found == times.end() ? std::nullopt : std::optional(found->second);
  };
}

std::map<std::string, std::vector<std::string>> posts_of(const charter::State& state) {
  std::map<std::string, std::vector<std::string>> posts;
  for (const auto& [id, seat] : state.seats) {
    if (!seat.holder.empty()) posts[seat.holder].push_back(seat.post);
  }
  return posts;
}

// Part of a site, below a path.
Request below(std::string_view prefix, const Request& request) {
  Request rest = request;
  rest.path = request.path.substr(prefix.size());
  return rest;
}

}  // namespace

Site::Site(fs::path folder, Options options, About about)
    : folder_(std::move(folder)),
      options_(std::move(options)),
      about_(std::move(about)),
      ledger_(log_files(about_.public_folder)),
      observed_([this](const Request& request) { return find_answer(request); }, Routes(routes()),
                [this](std::string_view line) {
                  if (options_.log) options_.log(line);
                }) {}

Site::~Site() = default;

Result<Site::About> Site::read(const fs::path& folder, charter::Time now, Status& published) {
  const auto organisation = TRY(service::Organisation::open(folder));
  const charter::State& state = organisation->state();
  if (state.charters.empty()) return fail("{}: the organisation has not been founded", folder.string());
  TRY(organisation->settle(now));
  const auto checkpoint = organisation->publish();
  if (!checkpoint) published = Failure(checkpoint.error());
  const service::Settings settings = TRY(service::read_settings(folder));
  return About{state.charter().name, organisation->public_folder(), timetable_of(state), posts_of(state),
               settings.database};
}

Result<std::unique_ptr<Site>> Site::open(const fs::path& folder, Options options, Clock clock) {
  Status published;
  About about = TRY(read(folder, clock(), published));
  std::unique_ptr<Site> site(new Site(folder, std::move(options), std::move(about)));
  // What has just become due is on disk; that witnesses cannot be reached is no reason to serve nothing.
  if (!published) site->observed_.say("ledger", published.error().message);
  const About& its = site->about_;
  site->elections_ = TRY(Elections::open(its.public_folder / "elections", its.timetable, clock, its.database));
  site->organisation_ = TRY(OrganisationReader::open(folder, clock));
  if (!site->options_.pages.empty()) site->pages_ = TRY(Pages::open(site->options_.pages));
  return site;
}

Status Site::start(const std::string& url) {
  const auto clock = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
  secret::Random& random = secret::Random::system();
  const service::Settings settings = TRY(service::read_settings(folder_));
  const service::Site site = TRY(in("settings.toml", service::site_of(settings, about_.name, url)));
  auto transport = TRY(in("settings.toml", service::transport_of(folder_, settings)));
  auto key = TRY(service::sealing_key(folder_, random));
  const std::string database = service::database_url(folder_, settings);
  post_office_ = std::make_unique<service::PostOffice>(database, site, std::move(transport), clock, random);
  accounts_ = std::make_unique<service::Accounts>(database, site, std::move(key), random);
  const auto posts = [this](const std::string& member) {
    const auto found = about_.posts.find(member);
    return found == about_.posts.end() ? std::vector<std::string>() : found->second;
  };
  account_calls_ = std::make_unique<AccountCalls>(
      *accounts_, AccountCalls::Needs{clock, posts, [this] { post_office_->wake(); }}, random);
  post_office_->start([this](std::string_view message) { observed_.say("mail", message); });
  if (!about_.database.empty())
    follower_.emplace(*elections_, [this](std::string_view message) { observed_.say("nodes", message); });
  return {};
}

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

Response Site::find_answer(const Request& request) {
  const std::string_view path = request.path;
  if (path.starts_with("/ledger/")) return ledger_(below("/ledger", request));
  if (path.starts_with("/elections/") || path.starts_with("/api/v1/elections")) return elections_->answer(request);
  if (OrganisationReader::is_for(path)) return organisation_->answer(request);
  if (path == "/api/openapi.json") return request.method == "GET" ? description() : method_not_allowed("GET, HEAD");
  if (path.starts_with("/api/")) {
    auto answer = account_calls_->answer(request);
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

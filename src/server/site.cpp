#include "server/site.hpp"

#include <ctime>

#include "server/description.hpp"
#include "server/log_files.hpp"
#include "server/problem.hpp"
#include "service/poll.hpp"
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

Result<std::unique_ptr<Site>> Site::open(const fs::path& folder, Options options, Clock clock) {
  const service::Settings settings = TRY(service::read_settings(folder));
  std::unique_ptr<Site> site(new Site(folder, std::move(options), About{"", folder / "public", settings.database}));
  Site& its = *site;
  its.clerk_ = TRY(service::Clerk::open(
      folder, {clock, [&its](std::string_view message) { its.observed_.say("ledger", message); }}));
  its.about_.name = TRY(its.clerk_->look([](const auto& organisation) { return organisation.state().charter().name; }));
  const auto timetable = [&its](const std::string& fingerprint) { return its.voting_time(fingerprint); };
  its.elections_ = TRY(Elections::open(its.about_.public_folder / "elections", timetable, clock, its.about_.database));
  its.organisation_ = TRY(OrganisationReader::open(folder, clock));
  if (!its.options_.pages.empty()) its.pages_ = TRY(Pages::open(its.options_.pages));
  return site;
}

std::optional<VotingTime> Site::voting_time(const std::string& fingerprint) const {
  const auto hexadecimal = service::fingerprint_in_hex(fingerprint);
  const auto find = [&](const service::Organisation& organisation) -> std::optional<VotingTime> {
    for (const auto& [id, election] : organisation.state().elections) {
      if (hexadecimal && election.fingerprint == *hexadecimal) return VotingTime{election.opened, election.closes};
    }
    return std::nullopt;
  };
  return clerk_->look(find).value_or(std::nullopt);
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
  const auto clock = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
  secret::Random& random = secret::Random::system();
  const service::Settings settings = TRY(service::read_settings(folder_));
  const service::Site site = TRY(in("settings.toml", service::site_of(settings, about_.name, url)));
  auto transport = TRY(in("settings.toml", service::transport_of(folder_, settings)));
  auto key = TRY(service::sealing_key(folder_, random));
  const std::string database = service::database_url(folder_, settings);
  post_office_ = std::make_unique<service::PostOffice>(database, site, std::move(transport), clock, random);
  accounts_ = std::make_unique<service::Accounts>(database, site, std::move(key), random);
  const auto posts = [this](const std::string& member) { return posts_of(member); };
  account_calls_ = std::make_unique<AccountCalls>(
      *accounts_, AccountCalls::Needs{clock, posts, [this] { post_office_->wake(); }}, random);
  const auto uuid = [this](const std::string& fingerprint) { return elections_->find_uuid(fingerprint); };
  act_calls_ = std::make_unique<ActCalls>(*clerk_, *accounts_, database, uuid, random);
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

Response Site::find_answer(const Request& request) {
  const std::string_view path = request.path;
  if (path.starts_with("/ledger/")) return ledger_(below("/ledger", request));
  if (path.starts_with("/elections/") || path.starts_with("/api/v1/elections")) return elections_->answer(request);
  if (OrganisationReader::is_for(path)) return organisation_->answer(request);
  if (path == "/api/openapi.json") return request.method == "GET" ? description() : method_not_allowed("GET, HEAD");
  if (path.starts_with("/api/")) {
    auto answer = account_calls_->answer(request);
    if (!answer) answer = act_calls_->answer(request);
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

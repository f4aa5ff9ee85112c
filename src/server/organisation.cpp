#include "server/organisation.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "server/body.hpp"
#include "server/conditional.hpp"
#include "service/people.hpp"
#include "service/settings.hpp"
#include "service/timeline.hpp"

namespace folkmoot::server {
namespace {

constexpr std::string_view calls = "/api/v1/", contests = "/api/v1/contests/";
constexpr std::array<std::string_view, 8> names{"organisation", "contests", "petitions", "motions",
                                                "cases",        "spending", "roll",      "ledger"};
constexpr std::size_t usual_page = 100, longest_page = 256;  // acts

tl::unexpected<Response> no(Response response) { return tl::unexpected(std::move(response)); }

// What the query of a call to the ledger asks for.
struct Asked {
  std::uint64_t from = 0;
  std::size_t limit = usual_page;
  std::string_view about;
};
Result<Asked> read_query(std::string_view query) {
  Asked asked;
  while (!query.empty()) {
    const std::string_view item = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), item.size() + 1));
    const std::size_t equals = std::min(item.find('='), item.size());
    const std::string_view name = item.substr(0, equals), value = item.substr(std::min(equals + 1, item.size()));
    if (name == "about") {
      const bool ascii = std::ranges::all_of(value, [](unsigned char c) { return c < 0x80; });
      if (!ascii) return fail("about: not the id of a thing");
      asked.about = value;
      continue;
    }
    std::uint32_t number = 0;
    const auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool known = name == "from" || name == "limit";
    if (!known || wrong != std::errc() || end != value.data() + value.size()) {
      return fail("the query has from, limit (numbers) and about (the id of a thing)");
    }
    if (name == "from") asked.from = number;
    if (name == "limit") asked.limit = std::clamp<std::size_t>(number, 1, longest_page);
  }
  return asked;
}

}  // namespace

Result<std::unique_ptr<OrganisationReader>> OrganisationReader::open(const std::filesystem::path& folder, Clock clock) {
  const service::Settings settings = TRY(service::read_settings(folder));
  std::unique_ptr<OrganisationReader> reader(new OrganisationReader(
      folder / "public", settings.origin, service::database_url(folder, settings), std::move(clock)));
  TRY(in(folder.string(), reader->catch_up()));
  if (reader->history_.state().charters.empty()) return fail("{}: it has not been founded", folder.string());
  return reader;
}

bool OrganisationReader::is_for(std::string_view path) {
  if (path.starts_with(contests)) return true;
  return path.starts_with(calls) && std::ranges::find(names, path.substr(calls.size())) != names.end();
}

std::vector<std::string> OrganisationReader::routes() {
  return {"GET /api/v1/organisation", "GET /api/v1/contests", "GET /api/v1/contests/{}",
          "GET /api/v1/petitions",    "GET /api/v1/motions",  "GET /api/v1/cases",
          "GET /api/v1/spending",     "GET /api/v1/roll",     "GET /api/v1/ledger"};
}

Status OrganisationReader::catch_up() {
  {
    const std::shared_lock lock(mutex_);
    if (has_names_ && !history_.is_behind()) return {};
  }
  const std::unique_lock lock(mutex_);
  if (history_.is_behind()) {
    has_names_ = false;
    TRY(history_.update());
  }
  if (!has_names_) names_ = TRY(read_names());
  has_names_ = true;
  return {};
}

Result<PublicNames> OrganisationReader::read_names() {
  return connection_.with([&](database::Database& database) -> Result<PublicNames> {
    service::People people(database);
    PublicNames found;
    for (const std::string& reference : people_in_public(history_.state())) {
      const auto person = TRY(people.by_reference(reference));
      if (person) found.emplace(reference, person->name);
    }
    return found;
  });
}

Status OrganisationReader::look(const Look& look) {
  TRY(catch_up());
  const std::shared_lock lock(mutex_);
  look(history_.state(), names_);
  return {};
}

Response OrganisationReader::answer(const Request& request) {
  if (request.method != "GET") return method_not_allowed("GET, HEAD");
  if (!catch_up()) return unavailable();
  auto found = find(request.path, request.query);
  if (!found) return std::move(found).error();
  const std::string tag = tag_of(*found);
  Response response = json_response(200, *std::move(found));
  response.headers = {{"Cache-Control", "no-cache"}};
  return conditional(request, std::move(response), tag);
}

tl::expected<std::string, Response> OrganisationReader::find(std::string_view path, std::string_view query) {
  const std::shared_lock lock(mutex_);
  const OrganisationView view{history_.state(), history_.origin(), names_, clock_()};
  if (path.starts_with(contests)) {
    const std::string_view id = path.substr(contests.size());
    if (!view.state.contests.contains(id)) {
      return no(problem(404, "not-found", "Not found", "there is no such contest"));
    }
    const auto acts = timeline(id, 0, history_.size());
    if (!acts) return no(unavailable());
    return *view.contest(id, *acts);
  }
  const std::string_view name = path.substr(calls.size());
  if (name == "organisation") return view.organisation();
  if (name == "contests") return view.contests();
  if (name == "petitions") return view.petitions();
  if (name == "motions") return view.motions();
  if (name == "cases") return view.cases();
  if (name == "spending") return view.spending();
  if (name == "roll") return view.roll();
  return ledger(view, query);
}

tl::expected<std::string, Response> OrganisationReader::ledger(const OrganisationView& view, std::string_view query) {
  const auto asked = read_query(query);
  if (!asked) return no(problem(400, "bad-query", "Bad query", asked.error().message));
  if (!asked->about.empty()) {
    auto acts = timeline(asked->about, asked->from, asked->limit + 1);  // one more says whether there are more
    if (!acts) return no(unavailable());
    std::optional<std::uint64_t> next;
    if (acts->size() > asked->limit) {
      next = acts->back().act.number;
      acts->pop_back();
    }
    return view.ledger(history_.size(), *acts, next);
  }
  auto acts = history_.acts(asked->from, asked->limit);
  if (!acts) return no(unavailable());
  return view.ledger(history_.size(), with_rules(*std::move(acts)), std::nullopt);
}

Result<std::vector<RuledAct>> OrganisationReader::timeline(std::string_view thing, std::uint64_t from,
                                                           std::size_t most) {
  return with_rules(TRY(connection_.with([&](database::Database& database) {
    return service::timeline(database, std::string(thing), {from, static_cast<std::int64_t>(most)});
  })));
}

// The database may know acts that are not published yet.
std::vector<RuledAct> OrganisationReader::with_rules(std::vector<service::Numbered> acts) const {
  std::vector<RuledAct> ruled;
  for (service::Numbered& act : acts) {
    if (act.number >= history_.size()) break;
    const std::string_view rule = history_.rule(act.number);
    ruled.push_back({std::move(act), rule});
  }
  return ruled;
}

}  // namespace folkmoot::server

#include "server/ceremonies.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/bytes.hpp"
#include "charter/standing.hpp"
#include "election/trustees.hpp"
#include "group/all.hpp"
#include "server/body.hpp"
#include "server/log_files.hpp"
#include "service/ceremony.hpp"

namespace folkmoot::server {
namespace {

namespace fs = std::filesystem;
using service::is_there;

constexpr std::string_view calls = "/api/v1/ceremonies";
constexpr std::int64_t most_trustees = 100;

// What trustees send, in that order, and what comes of it.
constexpr std::array<std::string_view, 5> sent{"certificate", "commitment", "polynomial", "reveal", "voutput"};
constexpr std::array<std::string_view, 4> of_all{"certs.jsons", "commitments.jsons", "threshold.json",
                                                 "threshold.strict.json"};

std::string file_name(std::string_view message, std::int64_t index) {
  return fmt::format("{}-{}.json", message, index);
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 32 && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  });
}

// A number as this server writes it: "12", not "012".
std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (wrong != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (number < 1 || number > most_trustees || digits.front() == '0') return std::nullopt;
  return number;
}

std::string_view trimmed(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

Response not_found() { return problem(404, "not-found", "Not found", "there is no such ceremony or message"); }

// That a certificate is for that seat of the ceremony.
Status check_context(std::string_view certificate, const election::Context& expected) {
  return group::with_group(expected.group, [&]<group::PrimeGroup G>() -> Status {
    const auto message = TRY(json::read_canonical(certificate, election::read_signed_message<G>));
    const auto keys = TRY(election::certificate_keys(message));
    const auto& context = keys.context;
    const bool fits = context && context->group == expected.group && context->size == expected.size &&
                      context->threshold == expected.threshold && context->index == expected.index;
    return fits ? Status() : fail("the certificate is of another ceremony, or for another seat");
  });
}

// For what a ceremony waits, and from whom, by what is there.
struct Stage {
  std::string_view waiting;
  std::vector<std::int64_t> missing;
};
Stage stage_of(const fs::path& folder, std::int64_t trustees) {
  if (is_there(folder / "threshold.json")) return {"nobody", {}};
  Stage stage;
  std::vector<std::string_view> wanted;
  if (is_there(folder / file_name("vinput", trustees))) {
    stage.waiting = "shares";
    wanted = {"voutput"};
  } else if (is_there(folder / "commitments.jsons")) {
    stage.waiting = "polynomials";
    wanted = {"polynomial", "reveal"};
  } else if (is_there(folder / "certs.jsons")) {
    stage.waiting = "commitments";
    wanted = {"commitment"};
  } else {
    stage.waiting = "certificates";
    wanted = {"certificate"};
  }
  for (std::int64_t i = 1; i <= trustees; ++i) {
    const bool all = std::ranges::all_of(wanted, [&](auto name) { return is_there(folder / file_name(name, i)); });
    if (!all) stage.missing.push_back(i);
  }
  return stage;
}

// What is wrong, without where this server keeps things.
std::string told(const Error& error, const fs::path& folder) {
  std::string message = error.message;
  for (const std::string& name : {folder.string() + "/", folder.string() + ": "}) {
    for (std::size_t at = message.find(name); at != std::string::npos; at = message.find(name)) {
      message.erase(at, name.size());
    }
  }
  return message;
}

}  // namespace

std::vector<std::string> Ceremonies::routes() {
  return {"POST /api/v1/ceremonies", "GET /api/v1/ceremonies/{}", "GET /api/v1/ceremonies/{}/{}",
          "PUT /api/v1/ceremonies/{}/{}"};
}

std::optional<Response> Ceremonies::answer(const Request& request) {
  std::string_view path = request.path;
  if (!path.starts_with(calls)) return std::nullopt;
  path.remove_prefix(calls.size());
  if (path.empty()) return request.method == "POST" ? begin(request) : method_not_allowed("POST");
  if (path.front() != '/') return std::nullopt;
  path.remove_prefix(1);
  const std::string_view id = path.substr(0, path.find('/')), rest = path.substr(id.size());
  if (!is_id(id)) return not_found();
  if (rest.empty()) return request.method == "GET" ? describe(id, 200) : method_not_allowed("GET, HEAD");
  if (request.method == "GET") return get(id, rest.substr(1));
  return request.method == "PUT" ? put(id, rest.substr(1), request) : method_not_allowed("GET, HEAD, PUT");
}

std::optional<Ceremonies::Message> Ceremonies::message_of(std::string_view file) {
  constexpr std::string_view extension = ".json";
  const auto dash = std::min(file.find('-'), file.size());
  if (!file.ends_with(extension) || dash + 1 + extension.size() >= file.size()) return std::nullopt;
  const auto index = number_of(file.substr(dash + 1, file.size() - dash - 1 - extension.size()));
  if (!index) return std::nullopt;
  return Message{std::string(file.substr(0, dash)), *index};
}

Response Ceremonies::begin(const Request& request) {
  if (auto officer = roles_.officer(request); !officer) return std::move(officer).error();
  const auto read = [](const Body& body) -> Result<Settings> {
    Settings settings;
    settings.group = TRY(body.string("group"));
    settings.trustees = TRY(body.integer("trustees", 1, most_trustees));
    settings.threshold = TRY(body.integer("threshold", 1, settings.trustees));
    TRY(group::with_group(settings.group, []<group::PrimeGroup G>() { return Status(); }));
    return settings;
  };
  const auto settings = read_body(request, {"group", "trustees", "threshold"}, read);
  if (!settings) return bad_body(settings.error());
  std::array<std::uint8_t, 8> random{};
  secret::Random::system().fill(random);
  const std::string id = to_hex(random);
  const auto write = [&](const fs::path& folder) { return service::write_ceremony_settings(folder, *settings); };
  if (!shared_.change(id, write)) return unavailable();
  json::Writer writer;
  writer.begin_object().key("id").string(id).end_object();
  return json_response(201, writer.take());
}

Response Ceremonies::describe(std::string_view id, int status) const {
  const auto settings = service::read_ceremony_settings(folder_ / id);
  if (!settings) return unavailable();
  if (!*settings) return not_found();
  const auto members = service::seated_trustees(folder_ / id, (*settings)->trustees);
  if (!members) return unavailable();
  const fs::path folder = folder_ / id;
  const Stage stage = stage_of(folder, (*settings)->trustees);
  std::vector<std::string> files;
  for (const std::string_view extension : {".json", ".jsons", ".dkey"}) {
    for (const fs::path& file : service::files_with_extension(folder, extension)) {
      files.push_back(file.filename().string());
    }
  }
  json::Writer writer;
  writer.begin_object();
  writer.key("group").string((*settings)->group);
  writer.key("trustees").integer((*settings)->trustees);
  writer.key("threshold").integer((*settings)->threshold);
  writer.key("waiting").string(stage.waiting);
  writer.key("missing").begin_array();
  for (const std::int64_t index : stage.missing) writer.integer(index);
  writer.end_array();
  const auto write_seats = [&](const charter::State&, const PublicNames& names) {
    writer.key("seats").begin_array();
    for (std::size_t i = 0; i < members->size(); ++i) {
      const std::string& member = (*members)[i];
      if (member.empty()) continue;
      const auto name = names.find(member);
      writer.begin_object();
      writer.key("number").integer(static_cast<std::int64_t>(i + 1));
      writer.key("member").string(member);
      writer.key("name").string(name == names.end() ? "" : name->second);
      writer.end_object();
    }
    writer.end_array();
  };
  if (!roles_.look(write_seats)) return unavailable();
  writer.key("files").begin_array();
  for (const std::string& file : files) writer.string(file);
  writer.end_array().end_object();
  return json_response(status, writer.take());
}

Response Ceremonies::get(std::string_view id, std::string_view file) const {
  constexpr std::string_view key = "decryption-key-", key_extension = ".dkey";
  const auto message = message_of(file);
  bool known = std::ranges::find(of_all, file) != of_all.end();
  if (message) known = message->name == "vinput" || std::ranges::find(sent, message->name) != sent.end();
  if (file.starts_with(key) && file.ends_with(key_extension) && file.size() > key.size() + key_extension.size()) {
    known = number_of(file.substr(key.size(), file.size() - key.size() - key_extension.size())).has_value();
  }
  if (!known) return not_found();
  Response response = file_response(folder_, fmt::format("{}/{}", id, file), "text/plain; charset=utf-8", "no-cache");
  return response.status == 404 ? not_found() : std::move(response);
}

Result<Status> Ceremonies::may_sit(const fs::path& folder, const Settings& settings, const Message& message,
                                   const std::string& member) const {
  const std::vector<std::string> members = TRY(service::seated_trustees(folder, settings.trustees));
  const std::string& seated = members[static_cast<std::size_t>(message.index - 1)];
  if (seated == member) return Status();
  if (!seated.empty()) return Status(fail("somebody else is trustee {} of this ceremony", message.index));
  if (message.name != sent.front()) return Status(fail("join the ceremony first: send certificate-I.json"));
  if (std::ranges::find(members, member) != members.end()) return Status(fail("you have another seat already"));
  bool trustee = false;
  TRY(roles_.look([&](const charter::State& state, const PublicNames&) {
    for (const auto& [election_id, election] : state.elections) {
      const auto trustees = election.roles.find("trustee");
      const bool over = election.stage == "declared" || election.stage == "annulled";
      trustee = trustee || (!over && trustees != election.roles.end() && charter::contains(trustees->second, member));
    }
  }));
  return trustee ? Status() : Status(fail("you are not a trustee of an election that is being prepared"));
}

Response Ceremonies::put(std::string_view id, std::string_view file, const Request& request) {
  auto caller = roles_.anybody(request);
  if (!caller) return std::move(caller).error();
  const auto settings = service::read_ceremony_settings(folder_ / id);
  if (!settings) return unavailable();
  const auto message = message_of(file);
  if (!*settings || !message || message->index > (*settings)->trustees ||
      std::ranges::find(sent, message->name) == sent.end()) {
    return not_found();
  }
  const auto may_sit_here = [&](const fs::path& folder) {
    return may_sit(folder, **settings, *message, caller->session.member);
  };
  const auto not_yours = [](const Error& why) { return problem(403, "not-yours", "Not yours to do", why.message); };
  // Whoever cannot take part keeps nobody waiting; it may be otherwise by the time that counts.
  if (const auto may = may_sit_here(folder_ / id); !may || !*may) return may ? not_yours(may->error()) : unavailable();
  const std::string text = std::string(trimmed(request.body)) + "\n";
  std::optional<Response> answer;  // of who cannot send that, or has sent it
  const auto refuse = [&](Response why) {
    answer = std::move(why);
    return fail("refused");
  };
  const auto wrong = [&](std::string_view why) { return refuse(problem(422, "refused", "Refused", why)); };
  // On a copy first: what is in stays.
  const auto take = [&](const fs::path& folder) -> Status {
    const Status may = TRY(may_sit_here(folder));
    if (!may) return refuse(not_yours(may.error()));
    if (is_there(folder / file)) {
      if (TRY(service::read_file(folder / file)) != text)
        return refuse(problem(409, "there", "There already", "another message was sent before, and stays"));
      (void)service::advance_ceremony(folder);  // which a crash may have come before
      answer = describe(id, 200);
      return {};
    }
    if (message->name == sent.front()) {
      const auto& [group, trustees, threshold] = **settings;
      const Status fits = check_context(trimmed(text), {group, trustees, threshold, message->index});
      if (!fits) return wrong(fits.error().message);
    }
    TRY(service::seat_trustee(folder, message->index, caller->session.member));
    TRY(service::write_file(folder / file, text));
    if (const auto advanced = service::advance_ceremony(folder); !advanced)
      return wrong(told(advanced.error(), folder));
    return {};
  };
  const Status taken = shared_.change(std::string(id), take);
  if (answer) return *std::move(answer);
  return taken ? describe(id, 201) : unavailable();
}

Result<std::optional<Ceremonies::Made>> Ceremonies::made(std::string_view id) const {
  const fs::path threshold = folder_ / id / "threshold.json";
  if (!is_id(id) || !is_there(threshold)) return std::nullopt;
  const auto settings = TRY(service::read_ceremony_settings(folder_ / id));
  if (!settings) return std::nullopt;
  auto members = TRY(service::seated_trustees(folder_ / id, settings->trustees));
  return Made{threshold, std::move(members), settings->threshold};
}

Result<std::vector<Ceremonies::Seat>> Ceremonies::seats_of(const std::string& structure, std::size_t trustees) const {
  std::vector<Seat> seats(trustees);
  std::map<std::string, std::string> ids;  // of the ceremonies, by the keys that they made
  std::error_code none;
  for (const auto& ceremony : fs::directory_iterator(folder_, none)) {
    const fs::path threshold = ceremony.path() / "threshold.json";
    if (!is_there(threshold)) continue;
    const std::string text = TRY(service::read_file(threshold));
    ids.emplace(trimmed(text), ceremony.path().filename().string());
  }
  const json::Document document = TRY(json::Document::parse(structure));
  std::size_t first = 0;
  for (const json::Value kind : TRY(document.root().array())) {
    std::vector<json::Value> pair;  // its name, and its key or keys
    for (const json::Value part : TRY(kind.array(2))) pair.push_back(part);
    std::size_t count = 1;
    if (pair[1].has("verification_keys")) {
      const json::Value keys = TRY(pair[1].field("verification_keys"));
      count = TRY(keys.array()).size();
      const std::string text = TRY(pair[1].text());
      const auto found = ids.find(text);
      if (found != ids.end()) {
        const auto members = TRY(service::seated_trustees(folder_ / found->second, static_cast<std::int64_t>(count)));
        for (std::size_t i = 0; i < count && first + i < seats.size(); ++i) {
          seats[first + i] = {members[i], "", fmt::format("{}/{}/decryption-key-{}.dkey", calls, found->second, i + 1)};
        }
      }
    }
    first += count;
  }
  TRY(roles_.look([&](const charter::State&, const PublicNames& names) {
    for (Seat& seat : seats) {
      const auto name = names.find(seat.member);
      if (name != names.end()) seat.name = name->second;
    }
  }));
  return seats;
}

}  // namespace folkmoot::server

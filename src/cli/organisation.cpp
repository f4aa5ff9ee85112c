// folkmoot org, act, state, timeline, ledger: an organisation's own rules at work.
#include <chrono>
#include <ostream>

#include "charter/flags.hpp"
#include "charter/process.hpp"
#include "cli/commands.hpp"
#include "service/organisation.hpp"
#include "service/request.hpp"

namespace folkmoot::cli {
namespace {

using service::Organisation;

Result<charter::Time> time_of(const std::string& text) {
  if (!text.empty()) return charter::read_time(text);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return charter::Time{std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

void add_folder(CLI::App& command, std::string& folder) {
  command.add_option("--dir", folder, "the organisation's folder")->default_val("organisation");
}
void add_time(CLI::App& command, std::string& time) {
  command.add_option("--at", time, "the time, as 2026-03-01T12:00:00Z, instead of the clock's");
}

void tell(std::ostream& out, const service::Numbered& done) {
  const charter::Act& act = done.entry.act;
  std::string who = act.actor.is_clock() ? "the clock" : act.actor.member;
  if (!act.actor.office.empty()) who += " as " + act.actor.office;
  say(out, "{:>6}  {}  {} by {}{}", done.number, charter::text(act.time), act.type, who,
      act.refused ? fmt::format(" REFUSED: {}: {}", act.refused->rule, act.refused->message) : "");
}

struct New {
  std::string charter, folder, origin, database, at;
};

// The founder's key is made with the organisation: founding acts are signed, too.
Result<int> found(const New& arguments, Console& console) {
  const std::string text = TRY(service::read_file(arguments.charter));
  const auto charter = charter::read_charter(text);
  if (!charter) return fail("{}:\n{}", arguments.charter, charter::describe(charter.error()));
  const charter::Time now = TRY(time_of(arguments.at));
  TRY(Organisation::create(arguments.folder, {arguments.origin, arguments.database}));
  std::array<std::uint8_t, 8> random{};
  secret::Random::system().fill(random);
  const std::string founder = "m-" + to_hex(random);
  const service::fs::path key_file = service::fs::path(arguments.folder) / "private" / "founder.key";
  const std::string public_key = TRY(service::make_member_key(founder, key_file));
  const service::MemberKey key = TRY(service::read_member_key(key_file));
  const auto organisation = TRY(Organisation::open(arguments.folder));
  audit::SignedRequest request{{"organisation.found", {founder, ""}, {}, {{"text", text}, {"key", public_key}}}, {}};
  TRY(service::sign(request, organisation->state(), organisation->origin(), key, now));
  const service::Outcome outcome = TRY(organisation->submit(request, now));
  if (const charter::Refusal* refusal = outcome.refusal()) return fail("{}: {}", refusal->rule, refusal->message);
  TRY(organisation->publish());
  say(console.out, "{} is being founded by {}, whose key is {}.", charter->name, founder, key_file.string());
  say(console.out, "Its ledger's key, for whoever verifies it: {}", organisation->ledger_key().to_text());
  say(console.out, "What is for everybody lies in {}/public.", arguments.folder);
  return Exit::done;
}

struct Key {
  std::string member, file;
};

Result<int> make_key(const Key& arguments, Console& console) {
  const std::string public_key = TRY(service::make_member_key(arguments.member, arguments.file));
  say(console.out, "{}", public_key);
  say(console.err, "To be enrolled: folkmoot act member.enrol_key member={} key={} --as {} --key {}", arguments.member,
      public_key, arguments.member, arguments.file);
  return Exit::done;
}

struct ActArguments {
  std::string type;
  std::vector<std::string> words;
  std::string folder, at, as, key, second, second_key, request, out;
  bool dry_run = false;
};

int list_acts(const std::string& type_name, Console& console) {
  for (const charter::Process* process : charter::processes()) {
    for (const charter::ActType& type : process->acts) {
      if (!type_name.empty() && type.name != type_name) continue;
      say(console.out, "{}: {}", type.name, type.about);
      if (!type_name.empty()) console.out << service::describe_act(type) << std::flush;
    }
  }
  return Exit::done;
}

Result<audit::SignedRequest> make_request(const ActArguments& arguments, Organisation& organisation) {
  if (!arguments.request.empty()) {
    const std::string text = TRY(service::read_file(arguments.request));
    return in(arguments.request, audit::read_signed_request(std::string_view(text).substr(0, text.find('\n'))));
  }
  const auto publish = [&](std::string_view bytes) { return organisation.publish_bytes(bytes); };
  audit::SignedRequest request;
  request.request.type = arguments.type;
  request.request.body = TRY(service::read_body(arguments.type, arguments.words, publish));
  request.request.actor = TRY(in("--as", service::read_actor(arguments.as)));
  if (!arguments.second.empty()) {
    const charter::Actor second = TRY(in("--second", service::read_actor(arguments.second)));
    request.request.seconded_by.push_back(second);
  }
  return request;
}

Result<int> act(const ActArguments& arguments, Console& console) {
  if (arguments.as.empty() && arguments.request.empty()) return list_acts(arguments.type, console);
  const auto organisation = TRY(Organisation::open(arguments.folder));
  const charter::Time now = TRY(time_of(arguments.at));
  audit::SignedRequest request = TRY(make_request(arguments, *organisation));
  for (const std::string& file : {arguments.key, arguments.second_key}) {
    if (file.empty()) continue;
    const service::MemberKey key = TRY(service::read_member_key(file));
    TRY(service::sign(request, organisation->state(), organisation->origin(), key, now));
  }
  if (!arguments.out.empty()) {
    TRY(service::write_file(arguments.out, json::to_text(request) + "\n"));
    return Exit::done;
  }
  if (arguments.dry_run) {
    const charter::Decided decided = organisation->consider(request, now);
    if (const auto* refusal = std::get_if<charter::Refusal>(&decided)) {
      return fail("would be refused: {}: {}", refusal->rule, refusal->message);
    }
    say(console.out, "{}", json::to_text(std::get<charter::Act>(decided)));
    return Exit::done;
  }
  const service::Outcome outcome = TRY(organisation->submit(request, now));
  TRY(organisation->publish());
  for (const service::Numbered& done : organisation->entered()) tell(console.out, done);
  if (const charter::Refusal* refusal = outcome.refusal()) {
    return fail("refused{}: {}: {}", refusal->recorded ? ", and on the record" : "", refusal->rule, refusal->message);
  }
  return Exit::done;
}

void define_act(CLI::App& command, ActArguments& arguments) {
  command.add_option("TYPE", arguments.type, "as petition.open; without --as, tells what it takes");
  command.add_option("FIELDS", arguments.words, "FIELD=VALUE …; @FILE for a text, or for what is named by its hash");
  add_folder(command, arguments.folder);
  add_time(command, arguments.at);
  command.add_option("--as", arguments.as, "who asks: MEMBER, or MEMBER:POST to act in an office");
  command.add_option("--key", arguments.key, "with which they sign; whoever acts in an office has to");
  command.add_option("--second", arguments.second, "the second person, MEMBER:POST, of an act that takes two");
  command.add_option("--second-key", arguments.second_key, "with which that person signs");
  command.add_option("--out", arguments.out, "write the request, signed so far, to a file for the other person");
  command.add_option("--request", arguments.request, "such a file")->excludes("--as")->excludes("--second");
  command.add_flag("--dry-run", arguments.dry_run, "only tell what would be decided");
}

struct Look {
  std::string folder, at, id;
};

Result<int> show_state(const Look& arguments, Console& console) {
  const auto organisation = TRY(Organisation::open(arguments.folder));
  const charter::State& state = organisation->state();
  if (!arguments.id.empty()) {
    const std::string text = charter::to_json(state, arguments.id);
    if (text.empty()) return fail("there is no {}", arguments.id);
    say(console.out, "{}", text);
    return Exit::done;
  }
  const charter::Time now = TRY(time_of(arguments.at));
  say(console.out, "{}, charter version {}, {} acts, {} on the roll", state.charter().name, state.version(), state.acts,
      state.members.size());
  for (const auto& [id, seat] : state.seats) {
    say(console.out, "  {:<32} {:<8} {} {}", id, seat.stage, seat.holder,
        seat.holder.empty() ? "" : "until " + charter::text(seat.until));
  }
  for (const charter::Flag& flag : charter::flags(state, std::max(now, state.time))) {
    say(console.out, "  ! {}: {} ({})", flag.thing, flag.message, flag.rule);
  }
  return Exit::done;
}

Result<int> show_timeline(const Look& arguments, Console& console) {
  const auto organisation = TRY(Organisation::open(arguments.folder));
  const auto acts = TRY(service::timeline(organisation->database(), arguments.id));
  if (acts.empty()) return fail("no act is about {}", arguments.id);
  for (const service::Numbered& done : acts) tell(console.out, done);
  return Exit::done;
}

Result<int> rebuild(const Look& arguments, Console& console) {
  const auto organisation = TRY(Organisation::open(arguments.folder));
  const std::uint64_t acts = TRY(organisation->rebuild());
  say(console.out, "{} acts, each checked again.", acts);
  return Exit::done;
}

struct Proof {
  std::string folder, out;
  std::uint64_t number = 0;
};

Result<int> prove(const Proof& arguments, Console& console) {
  const auto organisation = TRY(Organisation::open(arguments.folder));
  const std::string receipt = TRY(organisation->receipt(arguments.number));
  if (arguments.out.empty()) {
    console.out << receipt << std::flush;
  } else {
    TRY(service::write_file(arguments.out, receipt));
  }
  return Exit::done;
}

void add_org(CLI::App& app, Action& action) {
  CLI::App& org = *app.add_subcommand("org", "a new organisation, and its people's keys");
  org.require_subcommand(1);
  add_command<New>(
      org, action, "new", "found an organisation under a charter",
      [](CLI::App& command, New& arguments) {
        command.add_option("CHARTER", arguments.charter, "the charter, a TOML file")->required();
        add_folder(command, arguments.folder);
        add_time(command, arguments.at);
        command.add_option("--origin", arguments.origin, "what its ledger is called, as ledger.members.example")
            ->required();
        command.add_option("--database", arguments.database, "postgresql://… (SQLite in the folder unless given)");
      },
      found);
  add_command<Key>(
      org, action, "key", "make a key with which a member signs acts in an office",
      [](CLI::App& command, Key& arguments) {
        command.add_option("MEMBER", arguments.member, "the member's reference")->required();
        command.add_option("--out", arguments.file, "the key's file, to be made")->required();
      },
      make_key);
}

void add_ledger(CLI::App& app, Action& action) {
  CLI::App& ledger = *app.add_subcommand("ledger", "the public log of all acts");
  ledger.require_subcommand(1);
  add_command<Look>(
      ledger, action, "rebuild", "make the database's cache again from the ledger",
      [](CLI::App& command, Look& arguments) { add_folder(command, arguments.folder); }, rebuild);
  add_command<Proof>(
      ledger, action, "proof", "the receipt of an act, to be kept",
      [](CLI::App& command, Proof& arguments) {
        command.add_option("NUMBER", arguments.number, "of the act")->required();
        add_folder(command, arguments.folder);
        command.add_option("--out", arguments.out, "to a file");
      },
      prove);
}

}  // namespace

void add_organisation(CLI::App& app, Action& action) {
  add_org(app, action);
  add_command<ActArguments>(app, action, "act", "do something with the charter's authority", define_act, act);
  add_command<Look>(
      app, action, "state", "who holds what, and what is not as it should be; or one thing",
      [](CLI::App& command, Look& arguments) {
        command.add_option("ID", arguments.id, "as contest-41");
        add_folder(command, arguments.folder);
        add_time(command, arguments.at);
      },
      show_state);
  add_command<Look>(
      app, action, "timeline", "the acts about one thing, and about what was opened for it",
      [](CLI::App& command, Look& arguments) {
        command.add_option("ID", arguments.id, "as contest-41")->required();
        add_folder(command, arguments.folder);
      },
      show_timeline);
  add_ledger(app, action);
}

}  // namespace folkmoot::cli

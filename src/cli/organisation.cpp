// folkmoot org, state, timeline: an organisation under its own charter.
#include <ostream>

#include "charter/flags.hpp"
#include "cli/moot.hpp"
#include "secret/random.hpp"

namespace folkmoot::cli {
namespace {

using service::Organisation;

struct New {
  Moot moot;
  std::string charter, origin, database;
};

// The founder's key is made with the organisation: founding acts are signed, too.
Result<int> found(const New& arguments, Console& console) {
  const std::string text = TRY(service::read_file(arguments.charter));
  const auto charter = charter::read_charter(text);
  if (!charter) return fail("{}:\n{}", arguments.charter, charter::describe(charter.error()));
  const charter::Time now = TRY(arguments.moot.now());
  TRY(Organisation::create(arguments.moot.folder, {arguments.origin, arguments.database}));
  std::array<std::uint8_t, 8> random{};
  secret::Random::system().fill(random);
  const std::string founder = "m-" + to_hex(random);
  const service::fs::path key_file = service::fs::path(arguments.moot.folder) / "private" / "founder.key";
  const std::string public_key = TRY(service::make_member_key(founder, key_file));
  const ledger::Signer key = TRY(service::read_member_key(key_file));
  const auto organisation = TRY(arguments.moot.open());
  audit::SignedRequest request{{"organisation.found", {founder, ""}, {}, {{"text", text}, {"key", public_key}}}, {}};
  TRY(service::sign(request, organisation->state(), organisation->origin(), key, now));
  const service::Outcome outcome = TRY(organisation->submit(request, now));
  if (const charter::Refusal* refusal = outcome.refusal()) return fail("{}: {}", refusal->rule, refusal->message);
  TRY(organisation->publish());
  say(console.out, "{} is being founded by {}, whose key is {}.", charter->name, founder, key_file.string());
  say(console.out, "Its ledger's key, for whoever verifies it: {}", organisation->ledger_key().to_text());
  say(console.out, "What is for everybody lies in {}/public.", arguments.moot.folder);
  return Exit::done;
}

struct Key {
  Moot moot;
  std::string member, file;
  bool enrol = false;
};

Result<int> make_key(const Key& arguments, Console& console) {
  const std::string public_key = TRY(service::make_member_key(arguments.member, arguments.file));
  say(console.out, "{}", public_key);
  if (!arguments.enrol) return Exit::done;
  const auto organisation = TRY(arguments.moot.open());
  const charter::Time now = TRY(arguments.moot.now());
  const charter::Request request{
      "member.enrol_key", {arguments.member, ""}, {}, {{"member", arguments.member}, {"key", public_key}}};
  Doers doers;
  doers.key = arguments.file;
  return submit(*organisation, {request}, doers, now, console);
}

struct Look {
  Moot moot;
  std::string id;
};

Result<int> show_state(const Look& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const charter::State& state = organisation->state();
  if (!arguments.id.empty()) {
    const std::string text = charter::to_json(state, arguments.id);
    if (text.empty()) return fail("there is no {}", arguments.id);
    say(console.out, "{}", text);
    return Exit::done;
  }
  const charter::Time now = TRY(arguments.moot.now());
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
  const auto organisation = TRY(arguments.moot.open());
  const auto acts = TRY(service::timeline(organisation->database(), arguments.id));
  if (acts.empty()) return fail("no act is about {}", arguments.id);
  for (const service::Numbered& done : acts) tell(console.out, done);
  return Exit::done;
}

void add_org(CLI::App& app, Action& action) {
  CLI::App& org = *app.add_subcommand("org", "a new organisation, and its people's keys");
  org.require_subcommand(1);
  add_command<New>(
      org, action, "new", "found an organisation under a charter",
      [](CLI::App& command, New& arguments) {
        command.add_option("CHARTER", arguments.charter, "the charter, a TOML file")->required();
        arguments.moot.define(command);
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
        command.add_flag("--enrol", arguments.enrol, "and put its public half on the record");
        arguments.moot.define(command);
      },
      make_key);
}

}  // namespace

void add_organisation(CLI::App& app, Action& action) {
  add_org(app, action);
  add_command<Look>(
      app, action, "state", "who holds what, and what is not as it should be; or one thing",
      [](CLI::App& command, Look& arguments) {
        command.add_option("ID", arguments.id, "as contest-41");
        arguments.moot.define(command);
      },
      show_state);
  add_command<Look>(
      app, action, "timeline", "the acts about one thing, and about what was opened for it",
      [](CLI::App& command, Look& arguments) {
        command.add_option("ID", arguments.id, "as contest-41")->required();
        arguments.moot.define(command);
      },
      show_timeline);
}

}  // namespace folkmoot::cli

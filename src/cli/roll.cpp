// folkmoot roll: members from the organisation's own list, and electorates frozen from the roll.
#include <ostream>

#include "charter/roll_form.hpp"
#include "cli/moot.hpp"
#include "service/characteristic.hpp"
#include "service/electorate.hpp"
#include "service/petition_signature.hpp"
#include "service/roll_import.hpp"

namespace folkmoot::cli {
namespace {

struct Import {
  Moot moot;
  Doers doers;
  std::string list, preset;
  std::vector<std::string> columns, statuses, sections, characteristics;
  std::string supporter, dates;
  bool yes = false;
};

Result<charter::RollForm> form_of(const Import& arguments) {
  charter::RollForm form = charter::members_form();
  if (!arguments.preset.empty()) form = TRY(charter::preset_form(arguments.preset));
  for (const std::string& text : arguments.columns) TRY(charter::add_column(form, text));
  for (const std::string& text : arguments.statuses) TRY(charter::add_status(form, text));
  for (const std::string& text : arguments.sections) TRY(charter::add_section(form, text));
  for (const std::string& text : arguments.characteristics) TRY(charter::add_characteristic(form, text));
  if (!arguments.supporter.empty()) TRY(charter::add_supporter(form, arguments.supporter));
  if (!arguments.dates.empty()) TRY(charter::add_dates(form, arguments.dates));
  return form;
}

Result<int> import(const Import& arguments, Console& console) {
  const auto form = TRY(form_of(arguments));
  std::string text = TRY(service::read_file(arguments.list));
  auto list = charter::read_roll(std::move(text), form);
  if (!list) return fail("{}: the list cannot be used:\n{}", arguments.list, charter::describe(list.error()));
  const auto organisation = TRY(arguments.moot.open());
  const charter::Time now = TRY(arguments.moot.now());
  const service::RollPlan plan =
      TRY(service::plan_import(organisation->database(), organisation->state(), *std::move(list), now));
  console.out << service::describe(plan) << std::flush;
  if (plan.empty() || !arguments.yes) {
    if (!plan.empty()) say(console.out, "Nothing was changed. With --yes, this is done.");
    return Exit::done;
  }
  const charter::Actor officer = TRY(arguments.doers.first());
  auto requests = TRY(service::apply_import(organisation->database(), organisation->state(), plan, officer, now,
                                            secret::Random::system()));
  return submit(*organisation, std::move(requests), arguments.doers, now, console);
}

void define_import(CLI::App& command, Import& arguments) {
  command.add_option("LIST", arguments.list, "the membership list, CSV")->required();
  arguments.moot.define(command);
  arguments.doers.define(command);
  command.add_flag("--yes", arguments.yes, "do it; without, only tell what would change");
  command.add_option("--preset", arguments.preset, "civicrm or nationbuilder, for what those export");
  command.add_option("--column", arguments.columns, "what a column means, as name=\"Full Name\"");
  command.add_option("--status", arguments.statuses, "what a word for standing means, as \"Life member\"=active");
  command.add_option("--section", arguments.sections, "what a section is called on the roll, as \"North Shore\"=north");
  command.add_option("--characteristic", arguments.characteristics, "as women=Gender:Female");
  command.add_option("--supporter", arguments.supporter, "who has no vote, as \"Membership Type:Friend\"");
  command.add_option("--dates", arguments.dates, "day-first or month-first, where they have slashes");
}

struct About {
  Moot moot;
  Doers doers;
  std::string id, what;
};

Result<int> freeze(const About& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const charter::Time now = TRY(arguments.moot.now());
  TRY(organisation->settle(now));
  const charter::Actor officer = TRY(arguments.doers.first());
  auto request = TRY(service::freeze(organisation->database(), organisation->state(), arguments.id, officer, now,
                                     secret::Random::system()));
  return submit(*organisation, {std::move(request)}, arguments.doers, now, console);
}

Result<int> prove(const About& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const auto proofs =
      TRY(service::ElectorateProofs::open(organisation->database(), organisation->state(), arguments.id));
  const charter::ElectorProof proof = TRY(proofs.prove(arguments.what));
  say(console.out, "{}", charter::to_text(proof));
  return Exit::done;
}

// A signer who is named acts; for one who is not, the keeper of the roll does.
Result<int> sign(const About& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const charter::Time now = TRY(arguments.moot.now());
  TRY(organisation->settle(now));
  const charter::Actor who = TRY(arguments.doers.first());
  database::Database& database = organisation->database();
  const charter::State& state = organisation->state();
  const bool by_name = who.office.empty() && who.member == arguments.what;
  auto request = TRY(by_name ? service::sign_by_name(database, state, arguments.id, arguments.what)
                             : service::sign_privately(database, state, arguments.id, arguments.what, who));
  return submit(*organisation, {std::move(request)}, arguments.doers, now, console);
}

Result<int> withdraw(const About& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const charter::Time now = TRY(arguments.moot.now());
  TRY(organisation->settle(now));
  const charter::Actor keeper = TRY(arguments.doers.first());
  auto request = TRY(service::withdraw_privately(organisation->database(), organisation->state(), arguments.id,
                                                 arguments.what, keeper));
  return submit(*organisation, {std::move(request)}, arguments.doers, now, console);
}

Result<int> count(const About& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const charter::Time now = TRY(arguments.moot.now());
  const charter::Actor officer = TRY(arguments.doers.first());
  auto request = TRY(service::count_characteristic(organisation->database(), organisation->state(), arguments.id,
                                                   arguments.what, officer));
  return submit(*organisation, {std::move(request)}, arguments.doers, now, console);
}

Result<int> find(const About& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const auto person = TRY(service::People(organisation->database()).by_id(arguments.id));
  if (!person) return fail("nobody has the id {}", arguments.id);
  say(console.out, "{}", person->reference);
  return Exit::done;
}

Result<int> erase(const About& arguments, Console& console) {
  const auto organisation = TRY(arguments.moot.open());
  const charter::Time now = TRY(arguments.moot.now());
  const charter::Actor officer = TRY(arguments.doers.first());
  charter::Request request{"member.erase", officer, TRY(arguments.doers.others()), {{"member", arguments.id}}};
  return submit(*organisation, {std::move(request)}, arguments.doers, now, console);
}

}  // namespace

void add_roll(CLI::App& app, Action& action) {
  CLI::App& roll = *app.add_subcommand("roll", "members from the organisation's own list; electorates");
  roll.require_subcommand(1);
  add_command<Import>(roll, action, "import", "tell what a membership list would change, and change it", define_import,
                      import);
  const auto about = [](const char* id, const char* id_about, const char* what, const char* what_about) {
    return [=](CLI::App& command, About& arguments) {
      command.add_option(id, arguments.id, id_about)->required();
      if (what) command.add_option(what, arguments.what, what_about)->required();
      arguments.moot.define(command);
      arguments.doers.define(command);
    };
  };
  add_command<About>(roll, action, "find", "the reference of a member",
                     about("ID", "in the organisation's own list", nullptr, ""), find);
  add_command<About>(roll, action, "freeze", "freeze the electorate of an election, or of a petition",
                     about("ID", "as election-57 or petition-60", nullptr, ""), freeze);
  add_command<About>(roll, action, "proof", "a member's proof of having been in a frozen electorate",
                     about("ID", "as election-57 or petition-60", "MEMBER", "the member's reference"), prove);
  add_command<About>(roll, action, "sign", "sign a petition: by name as the member, in private as keeper of the roll",
                     about("PETITION", "as petition-60", "MEMBER", "the signer's reference"), sign);
  add_command<About>(roll, action, "withdraw", "withdraw a private signature, as keeper of the roll",
                     about("PETITION", "as petition-60", "MEMBER", "the signer's reference"), withdraw);
  add_command<About>(roll, action, "count", "publish how many applicants have declared something about themselves",
                     about("CONTEST", "as contest-41", "CHARACTERISTIC", "as the charter calls it"), count);
  add_command<About>(roll, action, "erase", "delete what is known of a former member",
                     about("MEMBER", "the member's reference", nullptr, ""), erase);
}

}  // namespace folkmoot::cli

// folkmoot act: everything that the charter gives somebody the power to do.
#include <ostream>

#include "charter/process.hpp"
#include "cli/moot.hpp"
#include "service/poll.hpp"

namespace folkmoot::cli {
namespace {

struct ActArguments {
  Moot moot;
  Doers doers;
  std::string type;
  std::vector<std::string> words;
  std::string request, out, record;
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

Result<audit::SignedRequest> make_request(const ActArguments& arguments, service::Organisation& organisation,
                                          charter::Time now) {
  if (!arguments.request.empty()) {
    const std::string text = TRY(service::read_file(arguments.request));
    return in(arguments.request, audit::read_signed_request(std::string_view(text).substr(0, text.find('\n'))));
  }
  const auto publish = [&](std::string_view bytes) { return organisation.publish_bytes(bytes); };
  audit::SignedRequest request;
  request.request.type = arguments.type;
  request.request.actor = TRY(arguments.doers.first());
  request.request.seconded_by = TRY(arguments.doers.others());
  request.request.body = TRY(service::read_body(arguments.type, arguments.words, publish));
  if (!arguments.record.empty()) {
    const charter::Value* election = request.request.body.find("election");
    if (arguments.type != "election.declare" || !election) return fail("--record: is for election.declare election=ID");
    const auto& id = std::get<std::string>(*election);
    request.request.body = TRY(service::declaration_of(organisation, id, arguments.record, now));
  }
  return request;
}

Result<int> act(const ActArguments& arguments, Console& console) {
  if (!arguments.doers.any() && arguments.request.empty()) return list_acts(arguments.type, console);
  const auto organisation = TRY(arguments.moot.open());
  const charter::Time now = TRY(arguments.moot.now());
  audit::SignedRequest request = TRY(make_request(arguments, *organisation, now));
  TRY(arguments.doers.sign(request, *organisation, now));
  if (!arguments.out.empty()) {
    TRY(service::write_file(arguments.out, json::to_text(request) + "\n"));
    return Exit::done;
  }
  if (!arguments.dry_run) return submit(*organisation, std::span(&request, 1), now, console);
  const charter::Decided decided = organisation->consider(request, now);
  if (const auto* refusal = std::get_if<charter::Refusal>(&decided)) {
    return fail("would be refused: {}: {}", refusal->rule, refusal->message);
  }
  say(console.out, "{}", json::to_text(std::get<charter::Act>(decided)));
  return Exit::done;
}

void define(CLI::App& command, ActArguments& arguments) {
  command.add_option("TYPE", arguments.type, "as petition.open; without --as or --key, tells what it takes");
  command.add_option("FIELDS", arguments.words, "FIELD=VALUE …; @FILE for a text, or for what is named by its hash");
  arguments.moot.define(command);
  arguments.doers.define(command);
  command.add_option("--record", arguments.record, "of election.declare: the finished record, which says all else")
      ->type_name("FILE");
  command.add_option("--out", arguments.out, "write the request, signed so far, to a file for the other person")
      ->type_name("FILE");
  command.add_option("--request", arguments.request, "such a file")
      ->type_name("FILE")
      ->excludes("--as")
      ->excludes("--second");
  command.add_flag("--dry-run", arguments.dry_run, "only tell what would be decided");
}

}  // namespace

void add_act(CLI::App& app, Action& action) {
  add_command<ActArguments>(app, action, "act", "do something with the charter's authority", define, act);
}

}  // namespace folkmoot::cli

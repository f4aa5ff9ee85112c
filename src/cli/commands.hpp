// The groups of commands. Each function adds its commands to the program; the one that is called sets the action.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "base/progress.hpp"
#include "base/result.hpp"
#include "cli/app.hpp"

namespace folkmoot::cli {

// What the command does once all arguments are known. Gives the exit status.
using Action = std::function<Result<int>(Console&)>;

void add_demo(CLI::App& app, Action& action);
void add_registrar(CLI::App& app, Action& action);
void add_trustee(CLI::App& app, Action& action);
void add_voter(CLI::App& app, Action& action);
void add_officer(CLI::App& app, Action& action);
void add_auditor(CLI::App& app, Action& action);
void add_count(CLI::App& app, Action& action);
void add_organisation(CLI::App& app, Action& action);
void add_act(CLI::App& app, Action& action);
void add_roll(CLI::App& app, Action& action);
void add_ledger(CLI::App& app, Action& action);
void add_scene(CLI::App& app, Action& action);
void add_witness(CLI::App& app, Action& action);
void add_serve(CLI::App& app, Action& action);

// Adds one command. `define(App&, Arguments&)` gives it options that fill the arguments, which live as long as the
// command; `act(const Arguments&, Console&) → Result<int>` is what it does.
template <class Arguments, class Define, class Act>
void add_command(CLI::App& app, Action& action, std::string name, std::string description, Define define, Act act) {
  CLI::App* command = app.add_subcommand(std::move(name), std::move(description));
  const auto arguments = std::make_shared<Arguments>();
  define(*command, *arguments);
  command->callback(
      [&action, arguments, act] { action = [arguments, act](Console& console) { return act(*arguments, console); }; });
}

// Shows progress on the console's terminal; does nothing where there is none.
Progress progress_on(Console& console);

// Lines are written as they come, so that who watches a pipe sees them.
template <class... Args>
void say(std::ostream& stream, fmt::format_string<Args...> format, Args&&... args) {
  stream << fmt::format(format, std::forward<Args>(args)...) << std::endl;
}

}  // namespace folkmoot::cli

// What the commands of an organisation share.
#pragma once

#include <string>

#include "cli/commands.hpp"
#include "service/organisation.hpp"
#include "service/request.hpp"

namespace folkmoot::cli {

// Where the organisation is, and when: the machine's clock, or a time that was given.
struct Moot {
  std::string folder = "organisation";
  std::string at;

  void define(CLI::App& command) {
    command.add_option("--dir", folder, "the organisation's folder; organisation unless given")->type_name("FOLDER");
    command.add_option("--at", at, "the time, as 2026-03-01T12:00:00Z; now unless given")->type_name("TIME");
  }
  [[nodiscard]] Result<std::unique_ptr<service::Organisation>> open() const {
    return service::Organisation::open(folder);
  }
  [[nodiscard]] Result<charter::Time> now() const;
};

// Who does something: one person, or two where the charter wants two, each with a key.
struct Doers {
  std::string as, key, second, second_key;

  void define(CLI::App& command);
  // Whether anybody is named.
  [[nodiscard]] bool any() const { return !as.empty() || !key.empty(); }
  // The first, and the second if there is one. Where a key is given, a post is enough: the key says whose it is.
  [[nodiscard]] Result<charter::Actor> first() const;
  [[nodiscard]] Result<std::vector<charter::Actor>> others() const;
  // Signs with the keys that were given, those of them that have to.
  Status sign(audit::SignedRequest& request, const service::Organisation& organisation, charter::Time now) const;
};

// A line for an act.
void tell(std::ostream& out, const service::Numbered& done);

// Submits the requests, which are decided in order and written as one group, publishes the new checkpoint, and tells
// the acts. Fails with the first that was refused, after all have been decided.
Result<int> submit(service::Organisation& organisation, std::span<const audit::SignedRequest> requests,
                   charter::Time now, Console& console);
// The same of requests that the doers sign.
Result<int> submit(service::Organisation& organisation, std::vector<charter::Request> requests, const Doers& doers,
                   charter::Time now, Console& console);

}  // namespace folkmoot::cli

// What has been asked for under a key, and what came of it. Whoever has not heard the answer asks again under the same
// key (the header Idempotency-Key, draft-ietf-httpapi-idempotency-key-header) and gets it, and nothing is done twice:
// acts that any number of could be wanted, a petition or a statement, tell a repeat from a second one by nothing else.
#pragma once

#include <optional>

#include "charter/act.hpp"
#include "database/migration.hpp"

namespace folkmoot::service {

const database::Migration& answered_table();

// So long can an answer be asked for again.
inline constexpr charter::Length answers_kept = charter::days(1);

// What one member does under a key of their own making.
struct RequestKey {
  std::string member, name;
};

// Of answers that there are.
struct Answered {
  bool same = false;  // it was just this that was asked for; otherwise the key must not be used for it
  std::string came;   // the act's number, or the id of a request that waits
};

// Every function can fail as the database can. Whoever adds an answer does so in the transaction that does what was
// asked for, begun with lock("act"), and has looked for one in it: so nobody, on whatever node, does it meanwhile, and
// a repeat that comes while the first is being done waits for that one's answer.
class AnsweredRequests {
 public:
  enum class Call { act, awaiting };

  explicit AnsweredRequests(database::Database& database) : database_(database) {}

  // What came of what was asked for under that key; nothing if nothing was within answers_kept of `now`. Signatures are
  // no part of what is asked for: a repeat may be signed anew.
  Result<std::optional<Answered>> find(const RequestKey& key, Call call, const charter::Request& request,
                                       charter::Time now);
  // Keeps it, and forgets those whose time is over. There is none under that key.
  Status add(const RequestKey& key, Call call, const charter::Request& request, std::string came, charter::Time now);

 private:
  database::Database& database_;
};

}  // namespace folkmoot::service

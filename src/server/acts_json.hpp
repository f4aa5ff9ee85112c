// Acts and those who do them, as JSON; openapi.json has the schemas.
#pragma once

#include <functional>
#include <string>

#include "account/sign_in.hpp"
#include "charter/state.hpp"
#include "server/http.hpp"
#include "service/awaiting.hpp"
#include "service/clerk.hpp"
#include "service/people.hpp"

namespace folkmoot::server {

// Every act that there is, with the fields that whoever asks for it gives.
std::string catalogue_of_acts();

// {"request","signatures","texts"} as a page sends it, the last two if they are there; with no fields but those that
// the act has. Its request is of a known type, and each of its values of the kind that its field wants.
Result<service::Clerk::Asked> read_asked(json::Value body);

// What would become of a request: as it would stand in the ledger, with who has to sign it and what the member would
// sign, asking for it at that time; or what refuses it.
std::string considered(const service::Organisation& organisation, const charter::Request& request,
                       const charter::Decided& decided, const std::string& member, charter::Time asked);

// What was entered.
std::string entered(std::uint64_t number, const audit::Entry& entry);
// What was refused: a problem (RFC 9457) with the charter's rule, and the number under which it is on the record if it
// is.
Response refused(const charter::Refusal& refusal, std::optional<std::uint64_t> number);

std::string write_awaiting(const std::vector<service::Awaiting>& awaiting);

// What concerns the member of that session: `person` if the private store has them.
struct Mine {
  const charter::State& state;
  const account::Session& session;
  const std::optional<service::Person>& person;
  std::int64_t awaiting = 0;  // requests that wait for the member
  const std::function<std::string(const std::string& fingerprint)>& uuid;
  charter::Time now;
};
std::string write_mine(const Mine& mine);

std::string write_members(const charter::State& state, const std::vector<service::Person>& people);

}  // namespace folkmoot::server

#include "server/description.hpp"

#include "server/accounts.hpp"
#include "server/acts.hpp"
#include "server/example.hpp"
#include "server/new_election.hpp"
#include "server/organisation.hpp"
#include "server/tally.hpp"

namespace folkmoot::server {

extern const std::string_view openapi;  // made of openapi.json by the build

Response description() {
  Response response;
  response.content_type = "application/json";
  response.body = std::string(openapi);
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

std::vector<std::string> routes() {
  std::vector<std::string> all{"GET /health", "GET /metrics", "GET /api/openapi.json"};
  for (const auto& part :
       {Elections::routes(), TallyCalls::routes(), Ceremonies::routes(), NewElection::routes(), ExampleCalls::routes(),
        OrganisationReader::routes(), AccountCalls::routes(), ActCalls::routes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace folkmoot::server

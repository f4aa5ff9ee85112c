// What the server answers, described for programs (OpenAPI 3.1): src/server/openapi.json. A test holds the server to
// it.
#pragma once

#include "server/http.hpp"

namespace folkmoot::server {

// The description, as it is served at /api/openapi.json.
Response description();

// Every route that is described, as logs and metrics call it: "GET /api/v1/elections/{}".
std::vector<std::string> routes();

}  // namespace folkmoot::server

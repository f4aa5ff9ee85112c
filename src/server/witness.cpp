#include "server/witness.hpp"

#include "server/problem.hpp"

namespace folkmoot::server {
namespace {

Response to_response(ledger::Response answer) {
  Response response = text_response(answer.status, std::move(answer.body));
  response.content_type = std::move(answer.content_type);
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

// Of a request that the witness has understood.
std::string origin_of(std::string_view body) {
  const auto request = ledger::parse_add_checkpoint(body);
  const auto submitted = request ? ledger::parse_signed_checkpoint(request->checkpoint) : fail("not a request");
  return submitted ? submitted->checkpoint.origin : "a log";
}

}  // namespace

Handler witness_calls(service::Witness& witness, std::function<std::uint64_t()> clock,
                      std::function<void(std::string_view)> tell) {
  return [&witness, clock = std::move(clock), tell = std::move(tell)](const Request& request) {
    if (request.path == "/add-checkpoint") {
      if (request.method != "POST") return method_not_allowed("POST");
      ledger::Response answer = witness.add_checkpoint(request.body, clock());
      if (answer.status == 422) tell(fmt::format("{}: not cosigned: {}", origin_of(request.body), answer.body));
      return to_response(std::move(answer));
    }
    ledger::Response record = witness.checkpoint(std::string_view(request.path).substr(1));
    if (record.status == 200 && request.method != "GET") return method_not_allowed("GET, HEAD");
    return to_response(std::move(record));
  };
}

}  // namespace folkmoot::server

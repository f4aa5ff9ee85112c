// The server: HTTP/1.1 for those who are not at the machine. Read in this order:
//
//   http         requests and responses, as handlers see them
//   http_server  connections: limits, time-outs, stopping
//   http_head    what stands before the body of a response        RFC 9112
//   conditional  of a response, what the client lacks             RFC 9110
//   encoding     compressed or not                                RFC 9110
//   problem      what went wrong, and answers in JSON              RFC 9457
//   origin       where a request comes from: cookies, other sites  RFC 6265, Fetch
//   accounts     signing in, sessions, which mails one wants
//   factors      second factors: apps and passkeys
//   acts         what people do with the charter's authority
//   elections    elections, for voters and auditors
//   caller       who calls; roles: what they may do in an election
//   ceremonies   threshold keys that trustees make together
//   new_election the record of an election, made
//   tally        from the end of the voting to the declaration
//   example      the example organisation, clicked through
//   description  all of it for programs                          OpenAPI 3.1
//   observed     what the server says of itself: log, metrics
//   log_files    a log's public files                            tlog-tiles
//   witness      a witness's two calls                           tlog-witness
//   organisation what everybody may read of the organisation
//
// It speaks neither TLS nor HTTP/2: a proxy before it does.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "store/file_source.hpp"

namespace folkmoot::server {

// What a client has sent. The server has checked that it is well-formed HTTP and within the limits; nothing more.
struct Request {
  std::string method;  // "GET", "POST", …; HEAD comes as GET, and the server leaves out what must be left out
  std::string path;    // begins with '/'. As it was sent: nothing in it has been decoded. Without the query
  std::string body;
  std::string query;                                         // what follows '?', as it was sent
  std::vector<std::pair<std::string, std::string>> headers;  // name in lower case, value; in the order sent
  std::string client = {};                                   // the address at the other end of the connection

  // The value of the header of that name, in lower case; empty if there is none. Of several the first.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

// So many bytes of an open file, from there on.
struct FilePart {
  store::FileDescriptor file;
  std::uint64_t first = 0, size = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::variant<std::string, FilePart> body;
  std::vector<std::pair<std::string, std::string>> headers;  // more of them: name, value
};

// Called for as many requests at a time as there are workers (Limits): one, unless more were asked for.
using Handler = std::function<Response(const Request&)>;

// Takes one answer, now or later, from any thread.
using Reply = std::function<void(Response)>;
// Asked before a handler is, on the thread that all connections share, so it waits for nothing: either takes the
// request and sees to it that the reply is called, once; or gives false, and has left both as they were; or throws, and
// the reply is not called any more.
using Taker = std::function<bool(Request&, const Reply&)>;

// A text for a person, with its status.
inline Response text_response(int status, std::string text) {
  Response response;
  response.status = status;
  response.body = std::move(text);
  return response;
}

}  // namespace folkmoot::server

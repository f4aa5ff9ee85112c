#include "server/http_server.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <charconv>
#include <csignal>
#include <set>
#include <sstream>

#include "server/http_head.hpp"

namespace folkmoot::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using beast::error_code;
using Clock = std::chrono::steady_clock;
// With the executor named, no operation has to find it out.
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

Result<tcp::endpoint> parse_endpoint(std::string_view text) {
  const auto colon = std::min(text.rfind(':'), text.size());
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(std::min(colon + 1, text.size()));
  std::uint16_t number = 0;
  const auto [end, wrong] = std::from_chars(port.data(), port.data() + port.size(), number);
  const bool brackets = host.starts_with('[') && host.ends_with(']');
  if (brackets) host = host.substr(1, host.size() - 2);
  error_code error;
  const auto address = asio::ip::make_address(std::string(host), error);
  if (port.empty() || wrong != std::errc() || end != port.data() + port.size() || error ||
      address.is_v6() != brackets) {
    return fail("{}: not an address and port, as 127.0.0.1:8080 or [::1]:8080", text);
  }
  return tcp::endpoint(address, number);
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, [](const auto& field) { return std::string_view(field.first); });
  return found == headers.end() ? std::string_view() : found->second;
}

struct HttpServer::Impl {
  class Connection;

  Impl(Handler given, Limits limited, Taker taking)
      : handler(std::move(given)),
        taker(std::move(taking)),
        limits(limited),
        workers(std::max<std::size_t>(limited.workers, 1)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    ended = true;
    workers.join();  // they hold connections, which hold on to `io`
  }

  Status listen(const tcp::endpoint& endpoint);
  void accept();
  void left(Connection& connection);
  void sweep();
  void stop();

  Handler handler;
  Taker taker;
  Limits limits;
  std::string address;
  bool stopping = false;
  bool ended = false;                 // what follows `io` is no longer there
  bool full = false;                  // accepting waits until a connection ends
  std::size_t longer_bodies = 0;      // that are there
  std::set<Connection*> connections;  // those that exist
  asio::io_context io{1};             // goes first, and its connections with it
  Acceptor acceptor{io};
  asio::steady_timer pause{io};
  asio::steady_timer sweeping{io};
  asio::signal_set signals{io};
  asio::thread_pool workers;
};

// One client: reads a request, answers it, and so on. It exists as long as an operation of its is under way, or its
// request waits for an answer.
class HttpServer::Impl::Connection : public std::enable_shared_from_this<Connection> {
  using Parser = http::request_parser<http::string_body>;
  // Most requests fit in, and come whole: one call to the system gets them.
  static constexpr std::size_t usual = std::size_t{16} << 10;

  // What to go on with: calls the member, and keeps this alive until then.
  auto next(void (Connection::*member)(error_code, std::size_t)) {
    return beast::bind_front_handler(member, shared_from_this());
  }

 public:
  Connection(Impl& server, Socket socket)
      : server_(server), socket_(std::move(socket)), buffer_(server.limits.head + (std::size_t{64} << 10)) {
    buffer_.reserve(usual);
    error_code gone;
    const tcp::endpoint client = socket_.remote_endpoint(gone);
    if (!gone) client_ = client.address().to_string();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    let_go_of_body();
    server_.left(*this);
  }

  void receive() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(server_.limits.head));
    parser_->body_limit(boost::none);  // until its length is known
    waiting_ = buffer_.size() == 0;
    deadline_ = Clock::now() + server_.limits.receive;
    http::async_read_header(socket_, buffer_, *parser_, next(&Connection::head_received));
  }

  // Ends it if no request has begun.
  void stop() {
    if (waiting_ && !parser_->got_some()) close();
  }
  // Ends it if its time is over.
  void look_at(Clock::time_point now) {
    if (now >= deadline_) close();
  }

 private:
  void close() {
    error_code error;
    socket_.close(error);
  }

  void head_received(error_code error, std::size_t) {
    waiting_ = false;
    if (error) return failed(error);
    const std::uint64_t length = parser_->content_length().value_or(0);
    if (length <= server_.limits.body) return allow_body(server_.limits.body);
    if (!server_.limits.longer_body) return failed(http::error::body_limit);
    asio::post(server_.workers, [self = shared_from_this(), head = request_of(parser_->get()), length,
                                 work = asio::make_work_guard(server_.io)]() mutable {
      std::size_t longest = 0;
      try {
        longest = self->server_.limits.longer_body(head);
      } catch (const std::exception&) {  // as when there is no memory left
      }
      Connection& connection = *self;
      asio::post(connection.server_.io, [self = std::move(self), longest, length] {
        if (length > longest) return self->failed(http::error::body_limit);
        if (self->server_.longer_bodies >= self->server_.limits.longer_bodies) {
          return self->refuse(503, "many large bodies are being received: try again in a moment\n");
        }
        ++self->server_.longer_bodies;
        self->has_longer_body_ = true;
        self->deadline_ = Clock::now() + self->server_.limits.receive +
                          std::chrono::seconds(length / self->server_.limits.slowest_body);
        self->allow_body(longest);
      });
    });
  }

  void let_go_of_body() {
    if (has_longer_body_) --server_.longer_bodies;
    has_longer_body_ = false;
  }

  // The body, of which no more than that may come: a length that was announced is no longer.
  void allow_body(std::size_t longest) {
    parser_->body_limit(longest);
    // RFC 9110 section 10.1.1: the client waits for leave to send the body.
    if (parser_->get().version() == 11 && beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
      static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      return asio::async_write(socket_, asio::buffer(go_on), next(&Connection::receive_body));
    }
    error_code error;
    if (!parser_->is_done() && buffer_.size() > 0) {  // what has come with the head
      buffer_.consume(parser_->put(buffer_.data(), error));
      if (error && error != http::error::need_more) return failed(error);
    }
    parser_->is_done() ? received({}, 0) : receive_body({}, 0);
  }

  void receive_body(error_code error, std::size_t) {
    if (error) return;
    http::async_read(socket_, buffer_, *parser_, next(&Connection::received));
  }

  void received(error_code error, std::size_t) {
    if (error) return failed(error);
    auto message = parser_->release();
    manner_ = {message.version(), message.keep_alive() && !server_.stopping};
    deadline_ = Clock::time_point::max();  // the answer takes as long as it takes
    is_head_ = message.method() == http::verb::head;
    if (is_head_) message.erase(http::field::range);  // RFC 9110 section 14.2: it is for GET alone
    // RFC 9112 section 3.2: one Host, no less and no more.
    const bool host = manner_.version == 10 || message.count(http::field::host) == 1;
    if (!host || !message.target().starts_with('/')) return refuse(400, "bad request\n");
    Request request = request_of(message);
    request.body = std::move(message.body());
    answer(std::move(request));
  }

  // Without the body.
  template <class Message>
  [[nodiscard]] Request request_of(const Message& message) const {
    const std::string_view target = message.target();
    const auto question = std::min(target.find('?'), target.size());
    Request request{message.method() == http::verb::head ? "GET" : std::string(message.method_string()),
                    std::string(target.substr(0, question)),
                    {},
                    std::string(target.substr(std::min(question + 1, target.size()))),
                    {},
                    client_};
    for (const auto& field : message) {
      request.headers.emplace_back(field.name_string(), field.value());
      for (char& c : request.headers.back().first) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return request;
  }

  // The taker or a worker finds the answer, and this thread sends it. The server does not end before that.
  void answer(Request request) {
    const Reply reply = replier();
    try {
      if (server_.taker && server_.taker(request, reply)) return;
    } catch (const std::exception&) {  // as when there is no memory left: what has become of the request is not known
      return reply(text_response(500, "internal error\n"));
    }
    asio::post(server_.workers, [&handler = server_.handler, reply, request = std::move(request)] {
      Response response;
      try {
        response = handler(request);
      } catch (const std::exception&) {  // as when there is no memory left
        response = text_response(500, "internal error\n");
      }
      reply(std::move(response));
    });
  }

  // Keeps this connection until it is called, and then leaves it to the server's thread, where alone it may end.
  Reply replier() {
    struct Waiting {
      std::shared_ptr<Connection> connection;
      asio::executor_work_guard<asio::io_context::executor_type> work;
    };
    const auto waiting = std::make_shared<Waiting>(Waiting{shared_from_this(), asio::make_work_guard(server_.io)});
    return [waiting](Response response) {
      asio::io_context& io = waiting->connection->server_.io;
      asio::post(io, [last = std::move(*waiting), response = std::move(response)]() mutable {
        last.connection->send(std::move(response));
      });
    };
  }

  // The request could not be read. Who is too slow or gone gets no answer: the connection ends with this object.
  void failed(error_code error) {
    if (error == http::error::end_of_stream) return finish();
    if (error == http::error::body_limit) return refuse(413, "the body is too large\n");
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
      return refuse(431, "the head of the request is too large\n");
    if (error.category() == make_error_code(http::error::bad_method).category()) return refuse(400, "bad request\n");
  }

  // An answer after which nothing that the client may have sent can be made sense of.
  void refuse(int status, std::string text) {
    manner_.keep_alive = false;
    send(text_response(status, std::move(text)));
  }

  void send(Response response) {
    let_go_of_body();
    if (auto* text = std::get_if<std::string>(&response.body)) {
      body_ = std::move(*text);
      file_ = FilePart();
    } else {
      body_.clear();
      file_ = std::move(std::get<FilePart>(response.body));
    }
    head_ = head_of(response, body_.size() + file_.size, manner_);
    if (is_head_) {
      body_.clear();
      file_.size = 0;
    }
    begin_to_send(body_.size());
    const std::array<asio::const_buffer, 2> message{asio::buffer(head_), asio::buffer(body_)};
    asio::async_write(socket_, message, next(&Connection::sent));
  }

  void begin_to_send(std::size_t size) {
    deadline_ = Clock::now() + server_.limits.send + std::chrono::seconds(size / server_.limits.slowest);
  }

  // Goes on with the file, if there is more of it. If it has become shorter, nothing that could be sent would be true.
  void sent(error_code error, std::size_t) {
    if (error) return;
    if (file_.size > 0) {
      constexpr std::uint64_t piece = std::uint64_t{1} << 18;
      body_.resize(std::min(file_.size, piece));
      const ssize_t got = ::pread(file_.file.get(), body_.data(), body_.size(), static_cast<off_t>(file_.first));
      if (got <= 0) return;
      file_.first += static_cast<std::uint64_t>(got);
      file_.size -= static_cast<std::uint64_t>(got);
      begin_to_send(static_cast<std::size_t>(got));
      return asio::async_write(socket_, asio::buffer(body_, static_cast<std::size_t>(got)), next(&Connection::sent));
    }
    file_ = FilePart();
    if (!manner_.keep_alive || server_.stopping) return finish();
    receive();
  }

  // Says that no more comes, then drops what the client still sends: closing at once could cost it our last response.
  void finish() {
    error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    deadline_ = Clock::now() + server_.limits.linger;
    drop({}, 0);
  }
  void drop(error_code error, std::size_t) {
    if (error) return;
    buffer_.clear();
    socket_.async_read_some(buffer_.prepare(4096), next(&Connection::drop));
  }

  Impl& server_;
  Socket socket_;
  Clock::time_point deadline_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  bool waiting_ = false;          // for a request to begin
  bool has_longer_body_ = false;  // its request, until it is answered
  std::string client_;

  // Of the request that is being answered.
  Manner manner_;
  bool is_head_ = false;
  std::string head_, body_;  // of the response; of a file, a piece
  FilePart file_;            // what is still to be sent of it
};

Status HttpServer::Impl::listen(const tcp::endpoint& endpoint) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  std::ostringstream text;
  text << (error ? endpoint : acceptor.local_endpoint());
  address = text.str();
  if (error) return fail("{}: cannot listen: {}", address, error.message());
  accept();
  sweep();
  return {};
}

void HttpServer::Impl::accept() {
  acceptor.async_accept([this](error_code error, Socket socket) {
    if (stopping) return;
    if (error) {  // as when there are no more descriptors
      pause.expires_after(std::chrono::milliseconds(100));
      return pause.async_wait([this](error_code cancelled) {
        if (!cancelled) accept();
      });
    }
    socket.set_option(tcp::no_delay(true), error);
    const auto connection = std::make_shared<Connection>(*this, std::move(socket));
    connections.insert(connection.get());
    connection->receive();
    full = connections.size() >= limits.connections;
    if (!full) accept();
  });
}

void HttpServer::Impl::left(Connection& connection) {
  connections.erase(&connection);
  if (ended) return;
  if (stopping && connections.empty()) sweeping.cancel();
  if (full && !stopping) accept();
  full = false;
}

// Now and then looks at all connections: a timer for each would cost as much as answering.
void HttpServer::Impl::sweep() {
  constexpr std::chrono::milliseconds often(5), seldom(1000);
  sweeping.expires_after(std::clamp(std::min({limits.receive, limits.send, limits.linger}) / 4, often, seldom));
  sweeping.async_wait([this](error_code cancelled) {
    if (cancelled || (stopping && connections.empty())) return;
    const auto now = Clock::now();
    for (Connection* connection : connections) connection->look_at(now);
    sweep();
  });
}

void HttpServer::Impl::stop() {
  stopping = true;
  error_code error;
  acceptor.close(error);
  pause.cancel();
  signals.clear(error);
  for (Connection* connection : connections) connection->stop();
  if (connections.empty()) sweeping.cancel();
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(std::string_view address, Handler handler, Limits limits,
                                                       Taker taker) {
  const tcp::endpoint endpoint = TRY(parse_endpoint(address));
  auto impl = std::make_unique<Impl>(std::move(handler), limits, std::move(taker));
  TRY(impl->listen(endpoint));
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

const std::string& HttpServer::address() const { return impl_->address; }

void HttpServer::run() { impl_->io.run(); }

void HttpServer::stop() {
  asio::post(impl_->io, [this] { impl_->stop(); });
}

void HttpServer::stop_on_signals() {
  error_code error;
  for (const int signal : {SIGINT, SIGTERM}) impl_->signals.add(signal, error);
  impl_->signals.async_wait([this](error_code cancelled, int) {
    if (!cancelled) impl_->stop();
  });
}

}  // namespace folkmoot::server

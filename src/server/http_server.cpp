#include "server/http_server.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <charconv>
#include <csignal>
#include <set>
#include <sstream>

namespace folkmoot::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using beast::error_code;

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

// A response without a body, from what all have in common.
template <class Body>
http::response<Body> head_of(const Response& response, unsigned version, bool keep_alive) {
  http::response<Body> head(http::int_to_status(static_cast<unsigned>(response.status)), version);
  head.set(http::field::date, fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(std::time(nullptr))));
  head.set(http::field::content_type, response.content_type);
  head.set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) head.set(name, value);
  head.keep_alive(keep_alive);
  return head;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, [](const auto& field) { return std::string_view(field.first); });
  return found == headers.end() ? std::string_view() : found->second;
}

struct HttpServer::Impl {
  class Connection;

  Impl(Handler given, Limits limited)
      : handler(std::move(given)), limits(limited), workers(std::max<std::size_t>(limited.workers, 1)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    stopping = true;
    workers.join();  // they hold connections, which hold on to `io`
  }

  Status listen(const tcp::endpoint& endpoint);
  void accept();
  void left(Connection& connection);
  void stop();

  Handler handler;
  Limits limits;
  std::string address;
  bool stopping = false;
  bool full = false;                  // accepting waits until a connection ends
  std::set<Connection*> connections;  // those that exist
  asio::io_context io{1};             // goes first, and its connections with it
  tcp::acceptor acceptor{io};
  asio::steady_timer pause{io};
  asio::signal_set signals{io};
  asio::thread_pool workers;
};

// One client: reads a request, answers it, and so on. It exists as long as an operation of its is under way.
class HttpServer::Impl::Connection : public std::enable_shared_from_this<Connection> {
  using Parser = http::request_parser<http::string_body>;

  // What to go on with: calls the member, and keeps this alive until then.
  auto next(void (Connection::*member)(error_code, std::size_t)) {
    return beast::bind_front_handler(member, shared_from_this());
  }

 public:
  Connection(Impl& server, tcp::socket socket)
      : server_(server), stream_(std::move(socket)), buffer_(server.limits.head + (std::size_t{64} << 10)) {
    error_code gone;
    const tcp::endpoint client = stream_.socket().remote_endpoint(gone);
    if (!gone) client_ = client.address().to_string();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { server_.left(*this); }

  void receive() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(server_.limits.head));
    parser_->body_limit(boost::none);  // until its length is known
    waiting_ = buffer_.size() == 0;
    stream_.expires_after(server_.limits.receive);
    http::async_read_header(stream_, buffer_, *parser_, next(&Connection::head_received));
  }

  // Ends it if no request has begun.
  void stop() {
    if (waiting_ && !parser_->got_some()) stream_.close();
  }

 private:
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
        self->stream_.expires_after(self->server_.limits.receive +
                                    std::chrono::seconds(length / self->server_.limits.slowest_body));
        self->allow_body(longest);
      });
    });
  }

  // The body, of which no more than that may come: a length that was announced is no longer.
  void allow_body(std::size_t longest) {
    parser_->body_limit(longest);
    // RFC 9110 section 10.1.1: the client waits for leave to send the body.
    if (parser_->get().version() == 11 && beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
      static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      return asio::async_write(stream_, asio::buffer(go_on), next(&Connection::receive_body));
    }
    receive_body({}, 0);
  }

  void receive_body(error_code error, std::size_t) {
    if (error) return;
    http::async_read(stream_, buffer_, *parser_, next(&Connection::received));
  }

  void received(error_code error, std::size_t) {
    if (error) return failed(error);
    auto message = parser_->release();
    version_ = message.version();
    keep_alive_ = message.keep_alive() && !server_.stopping;
    is_head_ = message.method() == http::verb::head;
    // RFC 9112 section 3.2: one Host, no less and no more.
    const bool host = version_ == 10 || message.count(http::field::host) == 1;
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

  // A worker finds the answer, and this thread sends it. The server does not end before that.
  void answer(Request request) {
    asio::post(server_.workers, [self = shared_from_this(), request = std::move(request),
                                 work = asio::make_work_guard(server_.io)]() mutable {
      Response response;
      try {
        response = self->server_.handler(request);
      } catch (const std::exception&) {  // as when there is no memory left
        response = text_response(500, "internal error\n");
      }
      Connection& connection = *self;
      asio::post(connection.server_.io, [self = std::move(self), response = std::move(response)]() mutable {
        self->send(std::move(response));
      });
    });
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
    keep_alive_ = false;
    send(text_response(status, std::move(text)));
  }

  void send(Response response) {
    std::visit([&](auto& body) { send(response, std::move(body)); }, response.body);
  }

  void send(const Response& response, std::string body) {
    auto message = head_of<http::string_body>(response, version_, keep_alive_);
    const std::uint64_t size = body.size();
    if (is_head_) return send_head(response, size);
    message.body() = std::move(body);
    message.content_length(size);
    write(std::move(message), size);
  }

  void send(const Response& response, store::FileDescriptor descriptor) {
    beast::file file;
    file.native_handle(descriptor.release());
    http::file_body::value_type body;
    error_code error;
    body.reset(std::move(file), error);
    if (error) return refuse(500, "the file cannot be read\n");
    const std::uint64_t size = body.size();
    if (is_head_) return send_head(response, size);
    auto message = head_of<http::file_body>(response, version_, keep_alive_);
    message.body() = std::move(body);
    message.content_length(size);
    write(std::move(message), size);
  }

  void send_head(const Response& response, std::uint64_t size) {
    auto message = head_of<http::empty_body>(response, version_, keep_alive_);
    message.content_length(size);
    write(std::move(message), 0);
  }

  void write(http::message_generator message, std::uint64_t size) {
    stream_.expires_after(server_.limits.send + std::chrono::seconds(size / server_.limits.slowest));
    beast::async_write(stream_, std::move(message), next(&Connection::sent));
  }

  void sent(error_code error, std::size_t) {
    if (error) return;
    if (!keep_alive_ || server_.stopping) return finish();
    receive();
  }

  // Says that no more comes, then drops what the client still sends: closing at once could cost it our last response.
  void finish() {
    error_code error;
    stream_.socket().shutdown(tcp::socket::shutdown_send, error);
    stream_.expires_after(server_.limits.linger);
    drop({}, 0);
  }
  void drop(error_code error, std::size_t) {
    if (error) return;
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(4096), next(&Connection::drop));
  }

  Impl& server_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  bool waiting_ = false;  // for a request to begin
  std::string client_;

  // Of the request that is being answered.
  unsigned version_ = 11;
  bool keep_alive_ = false;
  bool is_head_ = false;
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
  return {};
}

void HttpServer::Impl::accept() {
  acceptor.async_accept([this](error_code error, tcp::socket socket) {
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
  if (full && !stopping) accept();
  full = false;
}

void HttpServer::Impl::stop() {
  stopping = true;
  error_code error;
  acceptor.close(error);
  pause.cancel();
  signals.clear(error);
  for (Connection* connection : connections) connection->stop();
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(std::string_view address, Handler handler, Limits limits) {
  const tcp::endpoint endpoint = TRY(parse_endpoint(address));
  auto impl = std::make_unique<Impl>(std::move(handler), limits);
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

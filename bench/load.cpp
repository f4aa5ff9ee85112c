// Ballots cast over HTTP by many clients at once, on a `folkmoot serve` with everything it does in earnest, and what
// that costs beside checking the same ballots (bench/load.sh puts it together; docs/performance.md, "Casting over
// HTTP").
//
//   bench_load organisation FOLDER RECORD [DATABASE]   FOLDER/organisation, whose open election is the record's
//   bench_load cast ORGANISATION RECORD BALLOTS CLIENTS IDLE SLOW [POSTGRES-PID]
//       checks the ballots (a file, one a line) as the server would, then has it take them, each client one after the
//       other on a connection of its own, while IDLE connections say nothing and SLOW ones send ten bytes a second.
//       Fails unless each ballot is accepted and is in the record.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <csignal>
#include <deque>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "measure.hpp"
#include "scenes/stage.hpp"
#include "service/ballot_check.hpp"
#include "service/poll.hpp"
#include "store/http_client.hpp"

namespace folkmoot::bench {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

std::string uuid_of(const fs::path& record) { return record.stem().string(); }

// An organisation of invented people that has come, by its acts, to the ballot of a contest, which is that election.
Status make_organisation(const fs::path& folder, const fs::path& record, const std::string& database) {
  constexpr charter::Length contest_takes = charter::days(46);
  const charter::Time now{static_cast<std::int64_t>(std::time(nullptr))};
  std::ostringstream acts;
  scenes::Stage stage({[&] {
                         return scenes::Place{folder, database};
                       },
                       std::string(scenes::example_charter), &acts, false, now - contest_takes});
  const scenes::Stage::Open campaign = stage.campaign_for_chair({scenes::member(1), scenes::member(2)});
  const std::string fingerprint = TRY(
      service::with_record(record, []<group::PrimeGroup G>(const service::Opened<G>& opened) -> Result<std::string> {
        return service::fingerprint_in_hex(opened.setup.fingerprint);
      }));
  stage.act("returning-officer:", "election.open", {{"election", campaign.election}, {"fingerprint", fingerprint}},
            "chair:");
  stage.until(now);
  const fs::path elections = folder / "organisation" / "public" / "elections";
  fs::create_directories(elections);
  for (const fs::path& file : {record, service::supplement_file(record)}) {
    fs::copy_file(file, elections / file.filename());
  }
  scenes::expect(stage.organisation().publish());
  return {};
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
  return lines;
}

// What checking them costs, in seconds of CPU, with nothing around it: as `folkmoot officer accept` does it.
double check_all(const fs::path& record, const std::vector<std::string>& ballots) {
  return need(service::with_record(record, [&]<group::PrimeGroup G>(service::Opened<G>& opened) -> Result<double> {
    constexpr std::size_t chunk = 2048;
    const auto supplement = TRY(service::read_supplement<G>(record));
    const service::BallotCheck<G> check(opened.setup, supplement);
    const double begin = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (std::size_t first = 0; first < ballots.size(); first += chunk) {
      const auto some = std::span(ballots).subspan(first, std::min(chunk, ballots.size() - first));
      const std::vector<std::string_view> texts(some.begin(), some.end());
      for (const std::string& wrong : check(texts)) {
        if (!wrong.empty()) return fail("{}", wrong);
      }
    }
    return clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - begin;
  }));
}

// The CPU time, in seconds, of a process and of all that it has started, ended or not (proc(5)).
double family_seconds(long pid) {
  std::ifstream stat(fmt::format("/proc/{}/stat", pid));
  std::string text((std::istreambuf_iterator<char>(stat)), {});
  std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
  std::vector<std::string> values{std::istream_iterator<std::string>(fields), {}};
  double ticks = 0;
  for (std::size_t i = 11; i < 15 && i < values.size(); ++i) ticks += std::stod(values[i]);  // utime to cstime
  double seconds = ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
  std::ifstream children(fmt::format("/proc/{}/task/{}/children", pid, pid));
  for (long child = 0; children >> child;) seconds += family_seconds(child);
  return seconds;
}

// folkmoot serve, of the same build.
class Server {
 public:
  explicit Server(const std::string& organisation) {
    std::array<int, 2> out{};
    if (::pipe(out.data()) != 0) std::exit(1);
    const std::string program = (fs::read_symlink("/proc/self/exe").parent_path() / "folkmoot").string();
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(out[1], 1);
      ::close(out[0]);
      ::execl(program.c_str(), "folkmoot", "serve", "--dir", organisation.c_str(), "--listen", "127.0.0.1:0", nullptr);
      ::_exit(127);
    }
    ::close(out[1]);
    std::string said;
    for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) said += c;
    ::close(out[0]);
    const auto url = said.find("http://");
    if (url == std::string::npos) {
      fmt::print(stderr, "the server does not serve\n");
      std::exit(1);
    }
    url_ = said.substr(url);
    clockid_t clock{};
    if (::clock_getcpuclockid(pid_, &clock) == 0) clock_ = clock;
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  // Stops it; gives its peak memory in MiB.
  long stop() const {
    ::kill(pid_, SIGTERM);
    rusage usage{};
    int status = 0;
    ::wait4(pid_, &status, 0, &usage);
    return usage.ru_maxrss / 1024;
  }
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] double cpu() const { return clock_seconds(clock_); }

 private:
  pid_t pid_ = 0;
  clockid_t clock_ = 0;
  std::string url_;
};

// What all clients share. All of them are on one thread.
struct Load {
  Load(const std::string& url, const fs::path& record, const std::vector<std::string>& all)
      : server(asio::ip::address_v4::loopback(),
               static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)))),
        path(fmt::format("/api/v1/elections/{}/ballots", uuid_of(record))),
        ballots(all) {}

  asio::io_context io{1};
  tcp::endpoint server;
  std::string path;
  const std::vector<std::string>& ballots;
  std::size_t next = 0, done = 0;
  std::vector<double> latencies;  // seconds
  std::size_t refused = 0;
  std::size_t cut_off = 0;  // idle and slow connections that the server has ended
  bool over = false;
};

std::string head_for(const Load& load, std::size_t size) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
                     load.path, size);
}

// Casts ballot after ballot on one connection.
class Caster {
 public:
  explicit Caster(Load& load) : load_(load), socket_(load.io) {
    socket_.connect(load.server);
    socket_.set_option(tcp::no_delay(true));
  }
  void cast() {
    if (load_.next == load_.ballots.size()) return;
    const std::string& ballot = load_.ballots[load_.next++];
    head_ = head_for(load_, ballot.size());
    begun_ = Clock::now();
    const std::array<asio::const_buffer, 2> request{asio::buffer(head_), asio::buffer(ballot)};
    asio::async_write(socket_, request, [this](error_code error, std::size_t) { error ? lost() : read_head(); });
  }

 private:
  void lost() {
    fmt::print(stderr, "a client lost its connection\n");
    std::exit(1);
  }
  void read_head() {
    asio::async_read_until(socket_, asio::dynamic_buffer(answer_), "\r\n\r\n",
                           [this](error_code error, std::size_t size) { error ? lost() : read_body(size); });
  }
  void read_body(std::size_t head) {
    constexpr std::string_view length = "Content-Length: ";
    const std::size_t whole = head + std::stoul(answer_.substr(answer_.find(length) + length.size()));
    const std::size_t more = whole - std::min(whole, answer_.size());
    asio::async_read(socket_, asio::dynamic_buffer(answer_), asio::transfer_exactly(more),
                     [this](error_code error, std::size_t) { error ? lost() : answered(); });
  }
  void answered() {
    load_.latencies.push_back(std::chrono::duration<double>(Clock::now() - begun_).count());
    if (!answer_.starts_with("HTTP/1.1 201")) ++load_.refused;
    answer_.clear();
    if (++load_.done == load_.ballots.size()) {
      load_.over = true;
      load_.io.stop();
    }
    cast();
  }

  Load& load_;
  tcp::socket socket_;
  std::string head_, answer_;
  Clock::time_point begun_;
};

// A connection that says nothing, or as good as nothing; a new one when the server has had enough of it.
class Dawdler {
 public:
  Dawdler(Load& load, bool slow) : load_(load), slow_(slow), socket_(load.io), timer_(load.io) { connect(); }

 private:
  void connect() {
    socket_ = tcp::socket(load_.io);
    socket_.connect(load_.server);
    text_ = head_for(load_, 5000);
    sent_ = 0;
    wait_for_end();
    if (slow_) dawdle();
  }
  void wait_for_end() {
    socket_.async_read_some(asio::buffer(answer_), [this](error_code error, std::size_t) {
      if (error == asio::error::operation_aborted) return;
      if (!error) return wait_for_end();
      ++load_.cut_off;
      timer_.cancel();
      connect();
    });
  }
  void dawdle() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([this](error_code cancelled) {
      if (cancelled) return;
      constexpr std::size_t bytes = 10;
      error_code gone;
      const std::string piece = sent_ < text_.size() ? text_.substr(sent_, bytes) : std::string(bytes, ' ');
      sent_ += socket_.send(asio::buffer(piece), 0, gone);
      dawdle();
    });
  }

  Load& load_;
  bool slow_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  std::string text_;
  std::size_t sent_ = 0;
  std::array<char, 512> answer_{};
};

double percentile(const std::vector<double>& sorted, double part) {
  return 1e3 * sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

Status cast_all(const std::string& organisation, const fs::path& record, const std::string& file, std::size_t clients,
                std::size_t idle, std::size_t slow, long postgres) {
  const std::vector<std::string> ballots = lines_of(file);
  const auto count = static_cast<double>(ballots.size());
  const double checked = check_all(record, ballots);

  const Server server(organisation);
  Load load(server.url(), record, ballots);
  std::deque<Dawdler> dawdlers;
  for (std::size_t i = 0; i < idle + slow; ++i) dawdlers.emplace_back(load, i >= idle);
  std::deque<Caster> casters;
  for (std::size_t i = 0; i < clients; ++i) casters.emplace_back(load);

  const double cpu = server.cpu(), own = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
  const double database = postgres > 0 ? family_seconds(postgres) : 0;
  const auto begin = Clock::now();
  for (Caster& caster : casters) caster.cast();
  load.io.run();
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  const double served = server.cpu() - cpu, clients_own = clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - own;
  const double stored = postgres > 0 ? family_seconds(postgres) - database : 0;

  const auto after = TRY(store::HttpClient().ask(
      {server.url() + "/api/v1/elections/" + uuid_of(record), std::nullopt, std::size_t{1} << 20}));
  const std::string wanted = fmt::format("\"ballots\":{}", ballots.size());
  if (load.refused > 0) return fail("{} ballots were not accepted", load.refused);
  if (after.body.find(wanted) == std::string::npos) return fail("not every ballot is in the record");
  const long memory = server.stop();

  std::ranges::sort(load.latencies);
  const auto each = [&](double all) { return 1e6 * all / count; };
  fmt::print("{} ballots of {} bytes, {} clients, {} idle and {} slow connections ({} cut off and opened again)\n",
             ballots.size(), ballots.front().size(), clients, idle, slow, load.cut_off);
  fmt::print("{:10.0f} ballots a second; latency p50 {:.1f} ms, p99 {:.1f} ms, longest {:.1f} ms\n", count / seconds,
             percentile(load.latencies, 0.5), percentile(load.latencies, 0.99), percentile(load.latencies, 1));
  fmt::print("{:10.1f} us of CPU a ballot: the server; its memory at most {} MiB\n", each(served), memory);
  fmt::print("{:10.1f} us of CPU a ballot: checking them and nothing else\n", each(checked));
  if (postgres > 0) fmt::print("{:10.1f} us of CPU a ballot: PostgreSQL\n", each(stored));
  fmt::print("{:10.1f} us of CPU a ballot: these clients\n", each(clients_own));
  fmt::print("{:10.2f} of the cost of checking is the server's own share (HTTP, JSON, storage)\n",
             (served + stored - checked) / checked);
  return {};
}

Status run(std::span<const std::string> arguments) {
  const auto number = [&](std::size_t i) { return std::stoul(arguments[i]); };
  if (arguments.size() >= 3 && arguments[0] == "organisation") {
    return make_organisation(arguments[1], arguments[2], arguments.size() > 3 ? arguments[3] : "");
  }
  if (arguments.size() >= 7 && arguments[0] == "cast") {
    return cast_all(arguments[1], arguments[2], arguments[3], number(4), number(5), number(6),
                    arguments.size() > 7 ? static_cast<long>(number(7)) : 0);
  }
  return fail(
      "bench_load organisation FOLDER RECORD [DATABASE]\n"
      "bench_load cast ORGANISATION RECORD BALLOTS CLIENTS IDLE SLOW [POSTGRES-PID]");
}

}  // namespace
}  // namespace folkmoot::bench

int main(int argc, char** argv) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  folkmoot::need(folkmoot::bench::run(std::vector<std::string>(argv + 1, argv + argc)));
}

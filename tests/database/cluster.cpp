#include "database/cluster.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace folkmoot::test {
namespace {

namespace fs = std::filesystem;

int shell(const std::string& command) { return std::system(command.c_str()); }

// A cluster in a folder of its own, listening on a socket there and nowhere else.
class Cluster {
 public:
  static const Cluster& get() {
    static const Cluster cluster;
    return cluster;
  }
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  ~Cluster() {
    shell(as_user("pg_ctl -D " + data() + " -m immediate -w stop") + " > /dev/null 2>&1");
    fs::remove_all(folder_);
  }
  // Its processes end at once, and write nothing more: the first is stopped, so that it starts no others meanwhile.
  void crash() const {
    const std::string pid_file = data() + "/postmaster.pid";
    pid_t first = 0;
    std::ifstream(pid_file) >> first;
    if (first <= 1) return ADD_FAILURE() << "PostgreSQL does not run";
    ::kill(first, SIGSTOP);
    std::ifstream children("/proc/" + std::to_string(first) + "/task/" + std::to_string(first) + "/children");
    for (pid_t child = 0; children >> child;) ::kill(child, SIGKILL);
    ::kill(first, SIGKILL);
    // Files that say it runs; a process that has ended, and that nobody has asked about, would be taken for it.
    fs::remove(pid_file);
    fs::remove(folder_ / ".s.PGSQL.5432.lock");
    start();
  }
  [[nodiscard]] std::string url(const std::string& database) const {
    return "postgresql:///" + database + "?host=" + folder_.string() + "&user=folkmoot";
  }

 private:
  Cluster() {
    std::string pattern = (fs::temp_directory_path() / "folkmoot-postgresql-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    // PostgreSQL refuses to run as root.
    if (::geteuid() == 0) shell("chown postgres " + folder_.string());
    run(as_user("initdb -D " + data() + " -U folkmoot -A trust -E UTF8 --no-sync"));
    start();
  }
  // After a crash a process that is ending may still hold the memory that all of them shared.
  void start() const {
    run(as_user("pg_ctl -D " + data() + " -l " + log() + " -w -o \"-k " + folder_.string() +
                " -c listen_addresses= -c fsync=off\" start"),
        100);
  }
  void run(const std::string& command, int tries = 1) const {
    for (; tries > 0; --tries) {
      if (shell(command + " > " + log() + ".start 2>&1") == 0) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    std::ifstream text(log() + ".start");
    ADD_FAILURE() << "PostgreSQL did not start: " << std::string(std::istreambuf_iterator<char>(text), {});
  }

  [[nodiscard]] std::string data() const { return (folder_ / "data").string(); }
  [[nodiscard]] std::string log() const { return (folder_ / "log").string(); }

  static std::string as_user(const std::string& command) {
    const std::string program = "/usr/lib/postgresql/15/bin/" + command;
    return ::geteuid() == 0 ? "(cd / && setpriv --reuid=postgres --regid=postgres --clear-groups " + program + ")"
                            : program;
  }

  fs::path folder_;
};

std::unique_ptr<database::Database> open_or_fail(const std::string& url) {
  auto opened = database::open(url);
  if (!opened) {
    ADD_FAILURE() << opened.error().message;
    std::abort();  // nothing can be tested
  }
  return *std::move(opened);
}

}  // namespace

TemporaryDatabase::TemporaryDatabase(Kind kind) : kind_(kind) {
  static int count = 0;
  name_ = "test" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  if (kind == Kind::sqlite) {
    url_ = "sqlite:" + (fs::temp_directory_path() / (name_ + ".sqlite")).string();
  } else {
    url_ = Cluster::get().url(name_);
    const auto made = open_or_fail(Cluster::get().url("postgres"))->run("CREATE DATABASE " + name_);
    EXPECT_TRUE(made) << made.error().message;
  }
}

TemporaryDatabase::~TemporaryDatabase() {
  if (kind_ == Kind::sqlite) {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(url_.substr(url_.find(':') + 1) + suffix);
  } else {
    (void)open_or_fail(Cluster::get().url("postgres"))->run("DROP DATABASE " + name_ + " WITH (FORCE)");
  }
}

std::unique_ptr<database::Database> TemporaryDatabase::open() const { return open_or_fail(url_); }

void crash_postgresql() { Cluster::get().crash(); }

std::string name(Kind kind) { return kind == Kind::sqlite ? "Sqlite" : "Postgresql"; }

}  // namespace folkmoot::test

#include "service/shared_folder.hpp"

#include "service/scratch_folder.hpp"

namespace folkmoot::service {
namespace {

using database::Row;

const std::string& text_in(const database::Value& value) { return std::get<std::string>(value); }

constexpr const char* insert = "INSERT INTO shared_file (number, folder, name, text) VALUES ($1, $2, $3, $4)";

// The names of a folder's entries; none if it is not there.
std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code none;
  for (fs::directory_iterator entry(folder, none), end; !none && entry != end; entry.increment(none))
    names.push_back(entry->path().filename().string());
  return names;
}

// Of its files; without those that a crash has left half-written (service/files.cpp), which end in six random letters.
std::vector<std::string> files_in(const fs::path& folder) {
  constexpr std::size_t random_ending = 7;
  auto names = names_in(folder);
  std::erase_if(names, [&](const std::string& name) {
    std::error_code none;
    return !fs::is_regular_file(folder / name, none) || fs::path(name).extension().string().size() == random_ending;
  });
  return names;
}

// A copy of that folder.
Result<ScratchFolder> copy_of(const fs::path& folder) {
  ScratchFolder copy = TRY(ScratchFolder::make());
  std::error_code error;
  if (fs::exists(folder, error)) fs::copy(folder, copy.path(), error);
  if (error) return fail("{}: cannot be copied: {}", folder.string(), error.message());
  return copy;
}

}  // namespace

const database::Migration& shared_folder_table() {
  static const database::Migration migration{
      "CREATE TABLE shared_file (number BIGINT PRIMARY KEY, folder TEXT NOT NULL, name TEXT NOT NULL, "
      "text TEXT NOT NULL, UNIQUE (folder, name))"};
  return migration;
}

template <class Body>
Status SharedFolder::attempt(Body&& body) {
  Status done;
  if (!database_) {
    taken_ = 0;
    done = [&]() -> Status {
      database_ = TRY(database::open(url_));
      return database_->transact([&]() -> Status {
        TRY(database_->lock("shared_file"));
        return join();
      });
    }();
  }
  if (done) done = body();
  if (!done) database_.reset();
  return done;
}

Status SharedFolder::join() {
  TRY(take());
  for (const std::string& name : names_in(folder_)) {
    for (const std::string& file : files_in(folder_ / name)) {
      const fs::path path = folder_ / name / file;
      const std::string text = TRY(read_file(path));
      const auto rows =
          TRY(database_->run("SELECT text FROM shared_file WHERE folder = $1 AND name = $2", {name, file}));
      if (rows.empty()) TRY(database_->run(insert, {++taken_, name, file, text}));
      if (!rows.empty() && text_in(rows[0][0]) != text) return fail("{}: the database has another one", path.string());
    }
  }
  return {};
}

Status SharedFolder::take() {
  const auto rows = TRY(
      database_->run("SELECT folder, name, text, number FROM shared_file WHERE number > $1 ORDER BY number", {taken_}));
  for (const Row& row : rows) {
    const fs::path path = folder_ / text_in(row[0]) / text_in(row[1]);
    if (!is_there(path)) TRY(write_file(path, text_in(row[2])));
    taken_ = std::get<std::int64_t>(row[3]);
  }
  return {};
}

Status SharedFolder::follow() {
  if (url_.empty()) return {};
  const std::scoped_lock lock(mutex_);
  return attempt([&] { return take(); });
}

Status SharedFolder::change(const std::string& name, const Work& work) {
  const std::scoped_lock lock(mutex_);
  if (url_.empty()) {
    const ScratchFolder copy = TRY(copy_of(folder_ / name));
    TRY(work(copy.path()));
    return work(folder_ / name);
  }
  Status worked;
  const auto commit = [&]() -> Status {
    TRY(database_->lock("shared_file"));
    TRY(take());
    const ScratchFolder copy = TRY(copy_of(folder_ / name));
    worked = work(copy.path());
    if (!worked) return {};
    std::int64_t number = taken_;
    for (const std::string& file : files_in(copy.path())) {
      if (is_there(folder_ / name / file)) continue;
      const std::string text = TRY(read_file(copy.path() / file));
      TRY(database_->run(insert, {++number, name, file, text}));
    }
    return {};
  };
  const auto commit_and_take = [&]() -> Status {
    TRY(database_->transact(commit));
    return take();
  };
  TRY(attempt(commit_and_take));
  return worked;
}

}  // namespace folkmoot::service

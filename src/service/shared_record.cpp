#include "service/shared_record.hpp"

#include <ranges>

#include "record/entry.hpp"

namespace folkmoot::service {
namespace {

using database::Row;
using record::Step;

constexpr std::size_t together = 500;  // steps that are read or written at once

std::int64_t number_in(const database::Value& value) { return std::get<std::int64_t>(value); }
const std::string& text_in(const database::Value& value) { return std::get<std::string>(value); }

// What a step, with all its contents, is in the database: its event, and the contents, a line each (canonical JSON has
// no line feeds).
Row row_of(const std::string& uuid, const Step& step) {
  const auto contents = step.data | std::views::transform(&record::Entry::content);
  return {uuid, step.event.height, json::to_text(step.event), fmt::format("{}", fmt::join(contents, "\n"))};
}

std::vector<std::string> contents_in(const std::string& lines, std::size_t count) {
  std::vector<std::string> contents;
  for (std::size_t begin = 0; contents.size() < count;) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    contents.push_back(lines.substr(begin, end - begin));
    begin = std::min(end + 1, lines.size());
  }
  return contents;
}

// A step of the file with all its contents, the large ones too.
Result<Step> whole(Step step, const record::EntryReader& reader) {
  for (record::Entry& entry : step.data) {
    if (!entry.kept()) entry = TRY(reader.read_at(entry.offset));
  }
  return step;
}

}  // namespace

const std::vector<database::Migration>& shared_record_steps() {
  static const std::vector<database::Migration> steps{
      {"CREATE TABLE record (uuid TEXT PRIMARY KEY, began BIGINT NOT NULL, steps BIGINT NOT NULL)",
       // The key is what keeps two nodes from giving one number to two steps.
       "CREATE TABLE record_step (uuid TEXT NOT NULL, number BIGINT NOT NULL, event TEXT NOT NULL, data TEXT NOT NULL, "
       "PRIMARY KEY (uuid, number))"},
      {"CREATE TABLE record_spoiled (uuid TEXT NOT NULL, number BIGINT NOT NULL, tracker TEXT NOT NULL, "
       "PRIMARY KEY (uuid, number))"}};
  return steps;
}

Result<std::unique_ptr<RecordLog>> SharedRecord::open(const fs::path& record, const std::string& url, Visit visit) {
  auto shared = std::make_unique<SharedRecord>(record, url, std::move(visit));
  TRY(shared->follow());
  return shared;
}

Result<std::vector<std::string>> SharedRecord::all(database::Database& database) {
  std::vector<std::string> uuids;
  for (const Row& row : TRY(database.run("SELECT uuid FROM record ORDER BY uuid"))) uuids.push_back(text_in(row[0]));
  return uuids;
}

template <class Body>
Status SharedRecord::attempt(Body&& body) {
  Status done;
  if (!file_) {
    done = [&]() -> Status {
      database_ = TRY(database::open(url_));
      return database_->transact([&]() -> Status {
        TRY(database_->lock("record"));
        return join();
      });
    }();
  }
  if (done) done = body();
  if (done) return {};
  file_.reset();
  database_.reset();
  return Failure(done.error().in(uuid_));
}

Status SharedRecord::join() {
  const bool exists = fs::exists(path_);
  std::optional<store::FileSource> source;
  std::optional<record::EntryReader> reader;
  if (exists) {
    source = TRY(store::FileSource::open(path_));
    reader = TRY(record::EntryReader::open(*source));
    const auto began = static_cast<std::int64_t>(reader->header().timestamp);
    TRY(database_->run("INSERT INTO record VALUES ($1, $2, 0) ON CONFLICT (uuid) DO NOTHING", {uuid_, began}));
  }
  const auto rows = TRY(database_->run("SELECT began, steps FROM record WHERE uuid = $1", {uuid_}));
  if (rows.empty()) return fail("there is no such record, in the database or as a file");
  if (!exists) {
    file_ = TRY(store::RecordFile::create(path_, static_cast<std::uint64_t>(number_in(rows[0][0]))));
    return take();
  }
  const std::int64_t steps = number_in(rows[0][1]);
  std::vector<Row> lacking;
  const auto visit = [&](const Step& step) -> Status {
    if (step.event.height + 1 == steps) TRY(expect_same(step.event));
    if (step.event.height >= steps) {
      lacking.push_back(row_of(uuid_, TRY(whole(step, *reader))));
      if (lacking.size() == together) TRY(add(std::exchange(lacking, {})));
    }
    return see(step);
  };
  file_ = TRY(store::RecordFile::open(path_, visit));
  TRY(add(lacking));
  return take();
}

// The hash of an event covers all that came before.
Status SharedRecord::expect_same(const record::Event& event) {
  const auto rows =
      TRY(database_->run("SELECT event FROM record_step WHERE uuid = $1 AND number = $2", {uuid_, event.height}));
  if (rows.empty()) return fail("the database has lost step {}", event.height);
  if (text_in(rows[0][0]) == json::to_text(event)) return {};
  return fail("step {} is another one in the database than in {}", event.height, path_.string());
}

Status SharedRecord::add(std::span<const Row> steps) {
  TRY(database_->run_all("INSERT INTO record_step VALUES ($1, $2, $3, $4)", steps));
  TRY(database_->run("UPDATE record SET steps = steps + $1 WHERE uuid = $2",
                     {static_cast<std::int64_t>(steps.size()), uuid_}));
  return {};
}

Status SharedRecord::take() {
  const auto last = file_->chain().last();
  if (last) TRY(expect_same(last->event));
  while (TRY(take_some())) {
  }
  return take_spoiled();
}

void SharedRecord::keep_spoiled(Keep keep) {
  keep_ = std::move(keep);
  spoiled_.clear();
}

Status SharedRecord::take_spoiled() {
  if (!keep_) return {};
  const auto rows =
      TRY(database_->run("SELECT tracker FROM record_spoiled WHERE uuid = $1 AND number >= $2 ORDER BY number",
                         {uuid_, static_cast<std::int64_t>(spoiled_.size())}));
  for (const Row& row : rows) {
    TRY(keep_(text_in(row[0])));
    spoiled_.insert(text_in(row[0]));
  }
  return {};
}

Result<RecordLog::Spoiling> SharedRecord::spoil(const Digest& ballot) {
  Spoiling spoiling = Spoiling::noted;
  const std::string tracker = to_base64(ballot);
  const auto note = [&]() -> Status {
    TRY(database_->lock("record"));
    TRY(take());
    const auto stands = obstacle(file_->chain(), ballot);
    spoiling = stands ? *stands : spoiled_.contains(tracker) ? Spoiling::known : Spoiling::noted;
    if (spoiling != Spoiling::noted) return {};
    TRY(database_->run("INSERT INTO record_spoiled (uuid, number, tracker) VALUES ($1, $2, $3)",
                       {uuid_, static_cast<std::int64_t>(spoiled_.size()), tracker}));
    return {};
  };
  const auto note_and_keep = [&]() -> Status {
    TRY(database_->transact(note));
    return take_spoiled();
  };
  TRY(attempt(note_and_keep));
  return spoiling;
}

Result<bool> SharedRecord::take_some() {
  const std::int64_t first = file_->chain().events();
  const auto rows = TRY(database_->run(
      fmt::format("SELECT event, data FROM record_step WHERE uuid = $1 AND number >= $2 ORDER BY number LIMIT {}",
                  together),
      {uuid_, first}));
  std::vector<record::Addition> additions;
  for (const Row& row : rows) {
    const auto event = TRY(json::read_canonical(text_in(row[0]), record::read_event));
    additions.push_back({event.type, contents_in(text_in(row[1]), record::data_count(event.type))});
  }
  const auto prepared = TRY(file_->prepare(std::move(additions)));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& step = prepared.steps[i];
    const std::int64_t number = first + static_cast<std::int64_t>(i);
    if (!step) return Failure(step.error().in(fmt::format("step {} in the database", number)));
    if (json::to_text(step->event) != text_in(rows[i][0]))
      return fail("step {} in the database does not follow the one before", number);
  }
  TRY(file_->write(prepared));
  for (const auto& step : prepared.steps) TRY(see(*step));
  return rows.size() == together;
}

// Some steps are read again when the file is opened again.
Status SharedRecord::see(const Step& step) {
  if (step.event.height < seen_) return {};
  ++seen_;
  return visit_(step);
}

Status SharedRecord::follow() {
  return attempt([&] { return take(); });
}

// What was opened on another node since the ballots were checked is not appended.
Result<store::RecordFile::Prepared> SharedRecord::prepare(std::vector<record::Addition> additions) {
  std::vector<bool> opened(additions.size());
  std::vector<record::Addition> rest;
  for (std::size_t i = 0; i < additions.size(); ++i) {
    opened[i] = !spoiled_.empty() && additions[i].type == record::EventType::ballot &&
                is_spoiled(sha256(additions[i].data.front()));
    if (!opened[i]) rest.push_back(std::move(additions[i]));
  }
  auto prepared = TRY(file_->prepare(std::move(rest)));
  for (std::size_t i = 0; i < opened.size(); ++i) {
    if (!opened[i]) continue;
    prepared.steps.insert(prepared.steps.begin() + static_cast<std::ptrdiff_t>(i),
                          fail("it was opened, and cannot be cast any more"));
  }
  return prepared;
}

Result<RecordLog::Steps> SharedRecord::append(std::vector<record::Addition> additions) {
  store::RecordFile::Prepared prepared;
  const auto commit = [&]() -> Status {
    TRY(database_->lock("record"));
    TRY(take());
    prepared = TRY(prepare(std::move(additions)));
    std::vector<Row> rows;
    for (const auto& step : prepared.steps) {
      if (step) rows.push_back(row_of(uuid_, *step));
    }
    return add(rows);
  };
  const auto commit_and_write = [&]() -> Status {
    TRY(database_->transact(commit));
    TRY(file_->write(prepared));
    for (const auto& step : prepared.steps) {
      if (step) TRY(see(*step));
    }
    return {};
  };
  TRY(attempt(commit_and_write));
  return std::move(prepared.steps);
}

}  // namespace folkmoot::service

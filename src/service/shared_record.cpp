#include "service/shared_record.hpp"

#include <ranges>

#include "record/entry.hpp"
#include "service/scratch_folder.hpp"

namespace folkmoot::service {
namespace {

using database::Row;
using record::Step;

constexpr std::size_t together = 500;  // steps that are read or written at once
constexpr int most_tries = 10;         // of a step that comes between what other nodes do

// What stands beside UUID.bel: UUID.strict.json and UUID.paper.json.
constexpr std::array<std::string_view, 2> extensions{".strict.json", ".paper.json"};
fs::path beside(fs::path record, std::string_view extension) { return record.replace_extension(extension); }

// Copies the record, and what stands beside it, into that folder; gives the copy.
Result<fs::path> make_copy(const fs::path& record, const fs::path& folder) {
  std::error_code error;
  const fs::path to = folder / record.filename();
  fs::copy_file(record, to, error);
  for (const std::string_view extension : extensions) {
    const fs::path file = beside(record, extension);
    if (!error && is_there(file)) fs::copy_file(file, beside(to, extension), error);
  }
  if (error) return fail("{}: cannot be copied: {}", record.string(), error.message());
  return to;
}

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

// The same of each step of the file after the first `events`, as what has been added to it.
Result<std::vector<record::Addition>> added_since(std::int64_t events, const fs::path& record) {
  const store::FileSource source = TRY(store::FileSource::open(record));
  const record::EntryReader reader = TRY(record::EntryReader::open(source));
  std::vector<record::Addition> additions;
  const auto note = [&](const Step& step) -> Status {
    if (step.event.height < events) return {};
    record::Addition addition{step.event.type, {}};
    const Step all = TRY(whole(step, reader));
    for (const record::Entry& entry : all.data) addition.data.push_back(entry.content);
    additions.push_back(std::move(addition));
    return {};
  };
  TRY(store::RecordFile::open(record, note));
  return additions;
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

const database::Migration& record_files_table() {
  static const database::Migration migration{
      "CREATE TABLE record_file (uuid TEXT NOT NULL, extension TEXT NOT NULL, text TEXT NOT NULL, "
      "PRIMARY KEY (uuid, extension))"};
  return migration;
}

// Ballots hardly get smaller by PostgreSQL's compression, in which most of its time went (docs/performance.md).
const database::Migration& record_storage() {
  static const std::string table = std::string(database::postgresql_only) + "ALTER TABLE record_step ";
  static const database::Migration migration{table + "SET (toast_tuple_target = 8160)",
                                             table + "ALTER COLUMN data SET STORAGE EXTERNAL"};
  return migration;
}

Result<std::unique_ptr<SharedRecord>> SharedRecord::open(const fs::path& record, const std::string& url, Visit visit) {
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
      return join();
    }();
  }
  if (done) done = body();
  if (done) return {};
  file_.reset();
  database_.reset();
  return Failure(done.error().in(uuid_));
}

// The file, which nobody else changes while it is open here, is read before anything is locked.
Status SharedRecord::join() {
  const bool exists = is_there(path_);
  if (exists) file_ = TRY(store::RecordFile::open(path_, [this](const Step& step) { return see(step); }));
  return database_->transact([&]() -> Status {
    TRY(database_->lock("record"));
    if (exists) {
      const auto began = static_cast<std::int64_t>(file_->header().timestamp);
      TRY(database_->run("INSERT INTO record VALUES ($1, $2, 0) ON CONFLICT (uuid) DO NOTHING", {uuid_, began}));
    }
    const auto rows = TRY(database_->run("SELECT began, steps FROM record WHERE uuid = $1", {uuid_}));
    if (rows.empty()) return fail("there is no such record, in the database or as a file");
    if (!exists) file_ = TRY(store::RecordFile::create(path_, static_cast<std::uint64_t>(number_in(rows[0][0]))));
    const std::int64_t steps = number_in(rows[0][1]), here = file_->chain().events();
    if (here > steps) TRY(give(steps));
    // Whoever is behind has nothing that others lack.
    if (here == steps) TRY(share_files(path_, false));
    TRY(take_files(false));
    return take();
  });
}

Status SharedRecord::give(std::int64_t steps) {
  const store::FileSource source = TRY(store::FileSource::open(path_));
  const record::EntryReader entries = TRY(record::EntryReader::open(source));
  record::Reader reader = TRY(record::Reader::open(source));
  std::vector<Row> lacking;
  bool files = false;  // are newer here
  while (auto step = TRY(reader.next())) {
    if (step->event.height + 1 == steps) TRY(expect_same(step->event));
    if (step->event.height < steps) continue;
    const bool ballot = step->event.type == record::EventType::ballot;
    files = files || !ballot;
    lacking.push_back(row_of(uuid_, TRY(whole(*std::move(step), entries))));
    if (lacking.size() == together || !ballot) TRY(add(std::exchange(lacking, {})));
  }
  TRY(add(lacking));
  return share_files(path_, files);
}

Status SharedRecord::share_files(const fs::path& record, bool replace) {
  for (const std::string_view extension : extensions) {
    const fs::path file = beside(record, extension);
    if (!is_there(file)) continue;
    const std::string text = TRY(read_file(file));
    TRY(database_->run(std::string("INSERT INTO record_file (uuid, extension, text) VALUES ($1, $2, $3) "
                                   "ON CONFLICT (uuid, extension) DO ") +
                           (replace ? "UPDATE SET text = excluded.text" : "NOTHING"),
                       {uuid_, std::string(extension), text}));
  }
  return {};
}

Status SharedRecord::take_files(bool replace) {
  for (const Row& row : TRY(database_->run("SELECT extension, text FROM record_file WHERE uuid = $1", {uuid_}))) {
    const fs::path file = beside(path_, text_in(row[0]));
    if (replace || !is_there(file)) TRY(replace_file(file, text_in(row[1])));
  }
  return {};
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
  std::vector<std::string> trackers;
  for (const Row& row : rows) trackers.push_back(text_in(row[0]));
  if (!trackers.empty()) TRY(keep_(trackers));
  spoiled_.insert(trackers.begin(), trackers.end());
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

// A step that is no ballot may be as large as all ballots together: it is taken by itself.
Result<bool> SharedRecord::take_some() {
  const std::int64_t first = file_->chain().events();
  std::int64_t end = first;
  for (const Row& row :
       TRY(database_->run(fmt::format("SELECT event FROM record_step WHERE uuid = $1 AND number >= $2 ORDER BY number "
                                      "LIMIT {}",
                                      together),
                          {uuid_, first}))) {
    const auto event = TRY(json::read_canonical(text_in(row[0]), record::read_event));
    const bool ballot = event.type == record::EventType::ballot;
    if (ballot || end == first) ++end;
    if (!ballot) break;
  }
  const auto rows = TRY(database_->run(
      "SELECT event, data FROM record_step WHERE uuid = $1 AND number >= $2 AND number < $3 ORDER BY number",
      {uuid_, first, end}));
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
  TRY(write(prepared));
  return !rows.empty();
}

// The supplement before what it is about.
Status SharedRecord::write(const store::RecordFile::Prepared& prepared) {
  const bool files = std::ranges::any_of(
      prepared.steps, [](const auto& step) { return step && step->event.type != record::EventType::ballot; });
  if (files) {
    TRY(take_files(true));
    spoiled_.clear();  // so that what it lacks is kept again
  }
  TRY(file_->write(prepared));
  for (const auto& step : prepared.steps) {
    if (step) TRY(see(*step));
  }
  return {};
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

template <class Prepare>
Result<RecordLog::Steps> SharedRecord::enter(Prepare prepare) {
  store::RecordFile::Prepared prepared;
  const auto commit = [&]() -> Status {
    TRY(database_->lock("record"));
    TRY(take());
    prepared = TRY(prepare());
    std::vector<Row> rows;
    for (const auto& step : prepared.steps) {
      if (step) rows.push_back(row_of(uuid_, *step));
    }
    return add(rows);
  };
  const auto commit_and_write = [&]() -> Status {
    TRY(database_->transact(commit));
    return write(prepared);
  };
  TRY(attempt(commit_and_write));
  return std::move(prepared.steps);
}

Result<RecordLog::Steps> SharedRecord::append(std::vector<record::Addition> additions) {
  return enter([&] { return prepare(*file_, std::move(additions)); });
}

Status SharedRecord::step(const TallyStep& step) {
  for (int tries = 0; tries < most_tries; ++tries) {
    TRY(follow());
    const auto before = place();
    const ScratchFolder scratch = TRY(ScratchFolder::make());
    const fs::path copied = TRY(make_copy(path_, scratch.path()));
    TRY(step(copied));
    std::vector<record::Addition> added = TRY(added_since(before.first, copied));
    if (!follow()) TRY(follow());  // the database may have come back meanwhile
    bool fits = false;
    const auto prepare_if_it_fits = [&]() -> Result<store::RecordFile::Prepared> {
      fits = place() == before;
      if (!fits) return store::RecordFile::Prepared();
      TRY(share_files(copied, true));
      auto prepared = TRY(file_->prepare(std::move(added)));
      for (const auto& one : prepared.steps) TRY(one);
      return prepared;
    };
    TRY(enter(prepare_if_it_fits));
    if (fits) return {};
  }
  return fail("{}: other nodes add to it all the time", uuid_);
}

}  // namespace folkmoot::service

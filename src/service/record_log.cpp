#include "service/record_log.hpp"

#include "service/shared_record.hpp"
#include "service/spoiling.hpp"

namespace folkmoot::service {
namespace {

class OwnRecord : public RecordLog {
 public:
  OwnRecord(fs::path path, Visit visit) : path_(std::move(path)), visit_(std::move(visit)) {}

  // Opened again after a failure, as of a full disk: what is in it then is certain.
  Status follow() override {
    if (file_) return {};
    std::int64_t there = 0;
    file_ = TRY(store::RecordFile::open(path_, [&](const record::Step& step) -> Status {
      if (there++ < seen_) return {};
      ++seen_;
      return visit_(step);
    }));
    return {};
  }

  Result<Steps> append(std::vector<record::Addition> additions) override {
    TRY(follow());
    store::RecordFile::Prepared prepared;
    const auto append_all = [&]() -> Status {
      prepared = TRY(prepare(*file_, std::move(additions)));
      return file_->write(prepared);
    };
    if (Status done = append_all(); !done) {
      file_.reset();
      return Failure(done.error());
    }
    for (const auto& step : prepared.steps) {
      if (!step) continue;
      ++seen_;
      TRY(visit_(*step));
    }
    return std::move(prepared.steps);
  }
  Result<Spoiling> spoil(const Digest& ballot) override {
    TRY(follow());
    if (const auto stands = obstacle(chain(), ballot)) return *stands;
    const std::string tracker = to_base64(ballot);
    const std::size_t noted = TRY(keep_({&tracker, 1}));
    spoiled_.insert(tracker);
    return noted > 0 ? Spoiling::noted : Spoiling::known;
  }

  [[nodiscard]] const record::Chain& chain() const override { return file_->chain(); }

 private:
  const fs::path path_;
  const Visit visit_;
  std::int64_t seen_ = 0;  // steps that visit_ has been told of
  std::optional<store::RecordFile> file_;
};

}  // namespace

std::optional<RecordLog::Spoiling> RecordLog::obstacle(const record::Chain& chain, const Digest& ballot) {
  const record::EventType last = chain.last()->event.type;
  if (last != record::EventType::setup && last != record::EventType::ballot) return Spoiling::over;
  if (chain.has(ballot)) return Spoiling::cast;
  return std::nullopt;
}

Result<store::RecordFile::Prepared> RecordLog::prepare(store::RecordFile& file,
                                                       std::vector<record::Addition> additions) const {
  std::vector<bool> opened(additions.size());
  std::vector<record::Addition> rest;
  for (std::size_t i = 0; i < additions.size(); ++i) {
    opened[i] = !spoiled_.empty() && additions[i].type == record::EventType::ballot &&
                is_spoiled(sha256(additions[i].data.front()));
    if (!opened[i]) rest.push_back(std::move(additions[i]));
  }
  auto prepared = TRY(file.prepare(std::move(rest)));
  for (std::size_t i = 0; i < opened.size(); ++i) {
    if (!opened[i]) continue;
    prepared.steps.insert(prepared.steps.begin() + static_cast<std::ptrdiff_t>(i),
                          fail("it was opened, and cannot be cast any more"));
  }
  return prepared;
}

namespace {

// Empty if the record has no supplement.
Result<RecordLog::Keep> keeper_of(const fs::path& record) {
  return with_record(record, [&]<PrimeGroup G>(const Opened<G>&) -> Result<RecordLog::Keep> {
    if (!TRY(read_supplement<G>(record))) return RecordLog::Keep();
    return RecordLog::Keep(
        [record](std::span<const std::string> trackers) { return keep_spoiled<G>(record, trackers); });
  });
}

Result<std::unique_ptr<SharedRecord>> open_shared(const fs::path& record, const std::string& database,
                                                  RecordLog::Visit visit) {
  auto log = TRY(SharedRecord::open(record, database, std::move(visit)));
  if (auto keep = TRY(keeper_of(record))) {
    log->keep_spoiled(std::move(keep));
    TRY(log->follow());
  }
  return log;
}

Status ignore(const record::Step&) { return {}; }

}  // namespace

Result<std::unique_ptr<RecordLog>> open_shared_record(const fs::path& record, const std::string& database,
                                                      RecordLog::Visit visit) {
  return open_shared(record, database, std::move(visit));
}

Result<std::int64_t> share_record(const fs::path& record, const std::string& database) {
  const auto log = TRY(open_shared(record, database, ignore));
  return log->chain().events();
}

Status step_shared_record(const fs::path& record, const std::string& database, const TallyStep& step) {
  const auto log = TRY(open_shared(record, database, ignore));
  return log->step(step);
}

Result<std::unique_ptr<RecordLog>> RecordLog::open(const fs::path& record, const std::string& database, Visit visit) {
  if (!database.empty()) return SharedRecord::open(record, database, std::move(visit));
  auto own = std::make_unique<OwnRecord>(record, std::move(visit));
  TRY(own->follow());
  return own;
}

}  // namespace folkmoot::service

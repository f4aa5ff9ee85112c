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
    auto steps = file_->append(std::move(additions));
    if (!steps) {
      file_.reset();
      return steps;
    }
    for (const auto& step : *steps) {
      if (!step) continue;
      ++seen_;
      TRY(visit_(*step));
    }
    return steps;
  }
  // Nobody else appends, and who appends here asks the supplement first.
  void keep_spoiled(Keep keep) override { keep_ = std::move(keep); }
  Result<Spoiling> spoil(const Digest& ballot) override {
    TRY(follow());
    if (const auto stands = obstacle(chain(), ballot)) return *stands;
    const std::string tracker = to_base64(ballot);
    return TRY(keep_({&tracker, 1})) > 0 ? Spoiling::noted : Spoiling::known;
  }
  [[nodiscard]] bool is_spoiled(const Digest&) const override { return false; }

  [[nodiscard]] const record::Chain& chain() const override { return file_->chain(); }

 private:
  const fs::path path_;
  const Visit visit_;
  Keep keep_;
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

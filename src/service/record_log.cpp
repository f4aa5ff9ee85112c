#include "service/record_log.hpp"

#include "service/shared_record.hpp"

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
  [[nodiscard]] const record::Chain& chain() const override { return file_->chain(); }

 private:
  const fs::path path_;
  const Visit visit_;
  std::int64_t seen_ = 0;  // steps that visit_ has been told of
  std::optional<store::RecordFile> file_;
};

}  // namespace

Result<std::unique_ptr<RecordLog>> RecordLog::open(const fs::path& record, const std::string& database, Visit visit) {
  if (!database.empty()) return SharedRecord::open(record, database, std::move(visit));
  auto own = std::make_unique<OwnRecord>(record, std::move(visit));
  TRY(own->follow());
  return own;
}

}  // namespace folkmoot::service

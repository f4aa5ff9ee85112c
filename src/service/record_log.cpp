#include "service/record_log.hpp"

#include "service/shared_record.hpp"

namespace folkmoot::service {
namespace {

class OwnRecord : public RecordLog {
 public:
  OwnRecord(store::RecordFile file, Visit visit) : file_(std::move(file)), visit_(std::move(visit)) {}

  Result<Steps> append(std::vector<record::Addition> additions) override {
    auto steps = TRY(file_.append(std::move(additions)));
    for (const auto& step : steps) {
      if (step) TRY(visit_(*step));
    }
    return steps;
  }
  Status follow() override { return {}; }
  [[nodiscard]] const record::Chain& chain() const override { return file_.chain(); }

 private:
  store::RecordFile file_;
  Visit visit_;
};

}  // namespace

Result<std::unique_ptr<RecordLog>> RecordLog::open(const fs::path& record, const std::string& database, Visit visit) {
  if (!database.empty()) return SharedRecord::open(record, database, std::move(visit));
  auto file = TRY(store::RecordFile::open(record, visit));
  return std::make_unique<OwnRecord>(std::move(file), std::move(visit));
}

}  // namespace folkmoot::service

#include "service/witness.hpp"

#include "service/signer.hpp"

namespace folkmoot::service {
namespace {

using ledger::Response;
using ledger::VerifierKey;

constexpr std::size_t max_record = std::size_t{1} << 20;  // a note's
constexpr std::string_view about_logs =
    "# The public keys of the logs that this witness watches, one a line: ORIGIN+ID+KEY.\n"
    "# They are read when the witness starts.\n";

Response text(int status, std::string body) { return {status, "text/plain; charset=utf-8", std::move(body)}; }

Result<std::vector<VerifierKey>> read_logs(const fs::path& path) {
  std::vector<VerifierKey> logs;
  for (const std::string& line : TRY(read_lines(path))) {
    if (line.starts_with('#')) continue;
    auto key = TRY(in(path.string(), in(line, VerifierKey::parse(line))));
    if (key.type() != ledger::SignatureType::note) return fail("{}: {}: not the key of a log", path.string(), line);
    logs.push_back(std::move(key));
  }
  return logs;
}

}  // namespace

Result<VerifierKey> make_witness(const fs::path& folder, const std::string& name) {
  auto key = TRY(make_signer(folder / "key", name, ledger::SignatureType::cosignature_v1));
  TRY(write_file(folder / "logs", about_logs));
  return key;
}

Result<Witness> Witness::restore(ledger::Storage& storage, ledger::Signer signer, std::vector<VerifierKey> logs) {
  Witness witness(storage, ledger::Witness(std::move(signer), logs));
  for (const VerifierKey& log : logs) {
    const std::string path = ledger::Witness::record_path(log.name());
    if (!witness.origins_.emplace(path, log.name()).second) continue;  // another key of the same log
    const auto record = TRY(in("the record of " + log.name(), storage.read(path, max_record)));
    if (record) TRY(in(path, witness.witness_.restore(log.name(), text_of(*record))));
  }
  return witness;
}

Response Witness::add_checkpoint(std::string_view body, std::uint64_t time) {
  auto [response, record] = witness_.decide(body, time);
  if (record && health_) health_ = store(*std::move(record));
  return health_ ? response : text(500, "the witness cannot store what it cosigns\n");
}

Status Witness::store(ledger::Witness::Record record) {
  TRY(storage_->write(ledger::Witness::record_path(record.origin), bytes_of(record.note)));
  TRY(storage_->sync());
  witness_.apply(std::move(record));
  return {};
}

Response Witness::checkpoint(std::string_view path) const {
  const auto origin = origins_.find(path);
  const auto* const record = origin == origins_.end() ? nullptr : witness_.record(origin->second);
  return record == nullptr ? text(404, "no checkpoint of such a log\n") : text(200, record->note);
}

Result<WitnessFolder> open_witness(const fs::path& folder) {
  ledger::Signer signer = TRY(read_signer(folder / "key", ledger::SignatureType::cosignature_v1));
  auto logs = TRY(read_logs(folder / "logs"));
  auto files = TRY(store::LedgerFiles::open(folder / "records"));
  VerifierKey key = signer.key;
  Witness witness = TRY(in((folder / "records").string(), Witness::restore(*files, std::move(signer), logs)));
  return WitnessFolder{std::move(key), std::move(logs), std::move(files), std::move(witness)};
}

}  // namespace folkmoot::service

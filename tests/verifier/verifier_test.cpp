// folkmoot-verify as its users run it, on files.
#include "verifier/verifier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "audit/book.hpp"
#include "charter/elector_proof.hpp"
#include "ledger/receipt.hpp"

namespace folkmoot::verifier {
namespace {

namespace fs = std::filesystem;
using namespace audit::test;
using testing::HasSubstr;

struct Verifier : testing::Test {
  Verifier() {
    std::string name = (fs::temp_directory_path() / "folkmoot-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = name;
    audit::test::Book book("cooperative");
    book.act("secretary:", "statement.publish", {{"title", "News"}, {"hash", book.copy.add("Bread.\n")}});
    book.copy.publish(book.now.seconds);
    copy = book.copy;
    for (const auto& [path, bytes] : copy.files) write("ledger/" + path, std::string(text_of(bytes)));
    for (const auto& [hash, text] : copy.texts) write("ledger/published/" + hash, text);
    write("policy", fmt::format("log {}\nwitness w1 {}\nquorum w1\n", key(), witness_signer().key.to_text()));
  }
  ~Verifier() override { fs::remove_all(folder); }

  static std::string key() { return ledger::test::log_signer().key.to_text(); }
  std::string write(const std::string& name, const std::string& content) const {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << content;
    return (folder / name).string();
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder / name).string(); }
  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "folkmoot-verify");
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    std::ostringstream out_stream, err_stream;
    const int status = verifier::run(static_cast<int>(argv.size()), argv.data(), {out_stream, err_stream});
    out = out_stream.str();
    err = err_stream.str();
    return status;
  }

  fs::path folder;
  audit::test::Copy copy;
  std::string out, err;
};

TEST_F(Verifier, ALedgerWithAPolicyOrAKey) {
  EXPECT_EQ(run({"ledger", path("ledger"), "--policy", path("policy")}), Exit::valid) << out << err;
  EXPECT_THAT(out, HasSubstr("VALID."));
  EXPECT_EQ(run({"ledger", path("ledger"), "--key", key(), "--json"}), Exit::valid) << out << err;
  EXPECT_THAT(out, HasSubstr(R"({"verdict":"valid")"));
}

TEST_F(Verifier, ALedgerOfNobodyThatIsKnown) {
  EXPECT_EQ(run({"ledger", path("ledger")}), Exit::invalid);
  EXPECT_THAT(out, HasSubstr("could not be tied to anybody you know"));
  EXPECT_THAT(out, HasSubstr("INVALID. Failed: signature."));
}

TEST_F(Verifier, AnAlteredText) {
  write("ledger/published/" + sha256_hex("Bread.\n"), "Bread and spam.\n");
  EXPECT_EQ(run({"ledger", path("ledger"), "--key", key()}), Exit::invalid);
  EXPECT_THAT(out, HasSubstr("has been altered"));
  write("ledger/published/promotion.html", "Buy!");
  run({"ledger", path("ledger"), "--key", key()});
  EXPECT_THAT(out, HasSubstr("not the organisation's:\n  promotion.html"));
}

TEST_F(Verifier, AgainstAnEarlierCheckpointOrFolder) {
  const std::string other = write("other/checkpoint", copy.checkpoint());
  EXPECT_EQ(run({"ledger", path("ledger"), "--key", key(), "--against", other}), Exit::valid) << out << err;
  EXPECT_THAT(out, HasSubstr("it continues the earlier checkpoint"));
  audit::test::Copy changed = copy;
  changed.entries.pop_back();
  changed.entries.push_back(changed.entries.front());
  changed.publish(0);
  for (const auto& [file, bytes] : changed.files) write("other/" + file, std::string(text_of(bytes)));
  EXPECT_EQ(run({"ledger", path("ledger"), "--key", key(), "--against", path("other")}), Exit::invalid);
  EXPECT_THAT(out, HasSubstr("two heads of the same log"));
  EXPECT_THAT(out, HasSubstr(fmt::format("they differ from entry {} on", copy.entries.size() - 1)));
}

TEST_F(Verifier, Receipts) {
  MemoryStorage log;
  log.files = copy.files;
  const std::string& entry = copy.entries.back();
  ledger::Receipt receipt = need(ledger::make_receipt(log, copy.checkpoint(), copy.entries.size() - 1));
  const std::string file = write("act.tlog-proof", ledger::to_text(receipt));
  EXPECT_EQ(run({"receipt", file, "--entry", write("entry", entry), "--policy", path("policy")}), Exit::valid) << out;
  EXPECT_THAT(out, HasSubstr(R"({"act":{"type":"statement.publish")"));
  EXPECT_THAT(out, HasSubstr("cosigned by w1"));
  EXPECT_EQ(run({"receipt", file, "--entry", write("entry", entry + " "), "--key", key()}), Exit::invalid);
  EXPECT_EQ(run({"receipt", file, "--key", key()}), Exit::invalid);
  EXPECT_THAT(out, HasSubstr("does not hold its entry"));
  // The entry may stand in the receipt.
  receipt.extra = Bytes(entry.begin(), entry.end());
  const std::string whole = write("whole.tlog-proof", ledger::to_text(receipt));
  EXPECT_EQ(run({"receipt", whole, "--key", key(), "--json"}), Exit::valid) << out;
  EXPECT_THAT(out, HasSubstr(R"("verdict":"valid")"));
  EXPECT_EQ(run({"receipt", whole}), Exit::invalid);
  EXPECT_THAT(out, HasSubstr("could not be tied to anybody you know"));
  EXPECT_EQ(run({"receipt", path("policy"), "--key", key()}), Exit::invalid);
}

TEST_F(Verifier, ARecordIsWhatIsMeantWithoutASubcommand) {
  const std::string file = write("r.bel", "no record");
  EXPECT_EQ(run({file}), Exit::invalid);
  const std::string short_form = out;
  EXPECT_EQ(run({"record", file}), Exit::invalid);
  EXPECT_EQ(out, short_form);
  EXPECT_THAT(out, HasSubstr("archive"));
  EXPECT_EQ(run({"--json", file}), Exit::invalid);
  EXPECT_THAT(out, HasSubstr(R"("verdict":"invalid")"));
}

TEST_F(Verifier, WrongCalls) {
  EXPECT_EQ(run({}), Exit::usage);
  EXPECT_EQ(run({"ledger"}), Exit::usage);
  EXPECT_EQ(run({"ledger", path("nothing")}), Exit::usage);
  EXPECT_THAT(err, HasSubstr("no such folder"));
  EXPECT_EQ(run({"ledger", path("ledger"), "--key", "no key"}), Exit::usage);
  EXPECT_EQ(run({"ledger", path("ledger"), "--policy", path("nothing")}), Exit::usage);
  EXPECT_EQ(run({"record", path("nothing")}), Exit::usage);
  EXPECT_EQ(run({"--help"}), Exit::valid);
  EXPECT_THAT(out, HasSubstr("ledger"));
  EXPECT_EQ(run({"receipt", "--help"}), Exit::valid);
}

TEST_F(Verifier, ElectorsProveThatTheyWereOnIt) {
  std::vector<Digest> commitments;
  for (int i = 0; i < 5; ++i) {
    const charter::Entry entry{fmt::format("m-{:016x}", i), 1};
    commitments.push_back(charter::commit(sha256(entry.member), charter::to_text(entry)));
  }
  const merkle::Tree tree = charter::electorate_tree(commitments);
  const std::string member = fmt::format("m-{:016x}", 3);
  const charter::ElectorProof proof{"election-28", {member, 1}, sha256(member), 3, tree.path(3)};
  const std::string text = charter::to_text(proof);
  const std::string file = write("proof", text + "\n");
  const std::string root = to_hex(tree.head().root);
  EXPECT_EQ(run({"elector", file, "--root", root, "--size", "5"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("was among those who were frozen for election-28, with a weight of 1: number 4 of 5."));
  EXPECT_EQ(run({"elector", file, "--root", root, "--size", "3"}), 1);
  EXPECT_EQ(run({"elector", file, "--root", std::string(64, 'a'), "--size", "5"}), 1);
  EXPECT_EQ(run({"elector", file, "--root", "abc", "--size", "5"}), 3);
  EXPECT_EQ(run({"elector", write("cut", text.substr(0, 90)), "--root", root, "--size", "5"}), 3);
}

}  // namespace
}  // namespace folkmoot::verifier

// Cast vote records in the common data format: NIST SP 1500-103, version 1.0, JSON.
//
// A file may hold several contests; the first is read. Of a paper's snapshots the current one counts, else the first.
#include "base/json.hpp"
#include "count/format/format.hpp"
#include "count/format/lines.hpp"

namespace folkmoot::count {
namespace {

class CdfReader {
 public:
  Result<Contest> read(std::string_view text) {
    const json::Document document = TRY(json::Document::parse(text));
    const json::Value root = document.root();
    TRY(in("Election", read_election(root)));
    const json::Value records = TRY(root.field("CVR"));
    const json::Array papers = TRY(records.array());
    std::size_t number = 0;
    for (const json::Value paper : papers) TRY(in(fmt::format("CVR[{}]", number++), read_paper(paper)));
    contest_.candidates = names_.take();
    TRY(check(contest_));
    return std::move(contest_);
  }

 private:
  static Result<std::string> text_of(json::Value object, std::string_view name) {
    const json::Value value = TRY(object.field(name));
    return std::string(TRY(in(name, value.string())));
  }

  Status read_election(json::Value root) {
    const json::Value list = TRY(root.field("Election"));
    const json::Array elections = TRY(list.array());
    for (const json::Value election : elections) {
      std::map<std::string, std::string> names;
      const json::Value candidate_list = TRY(election.field("Candidate"));
      const json::Array candidates = TRY(candidate_list.array());
      for (const json::Value candidate : candidates)
        names[TRY(text_of(candidate, "@id"))] = TRY(text_of(candidate, "Name"));
      const json::Value contest_list = TRY(election.field("Contest"));
      const json::Array contests = TRY(contest_list.array());
      for (const json::Value contest : contests) {
        id_ = TRY(text_of(contest, "@id"));
        if (const std::string name = contest.has("Name") ? TRY(text_of(contest, "Name")) : ""; !tidy(name).empty())
          contest_.title = TRY(in("Name", read_name(name)));
        const json::Value selection_list = TRY(contest.field("ContestSelection"));
        const json::Array selections = TRY(selection_list.array());
        for (const json::Value selection : selections) {
          const std::string id = TRY(text_of(selection, "@id"));
          if (!selection.has("CandidateIds")) continue;
          const json::Value id_list = TRY(selection.field("CandidateIds"));
          const json::Array ids = TRY(id_list.array());
          for (const json::Value candidate : ids) {
            const auto name = names.find(std::string(TRY(candidate.string())));
            if (name == names.end()) return fail("a selection names a candidate that is not declared");
            selections_[id] = TRY(names_.find_or_add(name->second));
          }
        }
        return {};
      }
    }
    return fail("there is no contest");
  }

  Status read_paper(json::Value paper) {
    const json::Value snapshot_list = TRY(paper.field("CVRSnapshot"));
    const json::Array snapshots = TRY(snapshot_list.array());
    const std::string current = paper.has("CurrentSnapshotId") ? TRY(text_of(paper, "CurrentSnapshotId")) : "";
    std::optional<json::Value> chosen;
    for (const json::Value snapshot : snapshots) {
      const std::string id = snapshot.has("@id") ? TRY(text_of(snapshot, "@id")) : "";
      if (!chosen || (!current.empty() && id == current)) chosen = snapshot;
    }
    if (!chosen) return fail("a paper has no snapshot");
    std::vector<Mark> marks;
    if (chosen->has("CVRContest")) {
      const json::Value contest_list = TRY(chosen->field("CVRContest"));
      const json::Array contests = TRY(contest_list.array());
      for (const json::Value contest : contests)
        if (TRY(text_of(contest, "ContestId")) == id_ && contest.has("CVRContestSelection"))
          TRY(read_marks(contest, marks));
    }
    return add_paper(contest_.papers, std::move(marks), 1);
  }

  Status read_marks(json::Value contest, std::vector<Mark>& marks) {
    const json::Value selection_list = TRY(contest.field("CVRContestSelection"));
    const json::Array selections = TRY(selection_list.array());
    for (const json::Value selection : selections) {
      const auto candidate = selections_.find(TRY(text_of(selection, "ContestSelectionId")));
      if (candidate == selections_.end()) return fail("a paper selects what the contest does not have");
      const json::Value position_list = TRY(selection.field("SelectionPosition"));
      const json::Array positions = TRY(position_list.array());
      for (const json::Value position : positions) {
        if (position.has("HasIndication") && TRY(text_of(position, "HasIndication")) == "no") continue;
        std::int64_t rank = 1;
        if (position.has("Rank")) {
          const json::Value value = TRY(position.field("Rank"));
          rank = TRY(in("Rank", value.integer(1, 0xfffe)));
        }
        marks.push_back({candidate->second, static_cast<std::uint16_t>(rank)});
      }
    }
    return {};
  }

  Contest contest_;
  NameTable names_;
  std::string id_;
  std::map<std::string, Candidate> selections_;
};

}  // namespace

Result<Contest> read_cdf(std::string_view text) { return CdfReader().read(text); }

std::string write_cdf(const Contest& contest) {
  json::Writer writer;
  const auto typed = [&](std::string_view type) -> json::Writer& {
    return writer.begin_object().key("@type").string(fmt::format("CVR.{}", type));
  };
  typed("CastVoteRecordReport").key("CVR").begin_array();
  std::int64_t number = 0;
  for (std::size_t entry = 0; entry < contest.papers.size(); ++entry)
    for (std::int64_t paper = 0; paper < contest.papers.weight(entry); ++paper) {
      const std::string id = fmt::format("ballot-{}", ++number);
      typed("CVR").key("BallotPrePrintedId").string(std::to_string(number));
      writer.key("CVRSnapshot").begin_array();
      typed("CVRSnapshot").key("@id").string(id).key("CVRContest").begin_array();
      typed("CVRContest").key("CVRContestSelection").begin_array();
      for (const Mark& mark : contest.papers.marks(entry)) {
        if (mark.candidate == overvote) continue;  // the file it came from doesn't say who
        typed("CVRContestSelection").key("ContestSelectionId").string(fmt::format("cs-{}", mark.candidate + 1));
        writer.key("SelectionPosition").begin_array();
        typed("SelectionPosition").key("HasIndication").string("yes").key("IsAllocable").string("unknown");
        writer.key("NumberVotes").integer(1).key("Rank").integer(mark.rank).end_object().end_array().end_object();
      }
      writer.end_array().key("ContestId").string("contest-1").end_object().end_array();
      writer.key("Type").string("original").end_object().end_array();
      writer.key("CurrentSnapshotId").string(id).key("ElectionId").string("election-1").end_object();
    }
  writer.end_array().key("Election").begin_array();
  typed("Election").key("@id").string("election-1").key("Candidate").begin_array();
  for (std::size_t i = 0; i < contest.candidates.size(); ++i)
    typed("Candidate")
        .key("@id")
        .string(fmt::format("candidate-{}", i + 1))
        .key("Name")
        .string(contest.candidates[i])
        .end_object();
  writer.end_array().key("Contest").begin_array();
  typed("CandidateContest").key("@id").string("contest-1").key("ContestSelection").begin_array();
  for (std::size_t i = 0; i < contest.candidates.size(); ++i) {
    typed("CandidateSelection").key("@id").string(fmt::format("cs-{}", i + 1)).key("CandidateIds").begin_array();
    writer.string(fmt::format("candidate-{}", i + 1)).end_array().end_object();
  }
  writer.end_array().key("Name").string(contest.title.empty() ? "Untitled" : contest.title).end_object().end_array();
  writer.key("ElectionScopeId").string("gpu-1").end_object().end_array();
  writer.key("GpUnit").begin_array();
  typed("GpUnit").key("@id").string("gpu-1").key("Type").string("other").end_object().end_array();
  writer.key("ReportGeneratingDeviceIds").begin_array().string("rd-1").end_array();
  writer.key("ReportingDevice").begin_array();
  typed("ReportingDevice").key("@id").string("rd-1").key("Application").string("Folkmoot").end_object().end_array();
  writer.key("Version").string("1.0.0").end_object();
  return writer.take();
}

std::string write_rctab_summary(const Transcript& transcript) {
  json::Writer writer;
  writer.begin_object().key("config").begin_object().key("contest").string(transcript.title).end_object();
  writer.key("jsonFormatVersion").string("1").key("results").begin_array();
  std::vector<bool> gone(transcript.candidates.size());
  for (const Candidate candidate : transcript.withdrawn) gone[candidate] = true;
  for (std::size_t i = 0; i < transcript.stages.size(); ++i) {
    const Stage& stage = transcript.stages[i];
    writer.begin_object().key("inactiveBallots").begin_object();
    writer.key("exhaustedChoices").plain_string(transcript.figure(stage.nontransferable)).end_object();
    writer.key("round").integer(static_cast<std::int64_t>(i + 1)).key("tally").begin_object();
    for (std::size_t c = 0; c < transcript.candidates.size(); ++c)
      if (!gone[c]) writer.key(transcript.candidates[c]).plain_string(transcript.figure(stage.votes[c]));
    writer.end_object().key("tallyResults").begin_array();
    for (const Event& event : stage.events) {
      if (event.kind != Event::Kind::elected && event.kind != Event::Kind::excluded) continue;
      for (const Candidate candidate : event.candidates) {
        const bool elected = event.kind == Event::Kind::elected;
        writer.begin_object().key(elected ? "elected" : "eliminated").string(transcript.name(candidate));
        writer.key("transfers").begin_object();
        if (i + 1 < transcript.stages.size())
          for (const Transfer& transfer : transcript.stages[i + 1].transfers) {
            if (transfer.from != candidate) continue;
            writer.key(transfer.to == nobody ? "exhausted" : transcript.candidates[transfer.to]);
            writer.plain_string(transcript.figure(transfer.votes));
          }
        writer.end_object().end_object();
        if (!elected) gone[candidate] = true;
      }
    }
    writer.end_array();
    if (const auto& quota = stage.quota ? stage.quota : transcript.quota; quota)
      writer.key("threshold").plain_string(transcript.figure(*quota));
    writer.end_object();
  }
  writer.end_array().key("summary").begin_object();
  writer.key("numCandidates").integer(static_cast<std::int64_t>(transcript.candidates.size()));
  writer.key("numWinners").integer(static_cast<std::int64_t>(transcript.seats));
  writer.key("totalNumBallots").plain_string(std::to_string(transcript.papers)).end_object().end_object();
  return writer.take();
}

}  // namespace folkmoot::count

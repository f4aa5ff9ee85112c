#include "count/transcript.hpp"

#include "base/json.hpp"

namespace folkmoot::count {
namespace {

void write_names(json::Writer& writer, const Transcript& transcript, const std::vector<Candidate>& which) {
  writer.begin_array();
  for (const Candidate candidate : which) writer.string(transcript.name(candidate));
  writer.end_array();
}

void write_figures(json::Writer& writer, const Transcript& transcript, const std::vector<Rational>& figures) {
  writer.begin_object();
  for (std::size_t candidate = 0; candidate < figures.size(); ++candidate)
    writer.key(transcript.candidates[candidate]).plain_string(transcript.figure(figures[candidate]));
  writer.end_object();
}

void write_one(json::Writer& writer, const Transcript& transcript, Candidate candidate) {
  if (candidate == nobody) {
    writer.null();
  } else {
    writer.string(transcript.name(candidate));
  }
}

void write_stage(json::Writer& writer, const Transcript& transcript, std::size_t number, const Stage& stage) {
  writer.begin_object();
  writer.key("stage").integer(static_cast<std::int64_t>(number));
  writer.key("kind").plain_string(name_of(stage.kind));
  if (stage.part) writer.key("part").boolean(true);
  writer.key("title").string(describe(transcript, stage));
  writer.key("from");
  write_names(writer, transcript, stage.from);
  if (stage.transfer_value) writer.key("transfer_value").plain_string(stage.transfer_value->get_str());
  if (stage.quota) writer.key("quota").plain_string(transcript.figure(*stage.quota));
  writer.key("votes");
  write_figures(writer, transcript, stage.votes);
  if (!stage.papers.empty()) {
    writer.key("papers").begin_object();
    for (std::size_t candidate = 0; candidate < stage.papers.size(); ++candidate)
      writer.key(transcript.candidates[candidate]).integer(stage.papers[candidate]);
    writer.end_object();
  }
  if (!stage.keep.empty()) {
    writer.key("keep");
    write_figures(writer, transcript, stage.keep);
  }
  if (!stage.quotients.empty()) {
    writer.key("quotients");
    write_figures(writer, transcript, stage.quotients);
  }
  writer.key("nontransferable").plain_string(transcript.figure(stage.nontransferable));
  writer.key("loss").plain_string(transcript.figure(stage.loss));
  writer.key("transfers").begin_array();
  for (const Transfer& transfer : stage.transfers) {
    writer.begin_object().key("from");
    write_one(writer, transcript, transfer.from);
    writer.key("to");
    write_one(writer, transcript, transfer.to);
    writer.key("papers").integer(transfer.papers);
    writer.key("votes").plain_string(transcript.figure(transfer.votes)).end_object();
  }
  writer.end_array();
  writer.key("events").begin_array();
  for (const Event& event : stage.events) {
    writer.begin_object().key("kind").plain_string(name_of(event.kind)).key("candidates");
    write_names(writer, transcript, event.candidates);
    writer.key("reason").string(event.reason).key("paragraph").string(event.paragraph).end_object();
  }
  writer.end_array();
  writer.end_object();
}

}  // namespace

std::string Transcript::names(const std::vector<Candidate>& which) const {
  std::string text;
  for (std::size_t i = 0; i < which.size(); ++i) {
    if (i > 0) text += i + 1 == which.size() ? " and " : ", ";
    text += name(which[i]);
  }
  return text;
}

std::string describe(const Transcript& transcript, const Stage& stage) {
  switch (stage.kind) {
    case Stage::Kind::first:
      return "First preferences";
    case Stage::Kind::surplus:
      return "Surplus of " + transcript.names(stage.from);
    case Stage::Kind::exclusion:
      return "Exclusion of " + transcript.names(stage.from);
    case Stage::Kind::iteration:
      return stage.from.empty() ? "Recalculation" : "After the exclusion of " + transcript.names(stage.from);
    case Stage::Kind::final:
      return "Result";
  }
  return {};
}

std::string_view name_of(Stage::Kind kind) {
  switch (kind) {
    case Stage::Kind::first:
      return "first";
    case Stage::Kind::surplus:
      return "surplus";
    case Stage::Kind::exclusion:
      return "exclusion";
    case Stage::Kind::iteration:
      return "iteration";
    case Stage::Kind::final:
      return "final";
  }
  return {};
}

std::string_view name_of(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::quota:
      return "quota";
    case Event::Kind::elected:
      return "elected";
    case Event::Kind::surplus:
      return "surplus";
    case Event::Kind::excluded:
      return "excluded";
    case Event::Kind::tie:
      return "tie";
    case Event::Kind::note:
      return "note";
  }
  return {};
}

std::string to_json(const Transcript& transcript) {
  json::Writer writer;
  writer.begin_object();
  writer.key("rule").string(transcript.rule);
  writer.key("source").string(transcript.source);
  writer.key("title").string(transcript.title);
  writer.key("seats").integer(static_cast<std::int64_t>(transcript.seats));
  writer.key("candidates").begin_array();
  for (const std::string& name : transcript.candidates) writer.string(name);
  writer.end_array();
  writer.key("withdrawn");
  write_names(writer, transcript, transcript.withdrawn);
  writer.key("papers").integer(transcript.papers);
  writer.key("quota");
  if (transcript.quota) {
    writer.plain_string(transcript.figure(*transcript.quota));
  } else {
    writer.null();
  }
  writer.key("winners");
  write_names(writer, transcript, transcript.winners);
  writer.key("order").begin_array();
  for (const std::vector<Candidate>& equals : transcript.order) write_names(writer, transcript, equals);
  writer.end_array();
  if (!transcript.pairwise.empty()) {
    writer.key("pairwise").begin_array();
    for (const std::vector<std::int64_t>& row : transcript.pairwise) {
      writer.begin_array();
      for (const std::int64_t papers : row) writer.integer(papers);
      writer.end_array();
    }
    writer.end_array();
  }
  writer.key("ties").begin_array();
  for (const Tie& tie : transcript.ties) {
    writer.begin_object().key("stage").integer(static_cast<std::int64_t>(tie.stage)).key("tied");
    write_names(writer, transcript, tie.tied);
    writer.key("purpose").string(tie.purpose).key("chosen").string(transcript.name(tie.chosen));
    writer.key("lot").boolean(tie.by_lot).key("how").string(tie.how).end_object();
  }
  writer.end_array();
  writer.key("stages").begin_array();
  for (std::size_t i = 0; i < transcript.stages.size(); ++i)
    write_stage(writer, transcript, i + 1, transcript.stages[i]);
  writer.end_array();
  writer.key("notes").begin_array();
  for (const std::string& note : transcript.notes) writer.string(note);
  writer.end_array();
  writer.end_object();
  return writer.take();
}

}  // namespace folkmoot::count

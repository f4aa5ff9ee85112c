#include "record/verify.hpp"

#include <cassert>

#include "record/course.hpp"
#include "record/growth.hpp"
#include "record/steps.hpp"

namespace folkmoot::record {
namespace {

// Whether what has been read is what the state was made of, as far as can be told here: each event fixes all before it.
Status check_grown(const Part& state, const Steps& steps) {
  if (steps.timestamp() != state.timestamp) {
    return fail("the record's time is {}, and was {}", steps.timestamp(), state.timestamp);
  }
  const Extent& extent = steps.extent();
  for (const Extent& before : {state.voted, state.read}) {
    if (extent.events != before.events || extent == before) continue;
    return fail("event {} at byte {} is another one than before: the record has been rewritten there, or earlier",
                extent.events - 1, extent.bytes);
  }
  return {};
}

struct Reading {
  Part part;
  std::optional<Error> rewritten;  // the state is not of this record; the part is then worth nothing
};

// Reads the record once from start to end.
Result<Reading> read_record(const ByteSource& source, const VerifyOptions& options, const Report& report) {
  Reading reading;
  Part& part = reading.part;
  part.share = options.share;
  part.size = source.size();
  part.tracker = options.tracker;
  part.report = report;
  Workers workers(options.threads);
  Steps steps(source, part.report);
  part.timestamp = steps.timestamp();
  std::unique_ptr<Course> course;
  while (auto step = steps.next()) {
    const EventType type = step->event.type;
    const auto take = [&]() -> Status {
      if (type == EventType::setup) {
        course = TRY(begin_course(*step, options, steps, workers, part));
      } else if (course) {
        TRY(course->take(*std::move(step)));
      }
      return {};
    };
    if (const Status taken = take(); !taken) {
      part.report[CheckId::archive].fail(taken.error().message);  // it could not be read again
      break;
    }
    if (type == EventType::setup || type == EventType::ballot) part.voted = steps.extent();
    if (options.state) {
      if (const Status grown = check_grown(*options.state, steps); !grown) {
        reading.rewritten = grown.error();
        return reading;
      }
      if (course && steps.extent() == options.state->voted) TRY(in("state", course->resume()));
    }
    if (options.stop_early && part.report.any_failed()) break;
    if (course && options.progress) options.progress(course->verified_to(), source.size());
  }
  part.read = steps.extent();
  if (options.state && part.read.events < options.state->read.events) {
    reading.rewritten = Error{fmt::format("the record has {} events that can be read, and had {}", part.read.events,
                                          options.state->read.events)};
    return reading;
  }
  if (course) course->finish(steps.complete(), part);
  if (course && options.progress) options.progress(source.size(), source.size());
  if (options.share.whole()) conclude(part);
  return reading;
}

}  // namespace

Result<Part> verify_part(const ByteSource& source, const VerifyOptions& options) {
  assert(!options.state || (!options.earlier && !options.observers));
  Report report;
  Check& growth = report[CheckId::growth];
  if (options.earlier || options.state) report.compare_growth();
  if (options.earlier) {
    if (const auto entries = check_growth(*options.earlier, source)) {
      growth.add_items(*entries);
    } else {
      growth.fail(entries.error().message);
    }
    growth.finish();
  }
  if (options.stop_early) {
    Part archive;
    archive.report = report;
    Steps steps(source, archive.report);
    while (!archive.report.any_failed() && steps.next()) continue;
    if (archive.report.any_failed()) return archive;
  }
  if (options.state) {
    Report grown = report;
    grown[CheckId::growth].add_items(options.state->read.entries);
    grown[CheckId::growth].finish();
    Reading reading = TRY(read_record(source, options, grown));
    if (!reading.rewritten) return std::move(reading.part);
    growth.fail(reading.rewritten->message);
    growth.finish();
  }
  VerifyOptions all = options;
  all.state = nullptr;
  Reading reading = TRY(read_record(source, all, report));
  return std::move(reading.part);
}

Report verify(const ByteSource& source, const VerifyOptions& options) {
  assert(!options.state && options.share.whole());
  return std::move(verify_part(source, options)->report);
}

}  // namespace folkmoot::record

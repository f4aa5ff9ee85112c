// The course of an election, from its Setup to its result: each step is handed to those who check it.
#pragma once

#include <memory>

#include "record/steps.hpp"
#include "record/verify.hpp"
#include "record/workers.hpp"

namespace folkmoot::record {

// All that follows the Setup.
class Course {
 public:
  Course() = default;
  Course(const Course&) = delete;
  Course& operator=(const Course&) = delete;
  virtual ~Course() = default;
  virtual Status take(Step step) = 0;
  // The ballots that the state knows, and no others, have been taken. Fails if it does not fit them.
  virtual Status resume() = 0;
  // No step follows. `complete`: because the record ends. What has been found out besides the report goes into `part`.
  virtual void finish(bool complete, Part& part) = 0;
  // Up to which byte of the record there is nothing left to do.
  [[nodiscard]] virtual std::uint64_t verified_to() const = 0;
};

// Checks the Setup, into the part's report. What follows it can be verified only if the election could be read: else
// nothing comes back. What is given must outlive the course. Fails if the record could not be read again.
Result<std::unique_ptr<Course>> begin_course(const Step& setup, const VerifyOptions& options, const Steps& steps,
                                             Workers& workers, Part& part);

}  // namespace folkmoot::record

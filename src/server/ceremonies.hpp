// Threshold keys that trustees make together over HTTP (service/ceremony.hpp), each ceremony in a folder of its own
// that everybody may read. The officer's part is done here as soon as it can be.
//
//   POST /api/v1/ceremonies             begins one: {"group","trustees","threshold"}, by an officer
//   GET  /api/v1/ceremonies/ID          for what it waits, from whom, and who sits where
//   GET  /api/v1/ceremonies/ID/FILE     a message
//   PUT  /api/v1/ceremonies/ID/FILE     a trustee's: certificate-I.json, and then commitment-, polynomial-, reveal- and
//                                       voutput-I.json
//
// What trustees send they send with a second factor: whoever can read somebody's mail must not take their seat. Whoever
// sends certificate I has seat I, and nobody else sends anything for it: somebody whom the acts name as trustee of an
// election that has no result yet, in one seat only. That those are the trustees of the election for which the
// key is used is looked at when that is made (new_election.hpp). A message that does not fit what is there never gets
// in, and one that is in stays.
#pragma once

#include "server/roles.hpp"
#include "service/ceremony_folder.hpp"
#include "service/shared_folder.hpp"

namespace folkmoot::server {

class Ceremonies {
 public:
  // In that folder, which nodes may share (service/shared_folder.hpp); `roles` outlives this.
  Ceremonies(std::filesystem::path folder, std::string database, const Roles& roles)
      : shared_(std::move(folder), std::move(database)), roles_(roles) {}

  // Takes what other nodes have been sent.
  Status follow() { return shared_.follow(); }

  // Answers requests to these paths, and nothing to others. From any thread.
  [[nodiscard]] std::optional<Response> answer(const Request& request);
  static std::vector<std::string> routes();

  // One that has made its key.
  struct Made {
    std::filesystem::path threshold;   // the file threshold.json
    std::vector<std::string> members;  // trustee by trustee; empty where that is not known
    std::int64_t needed = 0;           // the threshold
  };
  [[nodiscard]] Result<std::optional<Made>> made(std::string_view id) const;

  // Who the trustees of an election are, as far as its key was made here.
  struct Seat {
    std::string member, name;    // empty if not known
    std::string decryption_key;  // where a trustee of a threshold group finds what was encrypted to them, or empty
  };
  // Of each of so many trustees of that structure, which is one of a record.
  [[nodiscard]] Result<std::vector<Seat>> seats_of(const std::string& structure, std::size_t trustees) const;

 private:
  using Settings = service::CeremonySettings;
  struct Message {
    std::string name;  // "certificate"
    std::int64_t index = 0;
  };
  static std::optional<Message> message_of(std::string_view file);

  [[nodiscard]] Response begin(const Request& request);
  [[nodiscard]] Response describe(std::string_view id, int status) const;
  [[nodiscard]] Response get(std::string_view id, std::string_view file) const;
  [[nodiscard]] Response put(std::string_view id, std::string_view file, const Request& request);
  // Whether the member may send messages of that seat, which a certificate takes, of the ceremony in that folder.
  [[nodiscard]] Result<Status> may_sit(const std::filesystem::path& folder, const Settings& settings,
                                       const Message& message, const std::string& member) const;

  service::SharedFolder shared_;
  const std::filesystem::path& folder_ = shared_.path();
  const Roles& roles_;
};

}  // namespace folkmoot::server

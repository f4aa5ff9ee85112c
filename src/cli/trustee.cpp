// folkmoot trustee: keys, shuffles, decryptions.
#include <ostream>

#include "cli/commands.hpp"
#include "service/ceremony.hpp"
#include "service/trustee.hpp"

namespace folkmoot::cli {
namespace {

// The key files that several commands take.
struct Key {
  std::string key;
  std::string decryption_key;
  [[nodiscard]] service::TrusteeSecret files() const {
    service::TrusteeSecret files{key, {}};
    if (!decryption_key.empty()) files.decryption_key = decryption_key;
    return files;
  }
};

void define_key(CLI::App& command, Key& arguments) {
  command.add_option("--key", arguments.key, "your .privkey file, or the .key file of a ceremony")->required();
  command.add_option("--decryption-key", arguments.decryption_key, "after a ceremony: your decryption-key-N.dkey");
}

void add_key(CLI::App& trustee, Action& action) {
  struct Make {
    std::string group = "Ed25519", folder;
  };
  add_command<Make>(
      trustee, action, "key", "make a key without which nothing can be decrypted",
      [](CLI::App& command, Make& arguments) {
        command.add_option("--group", arguments.group, "Ed25519 (unless given), BELENIOS-2048 or RFC-3526-2048");
        command.add_option("--out", arguments.folder, "the folder for both keys")->required();
      },
      [](const Make& arguments, Console& console) -> Result<int> {
        const auto files = TRY(service::make_trustee_key(arguments.group, arguments.folder));
        say(console.out, "Keep {} to yourself, and safe.", files.private_key.string());
        say(console.out, "Give {} to the returning officer.", files.public_key.string());
        return Exit::done;
      });
}

void add_ceremony(CLI::App& trustee, Action& action) {
  struct Join {
    std::string ceremony, key;
    service::CeremonySeat seat{"Ed25519", 0, 0, 0};
  };
  add_command<Join>(
      trustee, action, "join", "begin to make a threshold key with others",
      [](CLI::App& command, Join& arguments) {
        command.add_option("CEREMONY", arguments.ceremony, "the public folder of the ceremony")->required();
        command.add_option("--trustee", arguments.seat.index, "which of the trustees you are, from 1")->required();
        command.add_option("--of", arguments.seat.trustees, "how many trustees there are")->required();
        command.add_option("--threshold", arguments.seat.threshold, "how many of them are to decrypt")->required();
        command.add_option("--group", arguments.seat.group, "Ed25519 (unless given), BELENIOS-2048 or RFC-3526-2048");
        command.add_option("--key", arguments.key, "where to put your secret key, a new file")->required();
      },
      [](const Join& arguments, Console& console) -> Result<int> {
        TRY(service::join_ceremony(arguments.ceremony, arguments.seat, arguments.key));
        say(console.out, "Joined as trustee {} of {}. Keep {} to yourself, and safe.", arguments.seat.index,
            arguments.seat.trustees, arguments.key);
        return Exit::done;
      });

  struct Step {
    std::string ceremony, key;
  };
  const auto define_step = [](CLI::App& command, Step& arguments) {
    command.add_option("CEREMONY", arguments.ceremony, "the public folder of the ceremony")->required();
    command.add_option("--key", arguments.key, "your secret key")->required();
  };
  add_command<Step>(trustee, action, "commit", "the ceremony's second step, when all have joined", define_step,
                    [](const Step& arguments, Console& console) -> Result<int> {
                      const auto index = TRY(service::send_commitment(arguments.ceremony, arguments.key));
                      say(console.out, "Trustee {} has committed to a polynomial.", index);
                      return Exit::done;
                    });
  add_command<Step>(trustee, action, "polynomial", "the third step, when all have committed themselves", define_step,
                    [](const Step& arguments, Console& console) -> Result<int> {
                      const auto index = TRY(service::send_polynomial(arguments.ceremony, arguments.key));
                      say(console.out, "Trustee {} has sent a polynomial.", index);
                      return Exit::done;
                    });
  add_command<Step>(trustee, action, "share", "the fourth step, when all have sent polynomials", define_step,
                    [](const Step& arguments, Console& console) -> Result<int> {
                      const auto index = TRY(service::send_share(arguments.ceremony, arguments.key));
                      say(console.out, "Trustee {} has checked the others' shares, and sent a public key.", index);
                      return Exit::done;
                    });
}

struct Number : Key {
  std::string record;
};

void add_check(CLI::App& trustee, Action& action) {
  add_command<Number>(
      trustee, action, "check", "check that your key is in the record, and under which number",
      [](CLI::App& command, Number& arguments) {
        command.add_option("RECORD", arguments.record, "the election's record")->required();
        define_key(command, arguments);
      },
      [](const Number& arguments, Console& console) -> Result<int> {
        const auto number = TRY(service::find_trustee(arguments.record, arguments.files()));
        say(console.out, "You are trustee {} of this election.", number);
        return Exit::done;
      });
}

struct Made : Number {
  std::string out, closing;
};

// A command that makes what is sent: `make` is service::shuffle_tally or service::decrypt_tally.
template <class Make>
void add_made(CLI::App& trustee, Action& action, const char* name, const char* description, const char* out,
              Make make) {
  add_command<Made>(
      trustee, action, name, description,
      [out](CLI::App& command, Made& arguments) {
        command.add_option("RECORD", arguments.record, "the election's record")->required();
        define_key(command, arguments);
        command
            .add_option("--closing", arguments.closing,
                        "the hash that the voting was closed by, as the other trustees have it")
            ->type_name("HASH");
        command.add_option("--out", arguments.out, out)->required();
      },
      [make](const Made& arguments, Console& console) -> Result<int> {
        const role::Sent sent =
            TRY(make(arguments.record, arguments.files(), arguments.out, arguments.closing, progress_on(console)));
        say(console.out, "The record is good: {} ballots, the voting closed by", sent.closing.ballots);
        say(console.out, "  {}", sent.closing.hash);
        if (arguments.closing.empty()) {
          say(console.out,
              "Compare that with the other trustees before you give {}, by trustee {}, to the returning officer.",
              arguments.out, sent.trustee);
        } else {
          say(console.out, "Give {}, by trustee {}, to the returning officer.", arguments.out, sent.trustee);
        }
        return Exit::done;
      });
}

}  // namespace

void add_trustee(CLI::App& app, Action& action) {
  CLI::App& trustee = *app.add_subcommand("trustee", "keys, shuffles and decryptions");
  trustee.require_subcommand(1);
  add_key(trustee, action);
  add_ceremony(trustee, action);
  add_check(trustee, action);
  add_made(trustee, action, "shuffle", "verify the record, then shuffle the rankings",
           "the shuffle, for the returning officer: a new file", service::shuffle_tally);
  add_made(trustee, action, "decrypt", "verify the record, then decrypt your share of the tally",
           "the share, for the returning officer: a new file", service::decrypt_tally);
}

}  // namespace folkmoot::cli

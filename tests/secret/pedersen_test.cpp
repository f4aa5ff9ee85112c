#include "secret/pedersen.hpp"

#include "secret/secret_json.hpp"
#include "secret/trustee.hpp"
#include "support.hpp"

namespace folkmoot::secret::test {
namespace {

using election::Context;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A run of the protocol among `size` trustees, step by step.
template <class G>
struct Protocol {
  SeededRandom random;
  std::vector<Seed> seeds;
  Certificates<G> certificates;
  std::vector<Polynomial<G>> polynomials;
  std::vector<Vinput<G>> vinputs;
  std::vector<Voutput<G>> voutputs;

  Protocol(std::uint8_t number, std::int64_t size, std::int64_t threshold) : random(number) {
    for (std::int64_t index = 1; index <= size; ++index) {
      seeds.push_back(Seed::generate(random));
      certificates.push_back(make_certificate<G>(seeds.back(), {std::string(G::name), size, threshold, index}, random));
    }
    for (const Seed& seed : seeds) polynomials.push_back(value_of(make_polynomial<G>(seed, certificates, random)));
    vinputs = value_of(make_vinputs(certificates, polynomials));
  }
  void answer() {
    for (std::size_t i = 0; i < seeds.size(); ++i) {
      voutputs.push_back(value_of(make_voutput<G>(seeds[i], certificates, vinputs[i], random)));
    }
  }
};

template <class G>
class PedersenTest : public testing::Test {};
TYPED_TEST_SUITE(PedersenTest, Groups, GroupNames);

TYPED_TEST(PedersenTest, MakesAKeyThatAThresholdDecrypts) {
  using G = TypeParam;
  // 3 of 5, as the original tools' samples; in the slow group 2 of 3.
  const std::int64_t size = std::is_same_v<G, Rfc3526> ? 3 : 5;
  const std::int64_t threshold = (size + 1) / 2;
  Protocol<G> run(60, size, threshold);
  for (std::size_t i = 0; i < run.seeds.size(); ++i) {
    EXPECT_TRUE(check_polynomial(run.certificates, i + 1, run.polynomials[i]));
  }
  run.answer();
  for (std::size_t i = 0; i < run.seeds.size(); ++i) {
    EXPECT_TRUE(check_voutput(run.certificates, run.polynomials, i + 1, run.voutputs[i]));
  }
  const auto parameters = make_threshold_parameters(run.certificates, run.polynomials, run.voutputs);
  ASSERT_TRUE(parameters) << parameters.error().message;
  const election::Trustees<G> trustees{{*parameters}};
  EXPECT_THAT(election::check_trustees(trustees), IsEmpty());
  const auto key = election::combined_key(trustees);
  ASSERT_TRUE(key);

  // Any `threshold` shares give the secret key by Lagrange's formula at 0.
  std::vector<SecretScalar<G>> shares;
  for (std::size_t i = 0; i < run.seeds.size(); ++i) {
    shares.push_back(value_of(decryption_key<G>(run.seeds[i], run.voutputs[i].private_key)));
    EXPECT_EQ(power_of_g(shares.back()).reveal(), trustees.verification_keys()[i]);
  }
  using Scalar = typename G::Scalar;
  const auto combined = [&](const std::vector<std::uint64_t>& indices) {
    Scalar secret;
    for (const auto j : indices) {
      Scalar lambda(1);
      for (const auto k : indices) {
        if (k != j) lambda = lambda * Scalar(k) * (Scalar(k) - Scalar(j)).inverse();
      }
      secret = secret + shares[j - 1].reveal() * lambda;
    }
    return G::power_vartime(G::generator(), secret);
  };
  if (size == 5) {
    EXPECT_EQ(combined({1, 2, 3}), *key);
    EXPECT_EQ(combined({2, 4, 5}), *key);
    EXPECT_NE(combined({2, 4}), *key);
  } else {
    EXPECT_EQ(combined({1, 3}), *key);
    EXPECT_NE(combined({1}), *key);
  }
}

TYPED_TEST(PedersenTest, WritesAndReadsItsMessages) {
  using G = TypeParam;
  Protocol<G> run(61, 2, 1);
  run.answer();
  const auto same = [](const auto& value, auto read) {
    const std::string text = json::to_text(value);
    const auto again = json::read_canonical(text, read);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(json::to_text(*again), text);
  };
  same(run.certificates[0], election::read_signed_message<G>);
  same(run.polynomials[0], read_polynomial<G>);
  same(run.vinputs[0], read_vinput<G>);
  same(run.voutputs[0], read_voutput<G>);
  EXPECT_TRUE(
      json::to_text(run.polynomials[0]).starts_with(R"({"polynomial":"{\"algorithm\":\"AES-GCM\",\"alpha\":\")"));
}

// One thing after the other is tampered with; each time, who looks must find it and name the trustee.
class Tampered : public testing::Test {
 protected:
  using G = Ed25519;
  std::string at_voutput(std::size_t j) {
    return error_of(make_voutput<G>(run.seeds[j], run.certificates, run.vinputs[j], run.random));
  }
  ChannelKeys<G> keys(std::size_t i) { return ChannelKeys<G>(run.seeds[i]); }

  Protocol<G> run{62, 5, 3};
  Protocol<G> other{63, 5, 3};
};

TEST_F(Tampered, NothingIs) {
  for (std::size_t j = 0; j < 5; ++j) EXPECT_EQ(at_voutput(j), "");
}

TEST_F(Tampered, Certificates) {
  const auto error = [&](const Certificates<G>& certificates) { return error_of(check_certificates(certificates)); };
  EXPECT_EQ(error(run.certificates), "");
  EXPECT_NE(error({}), "");
  auto changed = run.certificates;
  changed[1].signature.response = changed[1].signature.response + G::Scalar(1);
  EXPECT_THAT(error(changed), HasSubstr("trustee 2: it is not signed by its owner"));
  changed = run.certificates;
  std::swap(changed[1], changed[2]);
  EXPECT_THAT(error(changed), HasSubstr("trustee 2: it is that of trustee 3"));
  changed = run.certificates;
  changed.pop_back();
  EXPECT_THAT(error(changed), HasSubstr("trustee 1: it is for 5 trustees, not 4"));
  changed = run.certificates;
  changed[3].message = "{}";
  EXPECT_THAT(error(changed), HasSubstr("trustee 4"));

  // Certificates that their owners did sign, but that do not belong here.
  const auto with = [&](std::size_t i, const Seed& seed, const Context& context) {
    auto certificates = run.certificates;
    certificates[i] = make_certificate<G>(seed, context, run.random);
    return error(certificates);
  };
  EXPECT_EQ(with(2, run.seeds[2], {"Ed25519", 5, 3, 3}), "");
  EXPECT_THAT(with(2, run.seeds[2], {"Ed25519", 5, 2, 3}), HasSubstr("trustee 3: its threshold is 2"));
  EXPECT_THAT(with(2, run.seeds[2], {"BELENIOS-2048", 5, 3, 3}), HasSubstr("trustee 3: it is for the group"));
  EXPECT_THAT(with(2, run.seeds[1], {"Ed25519", 5, 3, 3}), HasSubstr("trustee 3: it has a key of trustee 2"));
  EXPECT_THAT(with(0, run.seeds[0], {"Ed25519", 5, 6, 1}), HasSubstr("trustee 1: a threshold of 6 among 5"));
  EXPECT_THAT(with(0, run.seeds[0], {"Ed25519", 5, 0, 1}), HasSubstr("trustee 1: a threshold of 0 among 5"));

  // Each step looks at them.
  changed = run.certificates;
  changed[1].signature.response = changed[1].signature.response + G::Scalar(1);
  EXPECT_THAT(error_of(make_polynomial<G>(run.seeds[0], changed, run.random)), HasSubstr("trustee 2"));
  EXPECT_THAT(error_of(make_vinputs(changed, run.polynomials)), HasSubstr("trustee 2"));
  EXPECT_THAT(error_of(make_voutput<G>(run.seeds[0], changed, run.vinputs[0], run.random)), HasSubstr("trustee 2"));
}

TEST_F(Tampered, SeedOfNoOne) {
  EXPECT_THAT(error_of(make_polynomial<G>(other.seeds[0], run.certificates, run.random)),
              HasSubstr("your own certificate"));
  EXPECT_THAT(error_of(make_voutput<G>(other.seeds[0], run.certificates, run.vinputs[0], run.random)),
              HasSubstr("your own certificate"));
}

TEST_F(Tampered, Polynomials) {
  const auto error = [&](auto change) {
    Polynomial<G> polynomial = run.polynomials[1];
    change(polynomial);
    auto polynomials = run.polynomials;
    polynomials[1] = polynomial;
    const std::string at_once = error_of(check_polynomial(run.certificates, 2, polynomial));
    const std::string with_all = error_of(make_vinputs(run.certificates, polynomials));
    EXPECT_EQ(at_once, with_all);
    return at_once;
  };
  EXPECT_EQ(error([](auto&) {}), "");
  EXPECT_THAT(error([](auto& p) { p.coefexps.signature.challenge = G::Scalar(7); }),
              HasSubstr("trustee 2: coefexps: not signed"));
  EXPECT_THAT(error([&](auto& p) { p.coefexps = run.polynomials[2].coefexps; }),
              HasSubstr("trustee 2: coefexps: not signed"));
  EXPECT_THAT(error([](auto& p) { p.signature.response = G::Scalar(7); }), HasSubstr("trustee 2: signature"));
  EXPECT_THAT(error([](auto& p) { p.secrets.pop_back(); }), HasSubstr("trustee 2: secrets: 4 for 5"));
  EXPECT_THAT(error([](auto& p) { p.secrets[3] = "{}"; }), HasSubstr("trustee 2: secrets[3]"));
  EXPECT_THAT(error([](auto& p) { p.polynomial.pop_back(); }), HasSubstr("trustee 2: polynomial"));
  // A polynomial of another degree, properly signed.
  EXPECT_THAT(error([&](auto& p) {
                auto exponents = value_of(election::coefficient_exponents(p.coefexps));
                exponents.coefexps.pop_back();
                p.coefexps = sign(keys(1).signing, json::to_text(exponents), run.random);
              }),
              HasSubstr("trustee 2: coefexps: 2 of them, not 3"));
  EXPECT_THAT(error_of(check_polynomial(run.certificates, 6, run.polynomials[0])), HasSubstr("no trustee 6"));
  EXPECT_THAT(error_of(check_polynomial(run.certificates, 0, run.polynomials[0])), HasSubstr("no trustee 0"));
  EXPECT_THAT(error_of(make_vinputs(run.certificates, {run.polynomials[0]})), HasSubstr("1 polynomials of 5"));
}

TEST_F(Tampered, Shares) {
  auto& secrets = run.vinputs[0].secrets;
  const auto good = secrets;
  const auto share = [&](std::size_t sender, std::string_view text, std::size_t recipient) {
    return send<G>(keys(sender).signing, keys(recipient).encryption, SecretText(text), run.random);
  };
  // Properly encrypted and signed, but not the value of the polynomial.
  secrets[2] = share(2, R"({"secret":"5"})", 0);
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret: it does not lie on the sender's polynomial"));
  // Another trustee's message, passed off as the third's.
  secrets[2] = good[3];
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret: the message is not signed by its sender"));
  // The third's message to somebody else.
  secrets[2] = run.vinputs[1].secrets[2];
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret: the message is not encrypted to this key"));
  // A message that the second could read, and passes on: encrypted to the first, but meant for the second.
  secrets[2] = [&] {
    const std::string inner =
        fmt::format(R"({{"recipient":"{}","message":"{{\"secret\":\"5\"}}"}})", keys(1).encryption.text());
    const auto message = sign(keys(2).signing, inner, run.random);
    return json::to_text(encrypt_message<G>(keys(0).encryption, json::to_text(message), run.random));
  }();
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret: the message is meant for another recipient"));
  secrets[2] = share(2, R"({"secret": "5"})", 0);
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret"));
  secrets[2] = share(2, R"({"decryption_key":"5"})", 0);
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret"));
  secrets[2] = share(2, R"({"secret":"05"})", 0);
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret"));
  secrets[2] = "no JSON";
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret"));
  // A single bit of the ciphertext.
  secrets[2] = good[2];
  char& digit = secrets[2][secrets[2].size() - 5];
  digit = digit == '0' ? '1' : '0';
  EXPECT_THAT(at_voutput(0), HasSubstr("trustee 3: secret: the message is not encrypted to this key, or"));
  secrets = good;
  secrets.pop_back();
  EXPECT_THAT(at_voutput(0), HasSubstr("of 5 trustees"));
}

TEST_F(Tampered, Vinputs) {
  const auto good = run.vinputs[0];
  const auto error = [&](auto change) {
    run.vinputs[0] = good;
    change(run.vinputs[0]);
    return at_voutput(0);
  };
  EXPECT_THAT(error([](auto& v) { v.signatures[4].challenge = G::Scalar(7); }), HasSubstr("trustee 5: signature"));
  EXPECT_THAT(error([](auto& v) { v.coefexps[4].signature.challenge = G::Scalar(7); }),
              HasSubstr("trustee 5: coefexps"));
  EXPECT_THAT(error([](auto& v) { v.coefexps.pop_back(); }), HasSubstr("of 5 trustees"));
  EXPECT_THAT(error([](auto& v) { v.signatures.push_back(v.signatures[0]); }), HasSubstr("of 5 trustees"));
  EXPECT_THAT(error([&](auto& v) { v.polynomial = run.vinputs[1].polynomial; }), HasSubstr("polynomial"));
  // A second polynomial of this trustee's own, from an earlier attempt: the server mixes the two.
  const auto earlier = value_of(make_polynomial<G>(run.seeds[0], run.certificates, run.random));
  EXPECT_THAT(error([&](auto& v) { v.polynomial = earlier.polynomial; }), HasSubstr("your own coefexps"));
  EXPECT_THAT(error([&](auto& v) { v.polynomial = other.vinputs[0].polynomial; }), HasSubstr("polynomial"));
}

TEST_F(Tampered, Voutputs) {
  run.answer();
  const auto error = [&](auto change) {
    auto voutputs = run.voutputs;
    change(voutputs[3]);
    const std::string at_once = error_of(check_voutput(run.certificates, run.polynomials, 4, voutputs[3]));
    EXPECT_EQ(at_once, error_of(make_threshold_parameters(run.certificates, run.polynomials, voutputs)));
    return at_once;
  };
  EXPECT_EQ(error([](auto&) {}), "");
  EXPECT_THAT(error([&](auto& v) { v.public_key = run.voutputs[2].public_key; }),
              HasSubstr("trustee 4: public_key: not the one that the polynomials give"));
  EXPECT_THAT(error([](auto& v) { v.public_key.pok.response = G::Scalar(7); }),
              HasSubstr("trustee 4: public_key: pok"));
  EXPECT_THAT(error([](auto& v) { v.public_key.signature->response = G::Scalar(7); }),
              HasSubstr("trustee 4: public_key: not signed"));
  EXPECT_THAT(error([](auto& v) { v.public_key.signature.reset(); }), HasSubstr("trustee 4: public_key: not signed"));
  EXPECT_THAT(error([](auto& v) { v.private_key = "{}"; }), HasSubstr("trustee 4: private_key"));
  auto fewer = run.voutputs;
  fewer.pop_back();
  EXPECT_THAT(error_of(make_threshold_parameters(run.certificates, run.polynomials, fewer)),
              HasSubstr("4 voutputs of 5"));
}

TEST_F(Tampered, DecryptionKeys) {
  run.answer();
  EXPECT_TRUE(decryption_key<G>(run.seeds[0], run.voutputs[0].private_key + "\n"));
  EXPECT_FALSE(decryption_key<G>(run.seeds[0], run.voutputs[1].private_key));
  EXPECT_FALSE(decryption_key<G>(run.seeds[0], ""));
  // What the server could make itself, knowing the public keys: encrypted to the trustee, signed by somebody else.
  const auto forged = send<G>(keys(1).signing, keys(0).encryption, SecretText(R"({"decryption_key":"5"})"), run.random);
  EXPECT_THAT(error_of(decryption_key<G>(run.seeds[0], forged)), HasSubstr("not signed"));
}

TEST(Seed, IsParsedAsItIsGenerated) {
  SeededRandom random(64);
  const Seed seed = Seed::generate(random);
  EXPECT_EQ(seed.view().size(), 22U);
  EXPECT_EQ(value_of(Seed::parse(fmt::format("{}\n", seed.view()))).view(), seed.view());
  EXPECT_FALSE(Seed::parse(""));
  EXPECT_FALSE(Seed::parse("7dwYY5ruoTCU3jXgFcpBp"));
  EXPECT_FALSE(Seed::parse("7dwYY5ruoTCU3jXgFcpBp0"));
}

class SharedThreshold : public SharedElection {};

// The shares that the original tools encrypted (AES-GCM, and AES-CCM of the older one) belong to the public keys.
TEST_P(SharedThreshold, SharesAreThoseOfTheVerificationKeys) {
  with_group([&]<PrimeGroup G>() {
    const auto document = json::Document::parse(read_file(folder / "trustees.json"));
    ASSERT_TRUE(document);
    const auto trustees = election::read_trustees<G>(document->root());
    ASSERT_TRUE(trustees) << trustees.error().message;
    const auto keys = trustees->verification_keys();
    const auto paths = files(".dkey");
    EXPECT_EQ(paths.size(), 5U);
    for (auto path : paths) {
      const std::string encrypted = read_file(path);
      const auto seed = Seed::parse(read_file(path.replace_extension(".key")));
      ASSERT_TRUE(seed);
      const auto key = decryption_key<G>(*seed, encrypted);
      ASSERT_TRUE(key) << path << key.error().message;
      EXPECT_EQ(std::ranges::count(keys, power_of_g(*key).reveal()), 1) << path;
    }
  });
}
INSTANTIATE_TEST_SUITE_P(Shared, SharedThreshold,
                         testing::Values("v1-by-2.0-threshold3of5-belenios2048",
                                         "v1-mixed-single-and-threshold-ed25519", "v1-threshold3of5-belenios2048",
                                         "v1-threshold3of5-ed25519"),
                         test_name);

}  // namespace
}  // namespace folkmoot::secret::test

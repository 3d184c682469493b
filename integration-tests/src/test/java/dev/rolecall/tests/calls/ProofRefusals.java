package dev.rolecall.tests.calls;

import static dev.rolecall.identity.RefusalReason.AUDIENCE_MISMATCH;
import static dev.rolecall.identity.RefusalReason.BINDING_REQUIRED;
import static dev.rolecall.identity.RefusalReason.CHANNEL_MISMATCH;
import static dev.rolecall.identity.RefusalReason.CREDENTIALS_AMBIGUOUS;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_EXPIRED;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_MALFORMED;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_MISSING;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_NOT_YET_VALID;
import static dev.rolecall.identity.RefusalReason.ISSUER_NOT_ALLOWED;
import static dev.rolecall.tests.calls.RefusalCase.local;

import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.tests.calls.RefusalCase.Attempt;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/** Refusals for something in the proof itself: STS is never asked. */
final class ProofRefusals {

  private static final Duration PAST_ITS_LIFE = Duration.ofMinutes(15).plusSeconds(1);

  private ProofRefusals() {}

  static Stream<RefusalCase> all() {
    return Stream.of(headers(), addressees(), bindings(), times()).flatMap(cases -> cases);
  }

  private static Stream<RefusalCase> headers() {
    return Stream.of(
        local(CREDENTIAL_MISSING, "no authorization", bench -> client(bench).sayRefused()),
        local(
            CREDENTIAL_MALFORMED,
            "another scheme",
            bench -> client(bench).withAuthorization("Basic " + good(bench)).sayRefused()),
        local(
            CREDENTIAL_MALFORMED,
            "the scheme in lower case",
            bench -> client(bench).withAuthorization("bearer " + good(bench)).sayRefused()),
        local(
            CREDENTIALS_AMBIGUOUS,
            "two values, both good",
            bench -> {
              String value = "Bearer " + good(bench);
              return client(bench).withAuthorization(value, value).sayRefused();
            }),
        local(
            CREDENTIALS_AMBIGUOUS,
            "a good value after another",
            bench ->
                client(bench)
                    .withAuthorization("Bearer nobody", "Bearer " + good(bench))
                    .sayRefused()),
        text("no proof after the scheme", proof -> ""),
        text("another version", proof -> proof.replace("rolecall-v1", "rolecall-v2")),
        text("a tenth field", proof -> proof + "~"),
        text("text after the proof", proof -> proof + " more"),
        text("cut in the signature", proof -> withField(proof, 7, "0123456789abcdef")),
        text("cut after the signature", proof -> proof.substring(0, proof.lastIndexOf('~'))),
        text("a signature in upper case", proof -> withField(proof, 7, "A".repeat(64))),
        text("a life of 901 seconds", proof -> withField(proof, 4, "901")),
        text("far too long", proof -> proof + "A".repeat(5_000)));
  }

  private static RefusalCase text(String name, Function<String, String> change) {
    return local(
        CREDENTIAL_MALFORMED,
        name,
        bench -> client(bench).withProof(change.apply(good(bench))).sayRefused());
  }

  private static Stream<RefusalCase> addressees() {
    return Stream.of(
        local(
            ISSUER_NOT_ALLOWED,
            "signed for a regional endpoint that is not accepted",
            bench ->
                sending(
                    bench,
                    ProofSource.builder(Audience.of(Bench.AUDIENCE))
                        .credentialsProvider(Bench.provider(bench.role(Bench.CHECKOUT)))
                        .region(Region.EU_WEST_1)
                        .clock(bench.clock()),
                    bench.channelBinding())),
        local(
            ISSUER_NOT_ALLOWED,
            "signed for the right host and another port",
            bench ->
                sending(
                    bench,
                    ProofSource.builder(Audience.of(Bench.AUDIENCE))
                        .credentialsProvider(Bench.provider(bench.role(Bench.CHECKOUT)))
                        .endpoint(URI.create("http://127.0.0.1:1"), Bench.REGION)
                        .clock(bench.clock()),
                    bench.channelBinding())),
        local(
            AUDIENCE_MISMATCH,
            "signed for another service",
            bench ->
                sending(
                    bench,
                    bench.proofOptions(bench.role(Bench.CHECKOUT), "billing"),
                    bench.channelBinding())));
  }

  private static Stream<RefusalCase> bindings() {
    return Stream.of(
        local(
            BINDING_REQUIRED,
            "bearer where a channel is required",
            bench ->
                client(bench, StsVerifier::requireChannelBinding)
                    .with(
                        bench.closing(
                            bench
                                .signingOptions(bench.role(Bench.CHECKOUT))
                                .bearerProofs()
                                .build()))
                    .sayRefused()),
        local(
            BINDING_REQUIRED,
            "bound to a key, presented as a bearer",
            bound(bench -> new ProofBinding.Key(Bench.hashOf(bench.certificate())))),
        local(
            CHANNEL_MISMATCH,
            "bound to another server's certificate",
            bound(bench -> new ProofBinding.Channel(Bench.hashOf(TestCertificate.generate())))),
        local(
            CHANNEL_MISMATCH,
            "bound to a certificate, on a connection without TLS",
            bench ->
                bench
                    .plaintextClient(bench.server().plaintext().start())
                    .withProof(good(bench))
                    .sayRefused()));
  }

  private static Attempt bound(Function<Bench, ProofBinding> binding) {
    return bench ->
        sending(
            bench,
            bench.proofOptions(bench.role(Bench.CHECKOUT), Bench.AUDIENCE),
            binding.apply(bench));
  }

  private static Stream<RefusalCase> times() {
    return Stream.of(
        local(
                CREDENTIAL_EXPIRED,
                "older than its life",
                bench -> {
                  String proof = good(bench);
                  bench.clock().advance(PAST_ITS_LIFE);
                  return client(bench).withProof(proof).sayRefused();
                })
            .saying(ProofRefusals::serverTime),
        local(
                CREDENTIAL_EXPIRED,
                "older than the server accepts",
                bench -> {
                  String proof = good(bench);
                  bench.clock().advance(Duration.ofMinutes(3));
                  return client(bench, options -> options.maxProofAge(Duration.ofMinutes(2)))
                      .withProof(proof)
                      .sayRefused();
                })
            .saying(ProofRefusals::serverTime),
        local(
                CREDENTIAL_NOT_YET_VALID,
                "dated by a clock two minutes ahead",
                bench ->
                    sending(
                        bench,
                        bench
                            .proofOptions(bench.role(Bench.CHECKOUT), Bench.AUDIENCE)
                            .clock(Clock.offset(bench.clock(), Duration.ofMinutes(2))),
                        bench.channelBinding()))
            .saying(ProofRefusals::serverTime));
  }

  private static Map<String, String> serverTime(Bench bench) {
    return Map.of("serverTime", bench.clock().instant().toString());
  }

  private static SeenRefusal sending(
      Bench bench, ProofSource.Builder options, ProofBinding binding) {
    return client(bench).withProof(Bench.proof(options, binding).text()).sayRefused();
  }

  private static EchoClient client(Bench bench) {
    return client(bench, UnaryOperator.identity());
  }

  private static EchoClient client(Bench bench, UnaryOperator<StsVerifier> options) {
    return bench.client(bench.server().verifying(options).start());
  }

  /** A proof that nothing is wrong with. */
  private static String good(Bench bench) {
    return bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding());
  }

  private static String withField(String proof, int index, String value) {
    String[] fields = proof.split("~", -1);
    fields[index] = value;
    return String.join("~", fields);
  }
}

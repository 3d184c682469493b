package dev.rolecall.tests.calls;

import static dev.rolecall.identity.RefusalReason.ACCOUNT_NOT_TRUSTED;
import static dev.rolecall.identity.RefusalReason.CALLER_KIND_NOT_ACCEPTED;
import static dev.rolecall.identity.RefusalReason.DEFECT;
import static dev.rolecall.identity.RefusalReason.ISSUER_ANSWER_INVALID;
import static dev.rolecall.identity.RefusalReason.ISSUER_REFUSED;
import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;
import static dev.rolecall.identity.RefusalReason.METHOD_NOT_ALLOWED;
import static dev.rolecall.identity.RefusalReason.TOO_MANY_LOOKUPS;
import static dev.rolecall.tests.calls.RefusalCase.asking;
import static dev.rolecall.tests.calls.RefusalCase.local;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Refusals by an answer of STS, by an answer that lacks something, or by the policy. */
final class StsRefusals {

  private static final String ACCOUNT = "111122223333";
  private static final int MOST_ATTEMPTS = 3;

  /** In half of it a request reaches STS, on a busy machine too. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private StsRefusals() {}

  static Stream<RefusalCase> all() {
    return Stream.of(refused(), unavailable(), invalid(), callers(), verifier())
        .flatMap(cases -> cases);
  }

  private static Stream<RefusalCase> refused() {
    return Stream.of(
        asking(
            ISSUER_REFUSED,
            "a forged signature",
            bench -> {
              CallerProof proof = good(bench);
              String forged = (proof.signature().startsWith("0") ? "1" : "0");
              return client(bench)
                  .withProof(
                      proof
                          .text()
                          .replace(proof.signature(), forged + proof.signature().substring(1)))
                  .sayRefused();
            }),
        asking(
            ISSUER_REFUSED,
            "signed for another service, and relabelled",
            bench ->
                client(bench)
                    .withProof(
                        Bench.proof(
                                bench.proofOptions(bench.role(Bench.CHECKOUT), "billing"),
                                bench.channelBinding())
                            .text()
                            .replace("~billing~", "~" + Bench.AUDIENCE + "~"))
                    .sayRefused()),
        asking(
            ISSUER_REFUSED,
            "signed as a bearer, and relabelled as bound",
            bench ->
                client(bench)
                    .withProof(
                        bench
                            .proof(bench.role(Bench.CHECKOUT), ProofBinding.bearer())
                            .replace("~bearer~", "~" + bench.channelBinding().text() + "~"))
                    .sayRefused()),
        asking(
            ISSUER_REFUSED,
            "a session token cut short",
            bench -> {
              String proof = good(bench).text();
              return client(bench).withProof(proof.substring(0, proof.length() - 5)).sayRefused();
            }),
        asking(
            ISSUER_REFUSED,
            "a key that STS does not know",
            bench -> {
              CallerProof proof = good(bench);
              assertThat(bench.sts().remove(Bench.CHECKOUT)).isTrue();
              return client(bench).withProof(proof.text()).sayRefused();
            }),
        asking(
            ISSUER_REFUSED,
            "a session that has ended",
            bench ->
                client(bench)
                    .with(
                        bench.signing(
                            bench.principal(
                                EmulatedPrincipal.builder(Bench.CHECKOUT)
                                    .expiresAt(bench.clock().instant())
                                    .build())))
                    .sayRefused()),
        asking(
            ISSUER_REFUSED,
            "an error code that nobody knows",
            failing(
                Fault.answer(400, "application/json", "{\"Error\":{\"Code\":\"Newfangled\"}}"))),
        asking(
            ISSUER_REFUSED,
            "an action that it does not know",
            failing(Fault.error(StsErrorCode.INVALID_ACTION, "no"))),
        asking(
            ISSUER_REFUSED,
            "an error in XML",
            failing(
                Fault.answer(
                    403,
                    "text/xml",
                    "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>"))),
        asking(
            ISSUER_REFUSED,
            "an endpoint policy that denies it",
            failing(Fault.error(StsErrorCode.ACCESS_DENIED, "denied by the endpoint's policy"))));
  }

  private static Stream<RefusalCase> unavailable() {
    return Stream.of(
        down("throttled, which STS says with 400", Fault.throttled()),
        down("an internal failure", Fault.internalFailure()),
        down("a service that is unavailable", Fault.serviceUnavailable()),
        // The HTTP client, too, asks again where a connection it had kept is closed.
        down("a connection that is closed", Fault.closed()).asking(1, 2 * MOST_ATTEMPTS),
        down("an answer that breaks off", Fault.truncated()),
        asking(
                ISSUER_UNAVAILABLE,
                "no answer in time",
                bench -> {
                  bench.sts().fail(Fault.silent());
                  return signed(bench, options -> options.lookUpTimeout(TIMEOUT));
                })
            .asking(1, MOST_ATTEMPTS),
        local(
            ISSUER_UNAVAILABLE,
            "nobody listens",
            bench -> {
              EchoClient client = client(bench).with(bench.signing(bench.role(Bench.CHECKOUT)));
              bench.sts().close();
              return client.sayRefused();
            }));
  }

  private static RefusalCase down(String name, Fault fault) {
    return asking(ISSUER_UNAVAILABLE, name, failing(fault)).asking(MOST_ATTEMPTS, MOST_ATTEMPTS);
  }

  private static Stream<RefusalCase> invalid() {
    return Stream.of(
        asking(
            ISSUER_ANSWER_INVALID,
            "an answer of another shape",
            failing(Fault.answer(200, "application/json", "{\"Arn\":\"" + Bench.CHECKOUT + "\"}"))),
        asking(
            ISSUER_ANSWER_INVALID,
            "an answer that is not JSON",
            failing(Fault.contentType("text/xml"))),
        asking(ISSUER_ANSWER_INVALID, "an answer of 100 KB", failing(Fault.huge(100_000))),
        asking(
            ISSUER_ANSWER_INVALID,
            "a redirect, which is not followed",
            bench -> {
              bench.sts().failNext(1, Fault.redirect(307, bench.sts().endpoint()));
              return signed(bench, UnaryOperator.identity());
            }),
        asking(
            ISSUER_ANSWER_INVALID,
            "a redirect to elsewhere",
            failing(Fault.redirect(302, URI.create("http://127.0.0.1:1/")))));
  }

  private static Stream<RefusalCase> callers() {
    return Stream.of(
        principal("an IAM user", "arn:aws:iam::111122223333:user/alice"),
        principal(
            "an IAM user whose path looks like a role",
            "arn:aws:iam::111122223333:user/assumed-role/checkout/alice"),
        principal("the root user", "arn:aws:iam::111122223333:root"),
        principal("a federated user", "arn:aws:sts::111122223333:federated-user/bob"),
        principal(
            "an EC2 instance by itself",
            "arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0123456789abcdef0"),
        asking(
            ACCOUNT_NOT_TRUSTED,
            "a role of that name in another account",
            bench ->
                client(
                        bench,
                        options -> options.trustAccount(Partition.AWS, AccountId.parse(ACCOUNT)))
                    .with(bench.signing(bench.role("arn:aws:iam::444455556666:role/checkout")))
                    .sayRefused()),
        asking(METHOD_NOT_ALLOWED, "a role that no rule names", as(Bench.INTERN))
            .saying(bench -> notAllowed(Bench.INTERN)),
        asking(
                METHOD_NOT_ALLOWED,
                "a role of that name in another account, all accounts being verified",
                as("arn:aws:iam::444455556666:role/checkout"))
            .saying(bench -> notAllowed("arn:aws:iam::444455556666:role/checkout")));
  }

  private static Map<String, String> notAllowed(String role) {
    return Map.of("role", role, "method", Echo.SAY.getFullMethodName(), "scheme", "aws-iam");
  }

  private static RefusalCase principal(String name, String arn) {
    return asking(CALLER_KIND_NOT_ACCEPTED, name, as(arn));
  }

  private static RefusalCase.Attempt as(String arn) {
    return bench ->
        client(bench).with(bench.signing(bench.principal(EmulatedPrincipal.of(arn)))).sayRefused();
  }

  private static Stream<RefusalCase> verifier() {
    return Stream.of(
        asking(TOO_MANY_LOOKUPS, "a look-up more than are allowed at once", StsRefusals::oneTooMany)
            .asking(2, 2),
        local(
            DEFECT,
            "a verifier that fails",
            bench ->
                bench
                    .client(bench.server().scheme(new FailingScheme()).start())
                    .with(bench.signing(bench.role(Bench.CHECKOUT)))
                    .sayRefused()));
  }

  private static SeenRefusal oneTooMany(Bench bench) throws Exception {
    GuardedServer server =
        bench
            .server()
            .guarding(guard -> guard.lookupLimits(LookupLimits.ofDefaults().withLookUps(1, 1)))
            .start();
    EchoClient client = bench.client(server);
    // Limits are others at an endpoint that has not answered yet.
    client.with(bench.signing(bench.role(Bench.CHECKOUT))).say("first");
    bench.sts().fail(Fault.silent());
    CompletableFuture<String> first =
        client.with(bench.signing(bench.role(Bench.CHECKOUT))).sayLater("waits");
    assertThat(bench.sts().awaitRequests(2, PATIENCE)).isTrue();

    SeenRefusal second = client.with(bench.signing(bench.role(Bench.CHECKOUT))).sayRefused();

    assertThat(first.cancel(true)).isTrue();
    assertThat(second.retryAfter()).contains(Duration.ofSeconds(1));
    return second;
  }

  private static RefusalCase.Attempt failing(Fault fault) {
    return bench -> {
      bench.sts().fail(fault);
      return signed(bench, UnaryOperator.identity());
    };
  }

  private static SeenRefusal signed(Bench bench, UnaryOperator<StsVerifier> options) {
    EmulatedCredentials checkout = bench.role(Bench.CHECKOUT);
    return client(bench, options).with(bench.signing(checkout)).sayRefused();
  }

  private static EchoClient client(Bench bench) {
    return client(bench, UnaryOperator.identity());
  }

  private static EchoClient client(Bench bench, UnaryOperator<StsVerifier> options) {
    return bench.client(bench.server().verifying(options).start());
  }

  private static CallerProof good(Bench bench) {
    return Bench.proof(
        bench.proofOptions(bench.role(Bench.CHECKOUT), Bench.AUDIENCE), bench.channelBinding());
  }
}

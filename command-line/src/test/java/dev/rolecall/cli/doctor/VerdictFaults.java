package dev.rolecall.cli.doctor;

import static dev.rolecall.cli.doctor.DoctorScene.CERTIFICATE;
import static dev.rolecall.cli.doctor.DoctorScene.ECHO;
import static dev.rolecall.cli.doctor.DoctorScene.POLICY;
import static dev.rolecall.cli.doctor.ServerFaults.IN_ORDER;
import static dev.rolecall.cli.doctor.ServerFaults.server;

import dev.rolecall.cli.doctor.Fault.Question;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.verifier.StsVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Faults that a verdict on a proof tells of: of audiences, policies and clocks. */
final class VerdictFaults {

  private VerdictFaults() {}

  static Stream<Fault> all() {
    return Stream.of(verdicts(), policies(), clocks()).flatMap(List::stream);
  }

  private static Fault verdict(
      String name, String found, String cure, UnaryOperator<StsVerifier> verifying) {
    return server(
        name,
        "proof",
        found,
        cure,
        scene -> Question.server(scene, scene.served(CERTIFICATE, POLICY, verifying)));
  }

  private static List<Fault> verdicts() {
    return List.of(
        new Fault(
            "client",
            "another audience",
            "proof",
            "the proof is for order, and the server goes by another name",
            "letter by letter",
            scene ->
                Question.of(
                    scene,
                    "--server",
                    scene.guarded(),
                    "--audience",
                    "order",
                    "--trust-cert",
                    scene.trust(CERTIFICATE)),
            IN_ORDER),
        server(
            "a server that takes no bearer proofs",
            "proof",
            "BINDING_REQUIRED",
            "--bearer",
            scene ->
                Question.server(
                    scene,
                    scene.served(CERTIFICATE, POLICY, StsVerifier::requireChannelBinding),
                    "--bearer")),
        verdict(
            "an account that is not trusted",
            "ACCOUNT_NOT_TRUSTED",
            "trustAccount",
            verifier -> verifier.trustAccount(Partition.AWS, AccountId.parse("444455556666"))),
        server(
            "an endpoint that the server does not know",
            "proof",
            "ISSUER_NOT_ALLOWED",
            "acceptCustomEndpoint",
            scene -> {
              CallGuard guard =
                  scene.kept(
                      CallGuard.builder(
                              PolicySource.fixed(
                                  PolicyDocument.load(scene.write("orders.yaml", POLICY))))
                          .accept(StsVerifier.forAudience("orders"))
                          .build());
              return Question.server(scene, scene.unguarded(guard));
            }));
  }

  /** Of the policy, which allows the method once it is mended. */
  private static Fault policy(String name, String written) {
    return new Fault(
        "policy",
        name,
        "proof",
        "accepted, but " + ECHO + ": METHOD_NOT_ALLOWED",
        "rolecall policy explain orders.yaml --role " + DoctorShell.CHECKOUT,
        scene -> {
          scene.write("orders.yaml", written);
          return Question.server(
              scene,
              scene.served(CERTIFICATE, written, UnaryOperator.identity()),
              "--method",
              "/" + ECHO);
        },
        scene -> Question.server(scene, scene.guarded(), "--method", ECHO));
  }

  private static List<Fault> policies() {
    return List.of(
        policy("a policy without rules", "name: orders\n"),
        policy("a rule for another role", POLICY.replace("role/checkout", "role/reporting")),
        policy("a rule for another account", POLICY.replace("111122223333", "444455556666")),
        policy("a rule for another method", POLICY.replace("WhoAmI", "WhoamI")),
        policy(
            "a rule for another unique id",
            POLICY.replace("role/checkout", "role/checkout#AROAAAAAAAAAAAAAAAAAA")),
        policy(
            "a deny rule",
            POLICY
                + POLICY
                    .substring(POLICY.indexOf("allow"))
                    .replace("allow_rules", "deny_rules")
                    .replace("checkout asks", "frozen")));
  }

  private static List<Fault> clocks() {
    return List.of(
        clock("this clock is ahead", Duration.ofMinutes(10), "s ahead of STS's"),
        clock("this clock is behind", Duration.ofMinutes(-10), "s behind STS's"),
        serverClock("the server's clock is behind", -10, "s behind this end's"),
        serverClock("the server's clock is ahead", 20, "s ahead of this end's"));
  }

  private static Fault clock(String name, Duration offset, String found) {
    return new Fault(
        "clock",
        name,
        "clock",
        found,
        "set this machine's clock by NTP",
        scene -> Question.of(scene).at(Clock.offset(Clock.systemUTC(), offset)),
        scene -> Question.of(scene));
  }

  private static Fault serverClock(String name, int minutes, String found) {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
    return new Fault(
        "clock",
        name,
        "proof",
        found,
        "set the server's clock by NTP",
        scene -> Question.server(scene, scene.servedAt(clock)),
        IN_ORDER);
  }
}

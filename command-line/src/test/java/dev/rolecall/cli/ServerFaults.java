package dev.rolecall.cli;

import static dev.rolecall.cli.DoctorScene.CERTIFICATE;
import static dev.rolecall.cli.DoctorScene.ECHO;
import static dev.rolecall.cli.DoctorScene.POLICY;

import dev.rolecall.cli.Fault.Asking;
import dev.rolecall.cli.Fault.Question;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.CallerVerifierBuilder;
import dev.rolecall.verifier.grpc.RoleGuard;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;

/** Faults of a server, of its policy, of clocks, and of what lies in between. */
final class ServerFaults {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Asking IN_ORDER = scene -> Question.server(scene, scene.guarded());

  private ServerFaults() {}

  static Stream<Fault> all() {
    return Stream.of(connections(), certificates(), guards(), verdicts(), policies(), clocks())
        .flatMap(List::stream);
  }

  private static Fault server(String name, String check, String found, String cure, Asking seed) {
    return new Fault("server", name, check, found, cure, seed, IN_ORDER);
  }

  private static Fault network(String name, String check, String found, String cure, Asking seed) {
    return new Fault("network", name, check, found, cure, seed, IN_ORDER);
  }

  private static Fault sts(String name, String found, String cure, Asking seed) {
    return new Fault("network", name, "sts", found, cure, seed, scene -> Question.of(scene));
  }

  private static List<Fault> connections() {
    return List.of(
        sts(
            "an STS that is away",
            "no connection",
            "VPC endpoint",
            scene -> Question.of("http://127.0.0.1:" + ClosedPort.free())),
        sts(
            "an STS whose name is unknown",
            "does not answer: no",
            "look at DNS",
            scene -> Question.of("https://sts.invalid")),
        sts(
            "a captive portal in the place of STS",
            "of something that is not STS",
            "captive portal",
            scene ->
                Question.of(
                    scene.answering("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nSign in"))),
        sts(
            "a TLS inspector before STS",
            "does not answer: TLS",
            "the JVM's proxy settings",
            scene -> Question.of("https://" + scene.plainTls("TLSv1.3"))),
        sts(
            "a proxy that asks who",
            "407",
            "prox",
            scene -> {
              scene.proxied("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
              return Question.of("https://sts.example");
            }),
        sts(
            "a proxy that is in trouble",
            "502",
            "prox",
            scene -> {
              scene.proxied("HTTP/1.1 502 Bad Gateway\r\n\r\n");
              return Question.of("https://sts.example");
            }),
        network(
            "a server whose name is unknown",
            "server",
            "is no known name",
            "the DNS",
            scene -> Question.server(scene, "orders.invalid:443")),
        network(
            "a server that is down",
            "server",
            "takes no connection",
            "security group",
            scene -> Question.server(scene, "127.0.0.1:" + ClosedPort.free())),
        network(
            "a header that is dropped on the way",
            "proof",
            "PROOF_MISSING",
            "a proxy on the way may drop",
            scene -> served(scene, header(headers -> headers.removeAll(AUTHORIZATION)))),
        network(
            "a header that is cut on the way",
            "proof",
            "PROOF_MALFORMED",
            "one Bearer value, unchanged",
            scene ->
                served(
                    scene,
                    header(
                        headers -> {
                          String value = headers.removeAll(AUTHORIZATION).iterator().next();
                          headers.put(AUTHORIZATION, value.substring(0, 60));
                        }))));
  }

  private static Question served(DoctorScene scene, ServerInterceptor before) {
    return Question.server(
        scene, scene.served(CERTIFICATE, POLICY, UnaryOperator.identity(), before));
  }

  private static Asking banner(String text) {
    return scene -> Question.server(scene, scene.kept(new BannerServer(text)).address());
  }

  private static List<Fault> certificates() {
    return List.of(
        server(
            "plaintext",
            "server",
            "gRPC in plaintext",
            "speak TLS 1.3",
            scene -> {
              var server = EchoServer.start(0, InsecureServerCredentials.create());
              scene.kept(server::shutdownNow);
              return Question.server(scene, "127.0.0.1:" + server.getPort());
            }),
        server(
            "a web server",
            "server",
            "HTTP/1 in plaintext",
            "correct the port",
            banner("HTTP/1.1 400 Bad Request\r\n\r\n")),
        server(
            "a server of another protocol",
            "server",
            "speaks neither TLS 1.3 nor HTTP/2",
            "correct the port",
            banner("SSH-2.0-OpenSSH_9.6\r\n")),
        server(
            "TLS 1.2 alone",
            "server",
            "not TLS 1.3",
            "speak TLS 1.3",
            scene -> Question.server(scene, scene.plainTls("TLSv1.2"))),
        server(
            "TLS without HTTP/2",
            "server",
            "speaks TLS without HTTP/2",
            "offer h2",
            scene -> Question.server(scene, scene.plainTls("TLSv1.3"))),
        server(
            "a certificate of nobody known",
            "trust",
            "nobody this platform trusts",
            "--trust-cert FILE",
            scene -> Question.of(scene, "--server", scene.guarded(), "--audience", "orders")),
        certificate(
            "a certificate for another name",
            "trust",
            "for another name",
            "put this one into it",
            new GeneralName(GeneralName.dNSName, "billing"),
            Duration.ofDays(1)),
        certificate(
            "a certificate that has expired",
            "certificate",
            "expired: ",
            "renew it",
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            Duration.ofHours(-1)),
        server(
            "a certificate without its key",
            "certificate",
            "shown without its key",
            "give the server the key",
            scene ->
                Question.server(
                    scene,
                    scene
                        .kept(new StolenCertificate(List.of(CERTIFICATE.certificate())))
                        .address())));
  }

  private static Fault certificate(
      String name, String check, String found, String cure, GeneralName san, Duration left) {
    TestCertificate wrong = TestCertificate.of("orders", san, left);
    return server(
        name,
        check,
        found,
        cure,
        scene -> {
          String address = scene.served(wrong, POLICY, UnaryOperator.identity());
          Question question = Question.server(scene, address);
          scene.trust(wrong);
          return question;
        });
  }

  private static List<Fault> guards() {
    return List.of(
        server(
            "no guard",
            "guard",
            "lets in a call without a proof",
            "no RoleGuard is there",
            scene -> Question.server(scene, scene.unguarded())),
        server(
            "a guard that is not Rolecall's",
            "guard",
            "something that is not Rolecall refuses the call",
            "another interceptor before RoleGuard",
            scene -> Question.server(scene, scene.unguarded(closing(Status.PERMISSION_DENIED)))),
        server(
            "a server without that method",
            "guard",
            "the server has no a.B/C",
            "name one of its methods",
            scene -> Question.server(scene, scene.guarded(), "--method", "a.B/C")),
        server(
            "an attestation for another audience",
            "attestation",
            "AUDIENCE_MISMATCH",
            "at the server: give client and server the same audience",
            scene -> Question.server(scene, scene.attested("billing", POLICY))));
  }

  private static Fault verdict(
      String name, String found, String cure, UnaryOperator<CallerVerifierBuilder> verifying) {
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
            "AUDIENCE_MISMATCH",
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
                    scene.served(CERTIFICATE, POLICY, CallerVerifierBuilder::requireChannelBinding),
                    "--bearer")),
        verdict(
            "an account that is not trusted",
            "ACCOUNT_NOT_TRUSTED",
            "trustAccount",
            verifier -> verifier.trustAccount(Partition.AWS, AccountId.parse("444455556666"))),
        server(
            "an endpoint that the server does not know",
            "proof",
            "ENDPOINT_NOT_ALLOWED",
            "acceptCustomEndpoint",
            scene -> {
              CallerVerifier verifier =
                  scene.kept(CallerVerifier.builder(Audience.of("orders")).build());
              RoleGuard guard =
                  scene.kept(
                      RoleGuard.builder(
                              verifier,
                              PolicySource.fixed(
                                  AccessPolicy.load(scene.write("orders.yaml", POLICY))))
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

  private static ServerInterceptor closing(Status status) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
      }
    };
  }

  private static ServerInterceptor header(Consumer<Metadata> change) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (headers.containsKey(AUTHORIZATION)) {
          change.accept(headers);
        }
        return next.startCall(call, headers);
      }
    };
  }
}

package dev.rolecall.cli.doctor;

import static dev.rolecall.cli.doctor.DoctorScene.CERTIFICATE;
import static dev.rolecall.cli.doctor.DoctorScene.POLICY;

import dev.rolecall.cli.doctor.Fault.Asking;
import dev.rolecall.cli.doctor.Fault.Question;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Faults of a server: its certificate and its guard. */
public final class ServerFaults {

  /** A guarded server that is as it should be. */
  static final Asking IN_ORDER = scene -> Question.server(scene, scene.guarded());

  /** A server that takes connections and says nothing. */
  public static final Asking SILENT =
      scene -> Question.server(scene, scene.kept(new BannerServer("")).address()).hastily();

  /** A server that takes calls and answers none. */
  public static final Asking UNANSWERING =
      scene -> Question.server(scene, scene.unguarded(closing(Optional.empty()))).hastily();

  /** A server whose STS is out from the moment that it is asked about a proof. */
  public static final Asking STS_OUT =
      scene ->
          Question.server(
              scene,
              scene.served(
                  CERTIFICATE,
                  POLICY,
                  verifier -> verifier.lookUpTimeout(Duration.ofMillis(200)),
                  onCall(
                      () ->
                          scene.shell.sts.fail(
                              dev.rolecall.stsemulator.Fault.serviceUnavailable()))));

  private ServerFaults() {}

  static Stream<Fault> all() {
    return Stream.of(certificates(), guards(), outages()).flatMap(List::stream);
  }

  static Fault server(String name, String check, String found, String cure, Asking seed) {
    return new Fault("server", name, check, found, cure, seed, IN_ORDER);
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
            "this platform trusts no issuer",
            "--trust-cert FILE",
            scene -> Question.of(scene, "--server", scene.guarded(), "--audience", "orders")),
        certificate(
            "a certificate for another name",
            "trust",
            "for another name",
            "put this one into it",
            TestCertificate.builder().dnsName("billing")),
        certificate(
            "a certificate that has expired",
            "certificate",
            "expired: ",
            "renew it",
            TestCertificate.builder()
                .validUntil(Clock.systemUTC().instant().minus(Duration.ofHours(1)))),
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
      String name, String check, String found, String cure, TestCertificate.Builder certificate) {
    TestCertificate wrong = certificate.build();
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
            "no CallGuard is there",
            scene -> Question.server(scene, scene.unguarded())),
        server(
            "a guard that is not Rolecall's",
            "guard",
            "something that is not Rolecall refuses the call",
            "another interceptor before CallGuard",
            scene ->
                Question.server(
                    scene, scene.unguarded(closing(Optional.of(Status.PERMISSION_DENIED))))),
        server(
            "a server without that method",
            "guard",
            "the server has no a.B/C",
            "name one of its methods",
            scene -> Question.server(scene, scene.guarded(), "--method", "a.B/C")),
        server(
            "an attestation for another audience",
            "attestation",
            "the server attests for billing, and --audience is orders",
            "at the server: give client and server the same audience",
            scene -> Question.server(scene, scene.attested("billing", POLICY))),
        server(
            "an attested server that trusts other accounts, and whose health is public",
            "proof",
            "ACCOUNT_NOT_TRUSTED",
            "trustAccount",
            scene ->
                Question.server(
                    scene,
                    scene.attested(
                        "orders",
                        "name: orders\npublic_methods: [/grpc.health.v1.Health/Check]\n",
                        verifier ->
                            verifier.trustAccount(
                                Partition.AWS, AccountId.parse("444455556666"))))));
  }

  private static List<Fault> outages() {
    return List.of(
        server(
            "a server that takes connections and says nothing",
            "server",
            "takes connections and says nothing",
            "at the server: see whether it hangs",
            SILENT),
        server(
            "a server that answers no call",
            "guard",
            "takes the connection and answers no call",
            "at the server: look at its load",
            UNANSWERING),
        new Fault(
            "server",
            "a server whose own STS is out",
            "proof",
            "ISSUER_UNAVAILABLE",
            "the server cannot reach STS in time: look at its route or VPC endpoint",
            STS_OUT,
            scene -> {
              scene.shell.sts.clearFaults();
              return IN_ORDER.in(scene);
            }));
  }

  /** Does that before a call that brings a proof. */
  private static ServerInterceptor onCall(Runnable action) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (headers.keys().contains("authorization")) {
          action.run();
        }
        return next.startCall(call, headers);
      }
    };
  }

  /** Ends each call with that status, or never. */
  private static ServerInterceptor closing(Optional<Status> status) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        status.ifPresent(end -> call.close(end, new Metadata()));
        return new ServerCall.Listener<>() {};
      }
    };
  }
}

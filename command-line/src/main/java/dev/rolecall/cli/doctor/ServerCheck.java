package dev.rolecall.cli.doctor;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.ServerHandshake;
import dev.rolecall.cli.connect.ServerProbe;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.input.CertificateFile;
import dev.rolecall.cli.report.ConnectionAdvice;
import dev.rolecall.cli.terminal.Visible;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A check of a server's certificate, of its guard, and of its answer to this shell. */
final class ServerCheck {

  private final ServerAddress server;
  private final ServerHandshake handshake;
  private final ServerProbe.Kind kind;
  private final Optional<String> method;
  private final Duration timeout;
  private final ServerVerdict verdict;

  private ServerCheck(
      ServerAddress server,
      ServerHandshake handshake,
      ServerProbe.Kind kind,
      Optional<String> method,
      Duration timeout,
      ServerVerdict verdict) {
    this.server = server;
    this.handshake = handshake;
    this.kind = kind;
    this.method = method;
    this.timeout = timeout;
    this.verdict = verdict;
  }

  /**
   * Asks that server what it is. Blocks for some times the patience at most.
   *
   * @param method the method to try; empty for one that most servers have
   * @param verdict reads its answers
   */
  static ServerCheck of(
      ServerAddress server, Optional<String> method, DoctorContext context, ServerVerdict verdict) {
    ServerHandshake handshake = ServerHandshake.with(server, context.patience());
    return new ServerCheck(
        server,
        handshake,
        ServerProbe.of(server, handshake, context.patience()),
        method,
        context.ofCall(),
        verdict);
  }

  /** Whether the server attests a role. */
  boolean isAttested() {
    return kind == ServerProbe.Kind.ATTESTED_TLS;
  }

  /** What the server showed. */
  ServerHandshake handshake() {
    return handshake;
  }

  /** What certificate is shown, or what answers instead. */
  Finding certificate(Clock clock) {
    return switch (kind) {
      case ORDINARY_TLS, ATTESTED_TLS -> shown(handshake.chain().get(0), clock);
      case UNKNOWN_NAME ->
          Finding.unknown("server", server + " is no known name", "correct --server, or the DNS");
      case REFUSED ->
          Finding.unknown(
              "server",
              server + " takes no connection",
              "start the server, or open the port in its security group and network policy");
      case SILENT ->
          Finding.unknown(
              "server",
              server + " does not answer",
              "look at security groups, network policies and routes on the way");
      case HUNG ->
          Finding.unknown(
              "server", server + " takes connections and says nothing", ConnectionAdvice.HUNG);
      case PLAINTEXT ->
          Finding.wrong(
              "server",
              server + " does not speak TLS 1.3 but gRPC in plaintext",
              "have the server, or what ends TLS before it, speak TLS 1.3; proofs go over TLS"
                  + " alone");
      case PLAINTEXT_HTTP1 ->
          Finding.wrong(
              "server",
              server + " speaks HTTP/1 in plaintext: it is no gRPC server",
              "correct the port of --server");
      case TLS_WITHOUT_HTTP2 ->
          Finding.wrong(
              "server",
              server + " speaks TLS without HTTP/2: it is no gRPC server, or a proxy before one",
              "correct the port of --server, or have the proxy offer h2 (ALPN)");
      case OLDER_TLS ->
          Finding.wrong(
              "server",
              server + " speaks TLS, but not TLS 1.3",
              "have the server, or what ends TLS before it, speak TLS 1.3");
      case OTHER ->
          Finding.wrong(
              "server",
              server + " speaks neither TLS 1.3 nor HTTP/2",
              "correct the port of --server, or look for what stands in between");
    };
  }

  private Finding shown(X509Certificate certificate, Clock clock) {
    String found =
        Visible.line(certificate.getSubjectX500Principal().getName())
            + ", until "
            + certificate.getNotAfter().toInstant()
            + ", SHA-256 "
            + CertificateFile.hash(certificate);
    if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
      return Finding.wrong("certificate", "expired: " + found, "renew it at the server");
    }
    if (handshake.failure().isPresent()) {
      return Finding.wrong(
          "certificate",
          "shown without its key: " + found,
          "give the server the key of this certificate, and the certificate first in its chain");
    }
    return Finding.ok("certificate", found);
  }

  /** Whether calls without a proof are refused, and this shell's are not. */
  List<Finding> admission(ClientEnd end) {
    return end.over(server.toString(), channel -> admission(channel, end));
  }

  private List<Finding> admission(Channel channel, ClientEnd end) {
    GuardedMethod tried = new GuardedMethod(channel, inTime(CallOptions.DEFAULT));
    Optional<GuardedMethod.Refused> guarded = tried.among(method);
    if (guarded.isPresent()) {
      String name = guarded.get().method();
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok("guard", name + " refuses a call without a proof"));
      findings.add(
          verdict.judged(name, new ProbeCall(channel, name).end(inTime(end.callOptions()))));
      return findings;
    }
    return List.of(tried.last().map(this::unguarded).orElseGet(() -> missing(tried)));
  }

  /** What an attested server says of calls by whom its connection names. */
  Finding attestedAdmission(ClientEnd end) {
    return end.over(server.toString(), channel -> attestedAdmission(channel, end));
  }

  private Finding attestedAdmission(Channel channel, ClientEnd end) {
    // A public method says nothing of the caller: one that refuses is looked for first.
    GuardedMethod tried = new GuardedMethod(channel, inTime(end.callOptions()));
    var unused = tried.among(method);
    // What was asked has this shell's proof already: its answer is the verdict.
    if (tried.last().isPresent()) {
      return verdict.judged(tried.last().get().method(), tried.last().get().failure());
    }
    String name = method.orElse(GuardedMethod.USUAL.get(0));
    return verdict.judged(name, new ProbeCall(channel, name).end(inTime(end.callOptions())));
  }

  private static Finding missing(GuardedMethod tried) {
    return Finding.unknown(
        "guard",
        "the server has no " + String.join(", no ", tried.tried()),
        "name one of its methods with --method; no message is sent to it");
  }

  private CallOptions inTime(CallOptions options) {
    return options.withDeadlineAfter(timeout);
  }

  private Finding unguarded(GuardedMethod.Ended ended) {
    Status status = ended.failure().status();
    return switch (status.getCode()) {
      case UNAVAILABLE -> connection(ended.failure());
      case DEADLINE_EXCEEDED ->
          Finding.unknown(
              "guard",
              server + " takes the connection and answers no call in " + timeout.toSeconds() + " s",
              "at the server: look at its load, its executor's threads (jstack PID) and its log");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          Finding.wrong(
              "guard",
              "something that is not Rolecall refuses the call: " + status.getCode(),
              "look for a proxy or another interceptor before CallGuard");
      default ->
          Finding.unknown(
              "guard",
              ended.method() + " lets in a call without a proof",
              "it is one of the policy's public_methods, or the server admits and records for now, or"
                  + " no CallGuard is there (or not for this service): name a guarded method with"
                  + " --method");
    };
  }

  private static Finding connection(CallFailure failure) {
    return failure
        .causes()
        .filter(CertificateException.class::isInstance)
        .findFirst()
        .map(ServerCheck::trust)
        .orElseGet(() -> Finding.unknown("trust", failure.text(), "see 'server'"));
  }

  private static Finding trust(Throwable thrown) {
    String found =
        thrown.getClass() == CertificateException.class
            ? "the certificate is for another name"
            : "this platform trusts no issuer of the certificate";
    return Finding.wrong("trust", found, ConnectionAdvice.onCertificate(thrown));
  }
}

package dev.rolecall.cli;

import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.tls.AttestedCertificate;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a server shows, whether it is guarded, and whether it takes this shell's proof. */
final class ServerCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final List<String> USUAL_METHODS =
      List.of(
          "grpc.health.v1.Health/Check",
          "grpc.reflection.v1.ServerReflection/ServerReflectionInfo");

  private final ServerAddress server;
  private final ClientEnd end;
  private final Optional<String> method;

  /**
   * Checks that server.
   *
   * @param end how to prove who is calling
   * @param method the method to try; empty for one that most servers have
   */
  ServerCheck(ServerAddress server, ClientEnd end, Optional<String> method) {
    this.server = server;
    this.end = end;
    this.method = method;
  }

  /** What certificate is shown. */
  Finding certificate() {
    ServerHandshake handshake = ServerHandshake.with(server);
    if (!handshake.chain().isEmpty()) {
      return AttestedCertificate.read(handshake.chain().toArray(X509Certificate[]::new))
          .fold(
              attested ->
                  Finding.unknown(
                      "certificate",
                      "attests a role",
                      "use 'rolecall tls inspect' and 'rolecall call --attested': nothing of it is"
                          + " trusted by name"),
              ordinary -> shown(handshake.chain().get(0)));
    }
    Exception failure = handshake.failure().map(Exception.class::cast).orElseThrow();
    if (failure instanceof UnknownHostException) {
      return Finding.wrong("server", server + " is no known name", "correct --server, or the DNS");
    }
    if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
      return Finding.wrong(
          "server",
          server + " takes no connection",
          "start the server, or open the port in its security group and network policy");
    }
    return failure instanceof SocketTimeoutException
        ? Finding.unknown(
            "server",
            server + " does not answer",
            "look at security groups, network policies and routes on the way")
        : Finding.wrong(
            "server",
            server + " does not speak TLS 1.3",
            "have the server, or what ends TLS before it, speak TLS 1.3; proofs go over TLS alone");
  }

  private static Finding shown(X509Certificate certificate) {
    String found =
        Visible.line(certificate.getSubjectX500Principal().getName())
            + ", until "
            + certificate.getNotAfter().toInstant()
            + ", SHA-256 "
            + CertificateFile.hash(certificate);
    return Finding.ok("certificate", found);
  }

  /** Whether calls without a proof are refused, and this shell's are not. */
  List<Finding> admission() {
    ManagedChannel channel = end.channel(server.toString());
    try {
      List<String> candidates = method.map(List::of).orElse(USUAL_METHODS);
      List<Finding> findings = new ArrayList<>();
      for (String candidate : candidates) {
        CallFailure bare = new EmptyCall(channel, candidate).end(inTime(CallOptions.DEFAULT));
        if (bare.status().getCode() != Status.Code.UNIMPLEMENTED) {
          findings.add(guard(candidate, bare));
          if (bare.reason().isPresent()) {
            findings.add(
                proof(candidate, new EmptyCall(channel, candidate).end(inTime(end.callOptions()))));
          }
          return findings;
        }
      }
      return List.of(
          Finding.unknown(
              "guard",
              "the server has no " + String.join(", no ", candidates),
              "name one of its methods with --method; no message is sent to it"));
    } finally {
      channel.shutdownNow();
    }
  }

  private static CallOptions inTime(CallOptions options) {
    return options.withDeadlineAfter(TIMEOUT);
  }

  private static Finding guard(String method, CallFailure bare) {
    if (bare.reason().isPresent()) {
      return Finding.ok("guard", method + " refuses a call without a proof");
    }
    return switch (bare.status().getCode()) {
      case UNAVAILABLE -> connection(bare.status());
      case DEADLINE_EXCEEDED ->
          Finding.unknown("guard", "no answer in " + TIMEOUT.toSeconds() + " s", "see 'server'");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          Finding.wrong(
              "guard",
              "something that is not Rolecall refuses the call: " + bare.status().getCode(),
              "look for a proxy or another interceptor before RoleGuard");
      default ->
          Finding.unknown(
              "guard",
              method + " lets in a call without a proof",
              "it is one of the policy's public_methods, or no RoleGuard is there: name a guarded"
                  + " method with --method");
    };
  }

  private static Finding connection(Status status) {
    for (Throwable t = status.getCause(); t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException) {
        return Finding.wrong("trust", "the certificate has expired", "renew it at the server");
      }
      if (t instanceof CertificateException) {
        return t.getClass() == CertificateException.class
            ? Finding.wrong(
                "trust",
                "the certificate is for another name",
                "use the name that is in the certificate, or put this one into it")
            : Finding.wrong(
                "trust",
                "the certificate is of nobody this platform trusts",
                "trust its authority (--trust-cert FILE), or use a certificate of a known one");
      }
    }
    return Finding.unknown("trust", "no connection could be made", "see 'server'");
  }

  private Finding proof(String tried, CallFailure end) {
    Optional<RefusalReason> reason = end.knownReason();
    if (reason.isPresent()) {
      return refused(tried, reason.get());
    }
    return switch (end.status().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          Finding.unknown("proof", end.text(), "run it again; if it lasts, see 'server'");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          Finding.wrong("proof", end.text(), "nothing was sent to the server: see 'credentials'");
      default -> Finding.ok("proof", "accepted; " + tried + " is allowed");
    };
  }

  private Finding refused(String tried, RefusalReason reason) {
    String found = reason + ": " + reason.description();
    return switch (reason) {
      case METHOD_NOT_ALLOWED ->
          method.isPresent()
              ? Finding.wrong(
                  "proof", "accepted, but " + tried + ": " + found, RefusalAdvice.on(reason))
              // Nobody asked for that method; that it is decided on shows what was asked.
              : Finding.ok("proof", "accepted; the policy does not allow " + tried);
      case STS_UNAVAILABLE, TOO_MANY_PROOFS, VERIFIER_DEFECT, STS_ANSWER_INVALID, GUARD_CLOSED ->
          Finding.unknown("proof", found, RefusalAdvice.on(reason));
      default -> Finding.wrong("proof", found, RefusalAdvice.on(reason));
    };
  }
}

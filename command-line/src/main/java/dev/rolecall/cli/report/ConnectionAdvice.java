package dev.rolecall.cli.report;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.ServerProbe;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.terminal.Visible;
import io.grpc.Status;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Advice on a call that got no connection. */
public final class ConnectionAdvice {

  private static final Pattern PROXY_STATUS = Pattern.compile("status: ([0-9]{3})");

  /** What to do about a server that takes connections and says nothing. */
  public static final String HUNG =
      "at the server: see whether it hangs (jstack PID), or whether the balancer before it has no"
          + " healthy target";

  private ConnectionAdvice() {}

  /**
   * Asks the address itself what it is. Blocks; empty where there is nothing to say.
   *
   * @param patience for each step of that
   */
  public static Optional<String> on(
      CallFailure failure, String server, ChannelSecurity security, Duration patience) {
    Optional<String> proxy = proxy(failure);
    if (proxy.isPresent()) {
      return proxy;
    }
    ServerAddress address;
    try {
      address = ServerAddress.parse(server);
    } catch (IllegalArgumentException e) {
      return Optional.of("correct HOST:PORT: " + e.getMessage());
    }
    return Optional.of(on(ServerProbe.of(address, patience), failure, address, security));
  }

  private static Optional<String> proxy(CallFailure failure) {
    return failure
        .causes()
        .filter(t -> t.getClass().getSimpleName().contains("ProxyConnect"))
        .findFirst()
        .map(
            t -> {
              Matcher status = PROXY_STATUS.matcher(String.valueOf(t.getMessage()));
              return "the proxy on the way "
                  + (status.find()
                      ? "answered CONNECT with HTTP " + status.group(1)
                      : "made no connection")
                  + ": have it allow this host and port, or call past it"
                  + " (-Dhttp.nonProxyHosts=HOST)";
            });
  }

  private static String on(
      ServerProbe.Kind kind, CallFailure failure, ServerAddress server, ChannelSecurity security) {
    return switch (kind) {
      case PLAINTEXT ->
          security == ChannelSecurity.PLAINTEXT
              ? lasting(failure)
              : "the server speaks plaintext and this end TLS: have the server serve TLS, or call"
                  + " with --plaintext (anyone on the way can then use the proof)";
      case ATTESTED_TLS -> attested(failure, security);
      case ORDINARY_TLS -> ordinary(failure, security);
      default -> onNoHandshake(kind, server);
    };
  }

  /** What to do about an address where no handshake of TLS 1.3 came about. */
  public static String onNoHandshake(ServerProbe.Kind kind, ServerAddress server) {
    return switch (kind) {
      case UNKNOWN_NAME -> "no such host name: correct " + server.host() + ", or the DNS";
      case REFUSED ->
          "nothing listens at "
              + server
              + ": start the server, correct the port, or open it in its security group and"
              + " network policy";
      case SILENT ->
          server
              + " does not answer at all: look at security groups, network policies and routes on"
              + " the way";
      case HUNG -> server + " takes connections and says nothing; " + HUNG;
      case PLAINTEXT ->
          "the server speaks plaintext, and TLS 1.3 is what attests: serve with AttestedTls (or"
              + " serve --attested)";
      case PLAINTEXT_HTTP1 ->
          "what answers speaks HTTP/1 in plaintext, and is no gRPC server: correct the port";
      case OLDER_TLS ->
          "the server, or what ends TLS before it, does not speak TLS 1.3: have it do so";
      case TLS_WITHOUT_HTTP2 ->
          "what answers speaks TLS and not HTTP/2, so it is no gRPC server, or a proxy before one:"
              + " correct the port, or have the proxy offer h2";
      case ATTESTED_TLS, ORDINARY_TLS, OTHER ->
          "what answers at "
              + server
              + " speaks neither TLS 1.3 nor HTTP/2: correct the port, or look for what stands in"
              + " between";
    };
  }

  private static String attested(CallFailure failure, ChannelSecurity security) {
    if (security == ChannelSecurity.ATTESTED_TLS) {
      return lasting(failure);
    }
    return "the server is attested: call with --attested and --expect-server-role ARN ('rolecall"
        + " tls inspect' shows its role)";
  }

  private static String ordinary(CallFailure failure, ChannelSecurity security) {
    if (security == ChannelSecurity.PLAINTEXT) {
      return "the server speaks TLS and this end plaintext: call without --plaintext";
    }
    if (security == ChannelSecurity.ATTESTED_TLS) {
      return "the server shows an ordinary certificate and attests nothing: serve with AttestedTls"
          + " (or serve --attested) and let TCP through, or call without --attested";
    }
    return failure
        .causes()
        .filter(CertificateException.class::isInstance)
        .findFirst()
        .map(ConnectionAdvice::onCertificate)
        .orElseGet(() -> lasting(failure));
  }

  /** What to do about a server's certificate that was not taken. */
  public static String onCertificate(Throwable thrown) {
    if (thrown instanceof CertificateExpiredException) {
      return "the server's certificate has expired: renew it there";
    }
    return thrown.getClass() == CertificateException.class
        ? "the server's certificate is for another name: call it by a name in the certificate, or"
            + " put this one into it"
        : "the server's certificate is from an authority that this client does not trust: trust it"
            + " (--trust-cert FILE), or use a certificate of a known one";
  }

  private static String lasting(CallFailure failure) {
    return failure.status().getCode() == Status.Code.DEADLINE_EXCEEDED
        ? "the server takes connections and did not answer in time: look at its load and at its"
            + " way to STS, or raise --timeout"
        : "the server takes connections: try again, and look at its log";
  }

  /** What to do about a refusal that has no reason of Rolecall's. */
  static Optional<String> onUnexplained(CallFailure failure) {
    String words = Visible.line(String.valueOf(failure.status().getDescription()));
    if (words.startsWith("no AWS credentials")) {
      return Optional.of("nothing was sent: 'rolecall doctor' says what to do in each place");
    }
    if (failure.isOfThisEnd()) {
      // Said by this end, with what to do.
      return Optional.empty();
    }
    return Optional.of(
        "something other than Rolecall refused the call, or nothing was sent: look for a proxy or"
            + " another interceptor before CallGuard, and run 'rolecall doctor'");
  }
}

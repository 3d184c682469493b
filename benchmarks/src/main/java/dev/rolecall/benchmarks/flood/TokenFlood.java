package dev.rolecall.benchmarks.flood;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.CallTimes;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.benchmarks.pace.FromAddress;
import dev.rolecall.benchmarks.pace.Newcomer;
import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.benchmarks.pace.SteadyCalls;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that takes tokens, honest callers of it, and floods of forged tokens. One thread. */
final class TokenFlood implements AutoCloseable {

  private static final int KNOWN = 8;
  private static final int CALLS_PER_SECOND = 400;
  private static final int RENEWALS_PER_SECOND = 40;
  private static final int NEWCOMERS_PER_SECOND = 20;
  private static final int KNOWN_NETWORK = 5;
  private static final int NEWCOMERS_NETWORK = 6;

  /** A busy machine takes its time; a limit refuses at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final RunCertificate certificate;
  private final Issuer issuer;
  private final ChildProcess server;
  private final ChildProcess attackers;
  private final int port;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<EchoCaller> known = new ArrayList<>();
  private int newcomers;

  /**
   * Starts the server, and makes callers known to it.
   *
   * @param server runs {@link TokenServer}
   * @param attackers runs {@link Attackers}
   * @param bounds those of the server
   */
  TokenFlood(
      RunCertificate certificate,
      Issuer issuer,
      ChildProcess server,
      ChildProcess attackers,
      Bounds bounds)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.certificate = requireNonNull(certificate, "certificate");
    this.issuer = requireNonNull(issuer, "issuer");
    this.server = requireNonNull(server, "server");
    this.attackers = requireNonNull(attackers, "attackers");
    this.port =
        Integer.parseInt(
            server.ask(TokenServer.START + " " + issuer.keySet() + " " + bounds.text()));
    for (int i = 0; i < KNOWN; i++) {
      ManagedChannel channel = from(KNOWN_NETWORK, i).build();
      channels.add(channel);
      EchoCaller caller = withANewToken(i);
      caller.callUntilAnswered();
      known.add(caller);
    }
  }

  /**
   * The bounds that a flood meets.
   *
   * @param signatureTime CPU time for signature checks, a second
   * @param inVain look-ups that may be in vain, a second
   */
  record Bounds(Duration signatureTime, int inVain) {

    /** Those of a server that sets none. */
    static final Bounds DEFAULTS =
        new Bounds(Duration.ofMillis(250), LookupLimits.ofDefaults().inVain().total());

    private String text() {
      return signatureTime.toMillis() + " " + inVain;
    }
  }

  private NettyChannelBuilder from(int network, int number) throws GeneralSecurityException {
    return NettyChannelBuilder.forAddress("127.0.0.1", port, certificate.ofClient())
        .localSocketPicker(FromAddress.of(network, number));
  }

  private EchoCaller withANewToken(int caller) {
    return EchoCaller.on(channels.get(caller), PATIENCE)
        .with(Authorization.bearer(issuer.token("known-" + caller)));
  }

  /** Known callers, each with a token that the server has not seen. */
  private List<EchoCaller> renewals(int count) {
    List<EchoCaller> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(withANewToken(i % KNOWN));
    }
    return some;
  }

  /** Callers that the server does not know, each on a connection from another address. */
  private List<Newcomer> newcomers(int count) throws GeneralSecurityException {
    List<Newcomer> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      newcomers++;
      some.add(
          new Newcomer(
              from(NEWCOMERS_NETWORK, newcomers),
              Authorization.bearer(issuer.token("new-" + newcomers)),
              PATIENCE));
    }
    return some;
  }

  /**
   * Honest calls at a steady pace, and a flood beside them.
   *
   * @param addresses from how many addresses it comes
   * @param forged how many tokens a second; may be 0
   */
  TokenPhase run(int addresses, int forged, Duration time) throws Exception {
    int seconds = (int) time.toSeconds() + 2;
    List<EchoCaller> renewed = renewals(RENEWALS_PER_SECOND * seconds);
    List<Newcomer> arriving = newcomers(NEWCOMERS_PER_SECOND * seconds);
    attackers.ask(Attackers.FORGE + " " + port + " " + addresses + " " + issuer.token("mallory"));
    Pause.of(SETTLING);
    long checkingBefore = checking();
    long began = System.nanoTime();
    if (forged > 0) {
      attackers.ask(Attackers.FLOOD + " " + forged);
    }
    SteadyCalls calls = SteadyCalls.start(CALLS_PER_SECOND, known);
    SteadyCalls renewing = SteadyCalls.start(RENEWALS_PER_SECOND, renewed);
    SteadyCalls arrivals = SteadyCalls.start(NEWCOMERS_PER_SECOND, arriving);
    Pause.of(time);
    CallTimes ofKnown = calls.stop();
    CallTimes ofRenewals = renewing.stop();
    CallTimes ofNewcomers = arrivals.stop();
    Attackers.Outcome flood =
        forged > 0
            ? Attackers.Outcome.parse(attackers.ask(Attackers.CEASE))
            : Attackers.Outcome.calm(time);
    double elapsed = (System.nanoTime() - began) / 1e9;
    return new TokenPhase(
        ofKnown, ofRenewals, ofNewcomers, flood, elapsed, (checking() - checkingBefore) / 1e9);
  }

  private long checking() throws IOException, InterruptedException {
    return Long.parseLong(server.ask(TokenServer.CHECKING));
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}

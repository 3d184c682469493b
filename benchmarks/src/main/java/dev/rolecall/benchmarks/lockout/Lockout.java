package dev.rolecall.benchmarks.lockout;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.ForgedProofs;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.CallTimes;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.benchmarks.pace.FromAddress;
import dev.rolecall.benchmarks.pace.Newcomer;
import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.benchmarks.pace.ProofCaller;
import dev.rolecall.benchmarks.pace.SteadyCalls;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Honest callers and attackers of one server. For one thread. */
final class Lockout {

  /** How many newcomers come a second, and how many known callers renew their proof. */
  private static final int HONEST_PER_SECOND = 5;

  private static final int KNOWN = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AHEAD = Duration.ofSeconds(1);
  private static final String STRANGER = "arn:aws:iam::999988887777:role/stranger";

  private static final int ATTACKERS = 20;
  private static final int KNOWN_CALLERS = 60;
  private static final int NEWCOMERS = 100;
  private static final int SHARED = 240;

  /** The first address of each /24, by number. */
  private static final int ONE_SITE = 250;

  private final RunCertificate certificate;
  private final StsEmulator sts;
  private final DeadEndpoints dead;
  private final ChildProcess server;
  private int newcomers;

  /**
   * Of that server.
   *
   * @param server runs {@link LockoutServer}
   */
  Lockout(RunCertificate certificate, StsEmulator sts, DeadEndpoints dead, ChildProcess server) {
    this.certificate = requireNonNull(certificate, "certificate");
    this.sts = requireNonNull(sts, "sts");
    this.dead = requireNonNull(dead, "dead");
    this.server = requireNonNull(server, "server");
  }

  /** Attacks a server that has just started, for that long. */
  Result attack(Row row, Duration time) throws Exception {
    String endpoints =
        Stream.concat(Stream.of(sts.endpoint()), dead.all().stream())
            .map(URI::toString)
            .collect(Collectors.joining(" "));
    int port = Integer.parseInt(server.ask(endpoints));
    List<ManagedChannel> channels = new ArrayList<>();
    try {
      List<SteadyCalls.Caller> known = known(port, channels);
      int seconds = (int) time.toSeconds();
      List<Newcomer> strangers = newcomers(port, HONEST_PER_SECOND * (seconds + 2), row.oneSite());
      List<ProofCaller> attackers = attackers(port, row, row.perSecond() * (seconds + 3), channels);
      long questionsBefore = sts.requests().total();
      int connectionsBefore = dead.connections();
      long began = System.nanoTime();
      SteadyCalls attack =
          row.kind() == Row.Kind.NONE
              ? SteadyCalls.start(1, List.of(over -> over.accept(Status.OK)))
              : SteadyCalls.start(row.perSecond(), attackers);
      Pause.of(AHEAD);
      SteadyCalls renewals = SteadyCalls.start(HONEST_PER_SECOND, known);
      SteadyCalls arrivals = SteadyCalls.start(HONEST_PER_SECOND, strangers);
      Pause.of(time);
      CallTimes ofNewcomers = arrivals.stop();
      CallTimes ofKnown = renewals.stop();
      // Its calls end at once: what they wait for, nobody needs to see.
      channels.forEach(ManagedChannel::shutdownNow);
      CallTimes ofAttack = attack.stop();
      return new Result(
          ofNewcomers,
          ofKnown,
          ofAttack,
          sts.requests().total() - questionsBefore,
          dead.connections() - connectionsBefore,
          Duration.ofNanos(System.nanoTime() - began));
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  /** Callers whom the server knows by their key; each call brings a proof signed anew. */
  private List<SteadyCalls.Caller> known(int port, List<ManagedChannel> channels)
      throws GeneralSecurityException {
    List<SteadyCalls.Caller> known = new ArrayList<>();
    for (int i = 0; i < KNOWN; i++) {
      ManagedChannel channel = from(port, KNOWN_CALLERS, i * ONE_SITE).build();
      channels.add(channel);
      CallerKeys keys = CallerKeys.of(sts.addRole(Orders.CHECKOUT));
      Supplier<EchoCaller> renewed =
          () ->
              EchoCaller.on(channel, PATIENCE)
                  .with(Orders.credentials(sts.endpoint(), keys).build());
      renewed.get().callUntilAnswered();
      known.add(over -> renewed.get().call(over));
    }
    return known;
  }

  private List<Newcomer> newcomers(int port, int count, boolean oneSite)
      throws GeneralSecurityException {
    List<Newcomer> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NettyChannelBuilder channel =
          oneSite
              ? from(port, SHARED, ONE_SITE - 1 - i % 140)
              : from(port, NEWCOMERS + newcomers / ONE_SITE, newcomers % ONE_SITE * ONE_SITE);
      newcomers++;
      CallerKeys keys = CallerKeys.of(sts.addRole(Orders.CHECKOUT));
      some.add(new Newcomer(channel, Orders.credentials(sts.endpoint(), keys).build(), PATIENCE));
    }
    return some;
  }

  private List<ProofCaller> attackers(int port, Row row, int proofs, List<ManagedChannel> channels)
      throws GeneralSecurityException {
    Supplier<String> texts =
        switch (row.kind()) {
          case NONE -> () -> "";
          case FORGED_FOR_DEAD_ENDPOINTS -> forged();
          case GOOD_OF_A_STRANGER -> good(proofs);
        };
    List<ProofCaller> attackers = new ArrayList<>();
    for (int i = 0; i < row.addresses(); i++) {
      ManagedChannel channel =
          (row.oneSite() ? from(port, SHARED, i) : from(port, ATTACKERS, i * ONE_SITE))
              .directExecutor()
              .build();
      channels.add(channel);
      channel.getState(true);
      attackers.add(new ProofCaller(channel, texts));
    }
    return attackers;
  }

  /** Forged ones that name each dead endpoint in turn. */
  private Supplier<String> forged() {
    CallerKeys keys = CallerKeys.of(sts.addRole(STRANGER));
    List<ForgedProofs> forgers = new ArrayList<>();
    for (URI endpoint : dead.all()) {
      forgers.add(new ForgedProofs(Orders.bearerProof(endpoint, keys), new SplittableRandom()));
    }
    int[] next = {0};
    return () -> forgers.get(next[0]++ % forgers.size()).next();
  }

  /** So many, which STS confirms. */
  private Supplier<String> good(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CallerKeys keys = CallerKeys.of(sts.addRole(STRANGER));
      texts.add(Orders.bearerProof(sts.endpoint(), keys).text());
    }
    int[] next = {0};
    return () -> texts.get(next[0]++ % count);
  }

  private NettyChannelBuilder from(int port, int network, int number)
      throws GeneralSecurityException {
    return NettyChannelBuilder.forAddress("127.0.0.1", port, certificate.ofClient())
        .localSocketPicker(FromAddress.of(network, number));
  }
}
